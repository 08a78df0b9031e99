"""Whom to ring for a referral: the council where somebody lives, or where an adult works, with the lines that answer now."""

from dataclasses import dataclass

from harmony.encryption.fields import load_keys
from harmony.organisation.contact_book import Line, lines_of
from harmony.organisation.models import Council, Organisation

from .models.people import CasePerson
from .outside import OF_A_COUNCIL

Part = CasePerson.Part
WORKS_WITH_CHILDREN = (Part.ADULT, Part.CAUSED, Part.PROFESSIONAL)


@dataclass(frozen=True)
class Proposed:
    """A council and why it is proposed: who lives there, who works there."""

    council: Council | None  # none is our own
    name: str
    lives: list
    works: list
    lines: list[Line]


def proposed(case):
    """The councils of those affected and of adults whom it is about; our own where nothing else is known."""
    people = list(case.people.select_related("lives_in", "works_in"))
    load_keys(people)
    lives, works = {}, {}
    for one in people:
        if one.part == Part.AFFECTED:
            lives.setdefault(one.lives_in, []).append(one.name or one.handle)
        if one.part in WORKS_WITH_CHILDREN and one.works_in:
            works.setdefault(one.works_in, []).append(one.name or one.handle)
    councils = list(dict.fromkeys([*lives, *works])) or [None]
    return [_proposed(one, lives.get(one, []), works.get(one, [])) for one in councils]


def _proposed(council, lives, works):
    wanted = ("children", "adults") if lives or not works else ()
    lines = lines_of(council, *wanted, *(["lado"] if works or council is None else []))
    name = council.name if council else Organisation.current().council
    return Proposed(council, name, lives, works, lines)


def lines_for(referral):
    """Of one referral: the line that it goes to, and who answers when that is closed. None where it goes to no council."""
    line = OF_A_COUNCIL.get(referral.agency)
    return lines_of(referral.council, line) if line else []
