"""What the demo's people learned in their year, what they do about it, and guidance that changed meanwhile."""

from datetime import timedelta

from django.utils.timezone import localtime

from harmony.organisation.access import LINK_CHECKER
from harmony.organisation.models import GuidanceSource
from policies.first_drafts import STATEMENT
from policies.models import Lesson, LessonAction, Version

A_DAY = timedelta(days=1)
# what it came from, how many days ago, in a line, what we learned; then what is done: (what, who, due in days, what came of it)
LESSONS = [
    (
        "case", 84, "A game is a channel too",
        ("A worker answered a young person in a game, and meant it well. Our code spoke of messages and accounts, and nobody "
        "had thought of games. The statement names games and group chats now, and each group talked about them."),
        [("Talk about games and group chats in each group", "jamie", -50, "Done in all four groups, ten minutes each.")],
    ),
    (
        "drill", 33, "At night nobody found the number of the duty team",
        ("We pretended that a report came at eleven at night. Whoever was on call found the page, but took nine minutes to "
        "find the number of the council’s emergency duty team. It stands at the top of the page for whoever is on call now."),
        [
            ("Put the duty team’s number into the club phone", "sol", -20, "It is the first number in it."),
            ("Do the same drill at a weekend", "tom", -4, ""),
        ],
    ),
    (
        "review", 17, "Our policy on behaviour is hard to read",
        "Two young people read it with us. They did not know “sanction” and “restorative”. We write it anew with them.",
        [("Write the plain page with two young people", "amara", 19, "")],
    ),
]  # fmt: skip
NEW_EDITION = "Pictures made by AI are named, and so is filtering. Nothing changes in whom we tell, or by when."


def learn(cast, now):
    today = localtime(now).date()
    for came_from, days, title, words, actions in LESSONS:
        at = now - A_DAY * days
        lesson = Lesson()
        lesson.learn(came_from, localtime(at).date(), title, words, by=cast["amara"], at=at)
        for what, who, due, result in actions:
            action = LessonAction(lesson=lesson)
            action.give(what, cast[who], today + A_DAY * due, by=cast["amara"], at=at)
            if result:
                action.finish(result, by=cast[who], at=now + A_DAY * (due - 2))
    games = Lesson.objects.order_by("learned_on").first()
    games.say_what_changed(Version.objects.in_force().get(policy__slug=STATEMENT), by=cast["tom"], at=now - A_DAY * 58)


def follow_guidance(cast, now):
    """One has a new edition since; of another the page has changed, and nobody has looked yet."""
    kcsie = GuidanceSource.objects.get(code="kcsie")
    kcsie.change(kcsie.name, kcsie.publisher, "September 2025", None, kcsie.url, by=cast["sol"], at=now - A_DAY * 300)
    since = localtime(now).date() - A_DAY * 16
    kcsie.replace("September 2026", since, kcsie.url, by=cast["sol"], at=now - A_DAY * 14, why=NEW_EDITION)
    bullying = GuidanceSource.objects.get(code="nspcc-bullying")
    for days, words in ((12, "as it was"), (5, "as it is")):
        bullying.look(bullying.url, f"page {words}", by=LINK_CHECKER, at=now - A_DAY * days)
