"""What is past its time is proposed each night, by the class it is of; and nothing else."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from harmony.audit.events import event
from harmony.encryption import keys
from harmony.people.models import Membership, YoungPerson
from harmony.retention import tasks
from harmony.retention.models import Proposal
from harmony.retention.proposing import propose
from incidents import past
from incidents.models import Case, CasePerson
from tests.incidents.planning import end

from .conftest import AT, LATER, WEIGHED

pytestmark = pytest.mark.django_db


def years(count):
    return AT.replace(year=AT.year + count)


def dues(case, at):
    return [(one.code, one.due_on) for one in past.due(at, about=case.pk)]


@pytest.fixture
def child(amara):
    """child(case, "2012-03-01"): an affected child with a record of their own."""

    def put(case, born, part="affected"):
        with event("add", by="the tests"):
            young = YoungPerson.objects.create(name="Zed", born=born)
            CasePerson.objects.create(case=case, part=part, name="Zed", young_person=young, added_by=amara)
        return young

    return put


def test_a_case_is_kept_until_the_youngest_child_in_it_is_25(closed, child):
    case = closed()
    child(case, "2014-06-01")
    child(case, "2012-03-01", "caused")
    assert dues(case, years(12)) == []
    assert dues(case, years(13)) == [("case", date(2039, 6, 1))]


def test_where_nobody_knows_the_birth_it_is_kept_as_if_it_were_the_day_it_was_told(closed, child):
    case = closed()
    assert dues(case, years(24)) == [] and dues(case, LATER) == [("case", date(2051, 11, 24))]
    young = child(case, "2014-06-01")
    child(case, "")
    assert dues(case, years(24)) == [], "the other one may be younger"
    with event("erase", by="the tests"):
        keys.erase(young.root)  # then its birth is not known either
    assert dues(case, years(24)) == [] and dues(case, LATER)


def test_what_may_be_sexual_abuse_is_kept_for_75_years_from_its_end(closed, child):
    for weighed in ({"kind": "CT-GROOM"}, {"secondary": "SEX"}):
        case = closed(**weighed)
        child(case, "2014-06-01")
        assert dues(case, years(74)) == []
        assert dues(case, years(75)) == [("case-abuse", date(2101, 11, 24))]


def test_a_new_entry_moves_its_day(closed, amara):
    case = closed(kind="CT-GROOM")
    case.write("note", "A letter came.", AT, by=amara, at=years(10))
    assert dues(case, years(75)) == [] and dues(case, years(85)) == [("case-abuse", date(2111, 11, 24))]
    other = closed()
    other.write("note", "She asked for her record.", AT, by=amara, at=LATER)
    assert dues(other, LATER) == [], "somebody needed it a moment ago"
    assert dues(other, years(27)) == [("case", date(2053, 11, 24))]


def test_so_does_what_its_author_adds(closed, sam):
    case = closed(kind="CT-GROOM")
    case.reports.get().add("One more thing.", by=sam, at=years(3))
    assert dues(case, years(75)) == [] and dues(case, years(78))


def test_a_low_level_concern_is_kept_for_six_years_after_they_have_left(report, amara, ruth, leah):
    case = report(about=leah, at=AT).case
    case.triage(**WEIGHED | {"severity": "low", "kind": "AD-CONDUCT", "caused_by": "worker"}, by=ruth, at=AT)
    told = dict.fromkeys(("harmed", "offence", "risk", "suitable"), "no")
    from incidents.models import Allegation

    Allegation(case=case).screen(**told, **{f"{name}_why": "No." for name in told}, by=ruth, at=AT)
    end(case, by=ruth, at=AT, second=amara)
    assert dues(case, years(50)) == [], "she is still here"
    with event("leave", by="the tests"):
        Membership.objects.filter(user=leah).update(ends_on=date(2030, 1, 1))
    assert dues(case, years(9)) == [] and dues(case, years(10)) == [("low-level", date(2036, 1, 1))]


def test_an_open_case_is_never_proposed(report, closed, amara):
    case, again = report(at=AT).case, closed()
    again.reopen(by=amara, why="She rang.", at=AT + timedelta(days=1))
    assert propose(years(99)) == 0
    assert dues(case, years(99)) == dues(again, years(99)) == []


def test_the_night_proposes_once_and_takes_back_what_is_not_past_its_time_any_more(closed, amara):
    case = closed()
    tasks.propose(at=AT)
    assert Proposal.objects.count() == 0
    for _night in range(2):
        tasks.propose(at=LATER)
    proposal = Proposal.objects.get()
    told = (proposal.reference, proposal.code, proposal.counted_on, proposal.due_on, proposal.status)
    assert told == (case.reference, "case", date(2026, 11, 24), date(2051, 11, 24), "open")
    case.write("note", "A letter came.", LATER, by=amara, at=LATER)
    tasks.propose(at=LATER + timedelta(days=1))
    assert [one.status for one in Proposal.objects.all()] == ["overtaken"]
    tasks.propose(at=years(28))
    assert sorted(one.status for one in Proposal.objects.all()) == ["open", "overtaken"]
    assert Case.objects.filter(destroyed_at=None).count() == 1, "nothing is destroyed by itself"


def test_a_hold_wins(closed, held):
    case = closed()
    propose(LATER)
    held(case)
    propose(LATER)
    assert [one.status for one in Proposal.objects.all()] == ["overtaken"]


def test_a_night_asks_as_much_for_many_as_for_one(closed, child):
    def night():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            propose(LATER)
        return [query["sql"] for query in asked if query["sql"].startswith(("SELECT", "INSERT", "UPDATE"))]

    def some(count):
        for _number in range(count):
            child(closed(), "2012-03-01")

    some(1)
    first = len(night())
    some(3)
    assert len(night()) <= first + 1
