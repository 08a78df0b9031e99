"""Whose voice a case has, and whose it lacks since it was last reviewed."""

from dataclasses import dataclass

from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time

from .models import CasePerson

Part = CasePerson.Part


@dataclass(frozen=True)
class Heard:
    asked: bool
    words: str
    asker: str
    at: str


def heard(case):
    """{person: what they said, oldest first}, all of it."""
    found = {}
    voices = list(case.voices.select_related("written_by"))
    load_keys([case, *voices])
    for one in voices:
        asker = one.asked_by or one.written_by.name
        found.setdefault(one.person_id, []).append(Heard(one.asked, one.words, asker, clock_time(one.asked_at)))
    return found


def unheard(case):
    """Those it is about whom nobody has asked, nor said why not, since the last review: each child, and an adult who was harmed."""
    since = case.reviewed_at or case.filed_at
    asked = set(case.voices.filter(written_at__gte=since).values_list("person", flat=True))
    people = [one for one in case.people.all() if one.is_to_be_asked and one.pk not in asked]
    load_keys(people)
    return people
