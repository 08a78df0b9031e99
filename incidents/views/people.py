"""The people in a case: each with their part and what is known of them."""

from django.shortcuts import get_object_or_404, redirect

from harmony.audit.events import note_list
from harmony.encryption.fields import load_keys
from harmony.people.access import may_see_young_people
from harmony.people.models import YoungPerson
from harmony.people.unfinished import answered, filled

from .. import access
from ..access import may_see
from ..alike import SAYS, alike
from ..answers import about
from ..forms.people import ChangedPersonForm, PersonForm, known_of
from ..forms.voices import VoiceForm
from ..heard import heard
from ..known import known_people, siblings_of
from ..models import Case, Voice
from ..named import read
from .cases import drawn
from .door import onward, opens_case, works_case

A_FEW = 20  # other cases with something of this one


@opens_case
def people(request, case):
    known = known_people(case, request.user)
    reports = list(case.reports.select_related("author"))
    load_keys(reports)
    before = _seen_before(case, request.user)
    references = {reference for one in known for reference, _url in one.also} | {one.reference for one, _why in before}
    if references:
        note_list("list", by=request.user, page="cases with the same people", references=references)
    shown = [(one, read(one.others), about(one)) for one in reports]
    more = {
        "before": before,
        "siblings": siblings_of(case, request.user) if access.works_on(request.user, case) else [],
    }
    more["harmed_adult"] = any(one.person.is_harmed_adult for one in known)
    return drawn(request, "people", case, tab="people", people=known, reports=shown, **more)


def _seen_before(case, reader):
    """(another case, what is the same) for those that they may see, the newest first. Of others nothing is said."""
    seen = Case.objects.visible_to(reader)
    same = alike(case, seen)
    cases = list(seen.filter(pk__in=same).order_by("-filed_at")[:A_FEW])
    load_keys(cases)
    return [(one, [SAYS[what] for what in same[one.pk]]) for one in cases]


@works_case
def add_person(request, case):
    form = filled(PersonForm, request, young=_young_people(request.user), initial=_as_reported(request, case))
    if answered(request, form) and form.take(case.add_person, by=request.user):
        return _to_the_people(request, case)
    return drawn(request, "add_person", case, tab="people", form=form)


def _as_reported(request, case):
    """Somebody whom a report names, to begin with: `?from=<report>&row=<number>`; or a brother or sister: `?sibling=<record>`."""
    if key := request.GET.get("sibling"):
        found = [one for one in siblings_of(case, request.user) if str(one.pk) == key]
        return {"name": found[0].name, "part": "sibling", "young_person": key} if found else {}
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
        return _to_the_people(request, case)
    return drawn(request, "change_person", case, tab="people", form=form, person=person)


@works_case
def ask_voice(request, case, person):
    """What they want: asked again and again, or why not this time."""
    person = get_object_or_404(case.people, pk=person)
    load_keys([case, person])
    form, voice = filled(VoiceForm, request), Voice(case=case, person=person)
    if answered(request, form) and form.take(voice.hear if form.is_asked else voice.pass_over, by=request.user):
        return _to_the_people(request, case)
    before = heard(case).get(person.pk, [])
    return drawn(request, "voice", case, tab="people", form=form, person=person, before=before)


def _to_the_people(request, case):
    """Unless it was somebody's own child, and the case is theirs no more."""
    return redirect("incidents:people", case.pk) if may_see(request.user, case) else onward(request, case)


def _young_people(user, linked=None):
    """(record, name) of those whom this person may choose. Nobody, when they may not see whom it says already."""
    visible = YoungPerson.objects.visible_to(user)
    if not may_see_young_people(user) or (linked and not visible.filter(pk=linked).exists()):
        return []
    found = list(visible.here() | visible.filter(pk=linked))
    load_keys(found)
    return sorted(((one, one.name) for one in found), key=lambda pair: (pair[1].casefold(), pair[0].pk))
