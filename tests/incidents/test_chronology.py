"""Contacts and welfare checks in one screen; one list for one young person; which part of a long one is shown."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.documents import kinds, making
from harmony.documents.models import Export
from harmony.people.models import YoungPerson
from incidents.models import Action, Case, ChronologyEntry

from .conftest import DAY, HOUR, WEIGHED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]


def at(name, *keys):
    return reverse(f"incidents:{name}", args=keys)


def words(response):
    return response.content.decode()


def boxes(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def moment(name, when):
    return boxes(name, localtime(when)) | {f"{name}_time": localtime(when).strftime("%H:%M")}


@pytest.fixture
def zed(db):
    with event("add", by="the tests"):
        return YoungPerson.objects.create(name="Zed A", born="2014-05-01")


def has_a_part(case, young, by):
    case.add_person(part="affected", name="", handle="", age="", notes="", young_person=young, by=by)


def test_a_contact_is_logged_in_one_screen(sign_in, report, amara):
    triaged = report().case
    triaged.triage(**WEIGHED | {"refer": True}, by=amara)
    dso, page, again = sign_in(amara), at("log_contact", triaged.pk), localdate() + 2 * DAY
    asked = words(dso.get(page))
    assert "With whom?" in asked and "Did you reach them?" in asked
    tried = {"kind": "contact", "with_whom": "Front door", "how": "phone", "answered": "no"}
    tried |= moment("happened_at", now() - 3 * HOUR) | boxes("next_on", again)
    assert "Write what was said" in words(dso.post(page, tried | {"answered": "yes"}))
    assert "This day has passed." in words(dso.post(page, tried | boxes("next_on", localdate() - DAY)))
    for _twice in range(2):
        assert dso.post(page, tried).url == at("chronology", triaged.pk)
    entry = ChronologyEntry.objects.get(kind="contact")
    assert (entry.words, entry.answered, entry.next_on) == ("Nobody answered.", False, again)
    assert Case.objects.get().contacted_at is None  # nobody was reached
    action = Action.objects.get()
    assert (action.what, action.owner, action.due_on) == ("Try again: Front door", amara, again)
    dso.post(page, tried | {"answered": "yes", "words": "They take it on."})
    assert Case.objects.get().contacted_at is not None
    shown = words(dso.get(at("chronology", triaged.pk) + "?show=talks"))
    assert "With: Front door" in shown and "They were not reached." in shown and "3 hours later" in shown


def test_a_welfare_check_says_who_was_seen_and_how_they_were(sign_in, triaged, amara):
    dso, page = sign_in(amara), at("log_contact", triaged.pk)
    check = {"kind": "welfare", "with_whom": "Zed", "how": "visit", "answered": "yes"} | moment("happened_at", now())
    refused = words(dso.post(page, check))
    assert "Choose whether they were seen." in refused and "Write how they were" in refused
    dso.post(page, check | {"seen": "seen", "how_they_were": "Tired. He laughed twice."})
    shown = words(dso.get(at("chronology", triaged.pk) + "?show=welfare"))
    assert "Seen and spoken to" in shown and "He laughed twice." in shown
    with pytest.raises(IntegrityError, match="a_welfare_check"), transaction.atomic(), event("try", by=amara):
        triaged.entries.create(author=amara, kind="welfare", words="x", answered=True, root=triaged.root)


def test_some_days_alone(sign_in, triaged, amara):
    for days in (0, 10, 20):
        triaged.write("note", f"words of day {days}", now() - days * DAY, by=amara)
    dso, page = sign_in(amara), at("chronology", triaged.pk)
    asked = boxes("since", localdate() - 12 * DAY) | boxes("until", localdate() - 5 * DAY)
    shown = words(dso.get(page, asked))
    assert "words of day 10" in shown and "words of day 0" not in shown and "words of day 20" not in shown
    assert "since_day=" in shown  # the other parts keep these days
    assert "This is before the first day." in words(dso.get(page, asked | boxes("until", localdate() - 15 * DAY)))
    assert "There is no such day." in words(
        dso.get(page, {"since_day": "31", "since_month": "2", "since_year": "2026"})
    )


def test_all_that_is_written_about_one_child_as_far_as_it_may_be_seen(
    sign_in, report, zed, amara, ruth, tom, leah, sam
):
    one, other, apart = (
        report().case,
        report(facts="He hid in the shed.").case,
        report(about=amara, facts="A lift home.").case,
    )
    for case, by in ((one, amara), (other, amara), (apart, ruth)):
        has_a_part(case, zed, by)
    one.write("note", "His dad rang.", now(), by=amara)
    page, record = at("young_chronology", zed.pk), reverse("people:young_person", args=[zed.pk])
    dso = sign_in(amara)
    assert "There is a record" in words(dso.get(record)) and page in words(dso.get(record))
    shown = words(dso.get(page))
    assert "His dad rang." in shown and "He hid in the shed." in shown and one.reference in shown
    assert "A lift home." not in shown and apart.reference not in shown
    for case in (one, other):
        assert Entry.objects.filter(root=case.root.hex, verb="read", actor_name=amara.name).exists()
    text = paper(zed, amara)
    assert "His dad rang." in text and "He hid in the shed." in text and "A lift home." not in text
    lead = sign_in(ruth)
    assert "A lift home." in words(lead.get(page)) and "There is a record" not in words(lead.get(record))  # R6
    assert sign_in(leah).get(page).status_code == 404
    one.recuse(tom, by=amara, why="His uncle.")
    other.recuse(tom, by=amara, why="His uncle.")
    assert "There is a record" not in words(sign_in(tom).get(record))


def paper(young, user):
    kind = kinds.get("young_chronology")
    export = Export(kind=kind.code, about=young.pk, requested_by=user, purpose="police", purpose_words="Strategy")
    export.root = young.root
    with event("make", by=user):
        return making.sheet(export, kind, kind.gather(young, export, now()), None, now())


def test_five_hundred_entries_cost_no_more_questions_than_five(sign_in, triaged, zed, amara):
    has_a_part(triaged, zed, amara)
    dso = sign_in(amara)
    pages = [at("chronology", triaged.pk), at("young_chronology", zed.pk)]

    def asked():
        counts = []
        for page in pages:
            dso.get(page)  # what is remembered for a while is
            with CaptureQueriesContext(connection) as queries:
                assert dso.get(page).status_code == 200
            counts.append(len(queries))
        kind = kinds.get("chronology")
        export = Export(kind=kind.code, about=triaged.pk, requested_by=amara, root=triaged.root)
        case = Case.objects.get(pk=triaged.pk)
        with CaptureQueriesContext(connection) as queries:
            kind.gather(case, export, now())
        return [*counts, len(queries)]

    _write(triaged, amara, 5)
    few = asked()
    _write(triaged, amara, 500)
    assert asked() == few
    assert words(dso.get(pages[0])).count('moj-timeline__item"') >= 500


def _write(case, author, count):
    entries = [
        ChronologyEntry(
            case=case, root=case.root, author=author, kind="note", words=f"Line {number}",
            happened_at=case.filed_at + timedelta(minutes=number),
        )
        for number in range(count)
    ]  # fmt: skip
    with event("write", by=author, about=case):
        ChronologyEntry.objects.bulk_create(entries)
