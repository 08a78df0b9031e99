"""What happens in a case and is told at once to whoever works on it: no clock runs, and nothing climbs (ladders.py)."""

from django.db.models import Max

from harmony.notifications.models import Notice
from harmony.notifications.sweeps import Here
from harmony.notifications.telling import tell

from .ladders import its_line, its_on_call, working_on


def lost(case, at):
    """Whoever had it has no part in it any more: whoever works it now hears in the same breath."""
    here = Here(at)
    people = its_on_call(case, here) or here.present(its_line(case, here))
    tell("case", case, people, **_again(case, "lost"), sentence="case", urgent=case.rings, at=at)


def more(case, number, at, clock="more"):
    """Its reporter has added something: whoever works on it, or else whoever is on call."""
    said = {"clock": clock, "sentence": "case_more", "rung": number, "urgent": case.rings}
    tell("case", case, working_on(case, Here(at)), **said, at=at)


def support_wanted(case, at):
    """Its reporter wants somebody to talk with them: whoever works on it, or else whoever is on call."""
    said = _again(case, "support") | {"sentence": "case_more", "urgent": False}
    tell("case", case, working_on(case, Here(at)), **said, at=at)


def answered(case, at):
    """Somebody who cannot open it has done, or could not do, what they were asked: whoever works on it hears."""
    said = _again(case, "answered") | {"sentence": "case_answered", "urgent": False}
    tell("case", case, working_on(case, Here(at)), **said, at=at)


def locked_away(case, at):
    """A file of it may be an indecent image: all of its line at once, whoever is away too."""
    here = Here(at)
    tell("case", case, its_line(case, here), **_again(case, "image"), sentence="case", urgent=True, at=at)


def _again(case, clock):
    """What may happen to a case several times: each of them is news of its own."""
    number = Notice.objects.of(case, clock).aggregate(last=Max("rung"))["last"] or 0
    return {"clock": clock, "rung": number + 1}
