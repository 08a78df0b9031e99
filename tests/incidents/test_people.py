"""The people in a case: added, put right, found in other cases only by whoever may see those."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.audit.transitions import ReasonOwed, StateMoved
from harmony.people.models import YoungPerson
from incidents.models import CasePerson
from incidents.named import Named, written
from tests.clients import same_as_missing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
ZED = {"part": "affected", "name": "Zed A", "age": "12", "handle": "", "notes": "Likes glue guns."}


def at(name, case, *more):
    return reverse(f"incidents:{name}", args=[case.pk, *more])


@pytest.fixture
def dso(sign_in, amara):
    return sign_in(amara)


@pytest.fixture
def zed(sol):
    one = YoungPerson()
    one.add("Zed A", "", date(2014, 5, 1), "young", by=sol)
    return one


def test_somebody_is_added_once_and_read_by_all_who_see_the_case(dso, triaged, amara, leah, sign_in):
    for _press in range(2):
        assert dso.post(at("add_person", triaged), ZED).url == at("people", triaged)
    [person] = CasePerson.objects.all()
    assert (person.name, person.added_by, person.root) == ("Zed A", amara, triaged.root)
    triaged.share(leah, by=amara, why="Her key worker")
    page = sign_in(leah).get(at("people", triaged)).content.decode()
    assert "Likes glue guns." in page and "Affected by it" in page
    assert at("change_person", triaged, person.pk) not in page


def test_until_somebody_is_added_the_reporters_words_stand_there(dso, report):
    page = dso.get(at("people", report(who="Zed A (12), and a boy with a red cap").case)).content.decode()
    assert "Nobody has been added yet." in page and "a boy with a red cap" in page


def test_somebody_the_reporter_named_is_added_without_typing_them_again(dso, report):
    others = written([Named("Sam R", "13", "witness"), Named("quiet_falcon88", part="caused")])
    filed = report(others=others)
    page = dso.get(at("people", filed.case)).content.decode()
    address = f"{at('add_person', filed.case)}?from={filed.pk}&row="
    assert "Sam R (13): Knows something about it" in page and f"{address}0".replace("&", "&amp;") in page
    assert dso.get(f"{address}1").context["form"].initial == {"name": "quiet_falcon88", "age": "", "part": "caused"}
    for nonsense in ("7", "x", ""):
        assert dso.get(address + nonsense).context["form"].initial == {}


def test_a_name_or_what_they_are_called_online_is_enough_and_neither_is_not(dso, triaged):
    nameless = dso.post(at("add_person", triaged), ZED | {"name": ""})
    assert "Write a name, or what they are called online." in nameless.content.decode()
    assert "Likes glue guns." in nameless.content.decode()
    dso.post(at("add_person", triaged), ZED | {"name": "", "handle": "falcon88 on Roblox", "part": "caused"})
    assert "falcon88 on Roblox" in dso.get(at("people", triaged)).content.decode()


def test_one_of_us_is_kept_out_not_written_down(dso, triaged):
    page = dso.get(at("add_person", triaged)).content.decode()
    assert "Is it one of us?" in page and at("recuse", triaged) in page


def test_what_is_known_is_put_right_with_a_reason_and_both_stand_in_the_book(dso, triaged, amara):
    triaged.add_person(**ZED, by=amara)
    person = CasePerson.objects.get()
    form = dso.get(at("change_person", triaged, person.pk)).context["form"]
    answers = ZED | {"age": "13", "seen": form.initial["seen"]}
    assert "Say why" in dso.post(at("change_person", triaged, person.pk), answers).content.decode()
    assert dso.post(at("change_person", triaged, person.pk), answers | {"why": "His birthday was in May."}).url
    person = CasePerson.objects.get()
    assert (person.age, person.name) == ("13", "Zed A")
    line = Entry.objects.filter(verb="change_person", row_id=person.pk.hex).get()
    assert line.reason == "His birthday was in May." and '"age"' in line.changes and '"name"' not in line.changes


def test_of_two_who_change_the_same_the_second_sees_what_the_first_wrote(dso, triaged, amara, tom):
    triaged.add_person(**ZED, by=amara)
    person = CasePerson.objects.get()
    seen = person.changed_at
    triaged.change_person(person, seen=seen, **ZED | {"notes": "Tom’s words"}, by=tom, why="Asked him")
    mine = ZED | {"notes": "My words", "seen": seen.isoformat(), "why": "Asked his dad"}
    late = dso.post(at("change_person", triaged, person.pk), mine)
    assert late.status_code == 409
    assert "Tom’s words" in late.content.decode() and "My words" in late.content.decode()
    assert CasePerson.objects.get().notes == "Tom’s words"


def test_without_a_reason_or_from_an_old_page_nothing_is_changed(triaged, amara):
    triaged.add_person(**ZED, by=amara)
    person = CasePerson.objects.get()
    with pytest.raises(ReasonOwed):
        triaged.change_person(person, seen=person.changed_at, **ZED, by=amara)
    with pytest.raises(StateMoved):
        triaged.change_person(person, seen=person.changed_at.replace(year=2020), **ZED, by=amara, why="x")


def test_nobody_named_is_deleted(triaged, amara):
    triaged.add_person(**ZED, by=amara)
    with pytest.raises(IntegrityError, match="stays in it"), transaction.atomic(), event("delete", by=amara):
        CasePerson.objects.get().delete()


def test_other_cases_with_a_young_person_are_shown_only_to_who_may_see_them(
    sign_in, report, amara, ruth, tom, zed, leah
):
    one, other, about_tom, hidden = report().case, report().case, report(about=tom).case, report(about=amara).case
    for case in (one, other):
        case.add_person(**ZED, young_person=zed, by=amara)
    about_tom.add_person(**ZED, young_person=zed, by=ruth)
    hidden.add_person(**ZED, young_person=zed, by=ruth)

    def also(reader):
        [known] = sign_in(reader).get(at("people", one)).context["people"]
        return {reference for reference, _url in known.also}, known.young

    assert also(amara) == ({other.reference, about_tom.reference}, zed)
    assert also(tom) == ({other.reference}, zed)
    one.share(leah, by=amara, why="Her key worker")
    assert also(leah) == (set(), None)  # she may not see young people she does not work with


def test_only_young_people_whom_one_may_see_can_be_chosen(sign_in, person, report, zed, leah):
    maya = person("Maya Lindqvist", "allegations")
    case = report(about=leah).case
    assert "young_person" not in sign_in(maya).get(at("add_person", case)).context["form"].fields
    sign_in(maya).post(at("add_person", case), ZED | {"young_person": str(zed.pk)})
    assert CasePerson.objects.get().young_person is None


def test_the_link_stays_when_somebody_changes_the_rest_who_may_not_see_it(sign_in, person, report, zed, leah, ruth):
    maya = person("Maya Lindqvist", "allegations")
    case = report(about=leah).case
    case.add_person(**ZED, young_person=zed, by=ruth)
    one = CasePerson.objects.get()
    answers = ZED | {"age": "13", "seen": one.changed_at.isoformat(), "why": "His birthday"}
    sign_in(maya).post(at("change_person", case, one.pk), answers)
    assert (CasePerson.objects.get().age, CasePerson.objects.get().young_person) == ("13", zed)


def test_somebody_of_another_case_is_not_found_through_this_one(dso, report, amara):
    one, other = report().case, report().case
    other.add_person(**ZED, by=amara)
    person = CasePerson.objects.get()
    nowhere = at("change_person", one, "00000000-0000-4000-8000-000000000000")
    assert same_as_missing(dso, at("change_person", one, person.pk), nowhere)
