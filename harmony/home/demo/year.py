"""An ordinary year around the stories that have names: each kind of worry some weeks apart, told of different children."""

from dataclasses import fields
from random import Random

from django.utils.timezone import localtime

from .clock import moment
from .stories import Story, load
from .young_people import CHILDREN

SEED = 1948  # fixed: the same year every time
FIRST, LAST = 9, 51  # weeks ago; what is nearer has names
STILL_OPEN = 11  # filed so many weeks ago or less: not closed yet
REVIEWED = "28d 17:30"  # what stays open is reviewed then, unless its level asks for that later
PRONOUNS = {
    "he": {"he": "he", "him": "him", "his": "his", "He": "He"},
    "she": {"he": "she", "him": "her", "his": "her", "He": "She"},
}
BY_FIRST_NAME = {child.first: child for child in CHILDREN}


def year(now):
    """Every variation of every worry, with its date and its child."""
    chance = Random(SEED)
    return [
        _vary(worry, BY_FIRST_NAME[first], weeks, chance, now)
        for worry in load("year.toml")
        for first, weeks in zip(worry["children"], _weeks(len(worry["children"]), chance), strict=True)
    ]


def _weeks(count, chance):
    """Weeks ago, spread over the year, no two variations of one worry in the same season."""
    season = (LAST - FIRST) // count
    return [FIRST + season * n + chance.randrange(season) for n in range(count)]


def _vary(worry, child, weeks, chance, now):
    day, clock = worry["day"].split()
    minutes = int(clock[3:]) + chance.randrange(-5, 15)
    filed = f"{weeks} weeks ago {day} {int(clock[:2]) + minutes // 60:02}:{minutes % 60:02}"
    age = child.age_on(moment(filed, now).date(), localtime(now).date())
    words = PRONOUNS[child.pronoun] | {"name": f"{child.name} ({age})", "first": child.name.split()[0]}
    kept = {field.name for field in fields(Story)}
    told = {name: _fill(value, words) for name, value in worry.items() if name in kept}
    steps = worry["steps"] if weeks > STILL_OPEN else _not_closed(worry)
    return Story(
        **told | {"key": f"{worry['key']}-{child.first}", "filed": filed, "who": words["name"]},
        step=[{name: _fill(value, words) for name, value in step.items()} for step in steps],
    )


def _not_closed(worry):
    """As far as it had come before it was closed, and then its review."""
    steps = [step for step in worry["steps"] if step["does"] != "close"]
    review = {"after": REVIEWED, "does": "review", "words": worry.get("review", "")}
    return [*steps, *([review] if "review" in worry else [])]


def _fill(value, words):
    if not isinstance(value, str):
        return value
    for name, word in words.items():
        value = value.replace(f"{{{name}}}", word)
    return value
