"""The people in a case: each with their part and what is known of them."""

from dataclasses import dataclass, field

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from harmony.audit.events import note_list
from harmony.encryption.fields import load_keys
from harmony.people.access import may_see_young_people
from harmony.people.models import YoungPerson
from harmony.people.unfinished import answered, filled

from ..forms.people import ChangedPersonForm, PersonForm, known_of
from ..models import Case, CasePerson
from ..named import read
from .cases import drawn
from .door import opens_case, works_case

TONES = {"affected": "teal", "caused": "red", "adult": "red", "bystander": "indigo"}


@dataclass(frozen=True)
class Known:
    """Somebody in a case, as one reader may know them."""

    person: CasePerson
    called: str
    tone: str
    young: YoungPerson | None = None  # only where the reader may see young people
    also: list = field(default_factory=list)  # other cases with them that the reader may see: (reference, address)


@opens_case
def people(request, case):
    known = known_people(case, request.user)
    reports = list(case.reports.select_related("author"))
    load_keys(reports)
    if references := {reference for one in known for reference, _url in one.also}:
        note_list("list", by=request.user, page="cases with the same people", references=references)
    return drawn(
        request, "people", case, tab="people", people=known, reports=[(one, read(one.others)) for one in reports]
    )


def known_people(case, reader):
    found = list(case.people.select_related("added_by"))
    linked = {one.young_person_id for one in found if one.young_person_id}
    young = {one.pk: one for one in YoungPerson.objects.visible_to(reader).filter(pk__in=linked)} if linked else {}
    load_keys([case, *found, *young.values()])
    also = _other_cases(case, young, reader)
    return [
        Known(
            one,
            one.name or one.handle,
            TONES.get(one.part, "plain"),
            young.get(one.young_person_id),
            also.get(one.young_person_id, []),
        )
        for one in found
    ]


def _other_cases(case, young, reader):
    """{young person: other cases}. What a reader may not see is neither shown nor counted."""
    if not young:
        return {}
    seen = Case.objects.visible_to(reader).exclude(pk=case.pk).filter(people__young_person__in=young)
    found = {}
    for who, pk, reference in seen.values_list("people__young_person", "pk", "reference").distinct().order_by():
        found.setdefault(who, []).append((reference, reverse("incidents:case", args=[pk])))
    return {who: sorted(cases) for who, cases in found.items()}


@works_case
def add_person(request, case):
    form = filled(PersonForm, request, young=_young_people(request.user), initial=_as_reported(request, case))
    if answered(request, form) and form.take(case.add_person, by=request.user):
        return redirect("incidents:people", case.pk)
    return drawn(request, "add_person", case, tab="people", form=form)


def _as_reported(request, case):
    """Somebody whom a report names, to begin with: `?from=<report>&row=<number>`."""
    row = request.GET.get("row", "")
    report = next((one for one in case.reports.all() if str(one.pk) == request.GET.get("from")), None)
    named = read(report.others) if report else []
    if not row.isdecimal() or int(row) >= len(named):
        return {}
    return {"name": named[int(row)].name, "age": named[int(row)].age, "part": named[int(row)].part}


@works_case
def change_person(request, case, person):
    person = get_object_or_404(case.people, pk=person)
    young = _young_people(request.user, person.young_person_id)
    form = filled(ChangedPersonForm, request, young=young, initial=known_of(person))
    if answered(request, form) and form.take(case.change_person, person=person, by=request.user):
        return redirect("incidents:people", case.pk)
    return drawn(request, "change_person", case, tab="people", form=form, person=person)


def _young_people(user, linked=None):
    """(record, name) of those whom this person may choose. Nobody, when they may not see whom it says already."""
    visible = YoungPerson.objects.visible_to(user)
    if not may_see_young_people(user) or (linked and not visible.filter(pk=linked).exists()):
        return []
    found = list(visible.here() | visible.filter(pk=linked))
    load_keys(found)
    return sorted(((one, one.name) for one in found), key=lambda pair: (pair[1].casefold(), pair[0].pk))
