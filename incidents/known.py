"""The people in a case, as one reader may know them: for its pages and its papers."""

from dataclasses import dataclass, field

from django.urls import reverse

from harmony.encryption.fields import load_keys
from harmony.people.models import Care, YoungPerson

from .coach import whole_names
from .heard import heard
from .models import Case, CasePerson

TONES = {"affected": "teal", "caused": "red", "adult": "red", "bystander": "indigo"}


@dataclass(frozen=True)
class Known:
    """Somebody in a case, as one reader may know them."""

    person: CasePerson
    called: str
    tone: str
    young: YoungPerson | None = None  # only where the reader may see young people
    coach: str = ""  # what would make it stronger
    voices: list = field(default_factory=list)  # what they want, each time they were asked (heard.py)
    also: list = field(default_factory=list)  # other cases with them that the reader may see: (reference, address)


def known_people(case, reader):
    found = list(case.people.select_related("added_by", "lives_in", "works_in"))
    linked = {one.young_person_id for one in found if one.young_person_id}
    young = {one.pk: one for one in YoungPerson.objects.visible_to(reader).filter(pk__in=linked)} if linked else {}
    load_keys([case, *found, *young.values()])
    also, voices = _other_cases(case, young, reader), heard(case)
    return [
        Known(
            one,
            one.name or one.handle,
            TONES.get(one.part, "plain"),
            young.get(one.young_person_id),
            whole_names(one.name, one.notes),
            voices.get(one.pk, []),
            also.get(one.young_person_id, []),
        )
        for one in found
    ]


def siblings_of(case, reader):
    """Young people who share a carer with somebody in the case, and have no part in it yet: of those whom the reader may see."""
    linked = [pk for pk in case.people.values_list("young_person", flat=True) if pk]
    carers = Care.objects.filter(young_person__in=linked).values("carer")
    beside = Care.objects.filter(carer__in=carers).exclude(young_person__in=linked).values("young_person")
    return YoungPerson.objects.visible_to(reader).filter(pk__in=beside).by_name() if linked else []


def _other_cases(case, young, reader):
    """{young person: other cases}. What a reader may not see is neither shown nor counted."""
    if not young:
        return {}
    seen = Case.objects.visible_to(reader).exclude(pk=case.pk).filter(people__young_person__in=young)
    found = {}
    for who, pk, reference in seen.values_list("people__young_person", "pk", "reference").distinct().order_by():
        found.setdefault(who, []).append((reference, reverse("incidents:case", args=[pk])))
    return {who: sorted(cases) for who, cases in found.items()}
