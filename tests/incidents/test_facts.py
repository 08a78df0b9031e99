"""Figures for reports, and the work of somebody who leaves."""

from datetime import UTC, date, datetime, timedelta

import pytest

from harmony.audit.events import event
from harmony.people.models import OnCall
from incidents.facts import Kept, period
from incidents.models import Case
from incidents.offers import handover

from .conftest import WEIGHED
from .planning import end

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)


@pytest.fixture
def march(report, amara, leah):
    """Three filed in March, read after 1, 3 and 48 hours or not yet; one in April."""
    first, second, third = (report(at=MARCH[0] + timedelta(days=day)).case for day in (0, 10, 20))
    report(at=MARCH[1])
    first.acknowledge(by=amara, at=first.filed_at + timedelta(hours=1))
    second.triage(**WEIGHED, by=amara, at=second.filed_at + timedelta(hours=48))
    end(second, "safe", "Over", by=amara, at=second.filed_at + timedelta(days=5))
    return third


def test_a_period_is_counted_with_its_response_times(march, sol):
    facts = period(*MARCH, for_whom=sol)
    assert (facts.filed, facts.closed, facts.still_open) == (3, 1, 3)
    assert facts.by_status == {"New": 1, "Read": 1, "Being worked on": 0, "Passed on": 0, "Closed": 1}
    assert facts.by_severity == {"Critical": 0, "High": 1, "Medium": 0, "Low": 0, "Not assessed": 2}
    assert facts.by_kind == {"Bullying online": 1}
    assert facts.by_track == {"About a child or young person": 3, "About one of us": 0}
    assert (facts.read.done, facts.read.median, facts.read.within_a_day) == (2, timedelta(hours=24.5), 0.5)
    assert facts.triaged.longest == timedelta(hours=48)


def test_a_period_without_cases_has_no_medians(sol):
    facts = period(*MARCH, for_whom=sol)
    assert (facts.filed, facts.read.median, facts.read.within_a_day) == (0, None, None)


@pytest.mark.parametrize("about", ["amara", "sol", "ruth"])
def test_two_who_compare_their_figures_learn_nothing(about, request, march, report, sol, amara, ruth, gwen, leah):
    """A concern about one of those who make figures is in none of theirs, and in those of who answers for the whole."""
    makers = (sol, amara, ruth)
    before = {user: period(*MARCH, for_whom=user) for user in (*makers, gwen)}
    report(about=request.getfixturevalue(about), at=MARCH[0])
    for user in makers:
        assert period(*MARCH, for_whom=user) == before[user]
    assert period(*MARCH, for_whom=gwen).filed == before[gwen].filed + 1
    report(about=leah, at=MARCH[0])
    assert period(*MARCH, for_whom=amara).filed == before[amara].filed + 1


def test_what_is_kept_apart_from_the_chair_is_in_no_figure(march, report, person, amara, gwen):
    dev = person("Dev", "trustee", kind="trustee")
    before = {user: period(*MARCH, for_whom=user) for user in (amara, gwen, dev)}
    report(about=gwen, at=MARCH[0])
    assert {user: period(*MARCH, for_whom=user) for user in before} == before


def test_somebody_who_held_the_post_once_keeps_nothing_apart(march, report, amara, tom):
    report(about=tom, at=MARCH[0])
    before = period(*MARCH, for_whom=amara).filed
    with event("set up", by="the tests"):
        tom.appointments.update(ends_on=date(2026, 1, 1))
    assert period(*MARCH, for_whom=amara).filed == before + 1


def test_figures_take_the_same_queries_for_one_and_for_many(report, sol, django_assert_num_queries):
    assert sol.holds("office")  # which is known from then on
    for _more in range(2):
        report(at=MARCH[0])
        with django_assert_num_queries(5):
            period(*MARCH, for_whom=sol)


def test_the_work_of_a_leaver_goes_to_somebody_who_may_have_it(triaged, amara, tom, sol, leah):
    triaged.give("Ring home", amara, date(2030, 1, 1), by=amara)
    work = handover(amara, asked_by=sol)
    assert str(work) == "1 open case, 1 open action"
    work.take_over(leah, by=sol)
    triaged.refresh_from_db()
    assert triaged.owner is None  # Leah may not work cases: it stands in the list as nobody's
    assert triaged.actions.get().owner == leah
    triaged.hand_over(tom, by=sol)
    assert not handover(leah, asked_by=sol).cases


def test_a_case_about_the_heir_or_the_asker_is_neither_given_nor_counted(report, amara, ruth, sol):
    case = report(about=[sol, ruth]).case
    case.acknowledge(by=amara)
    work = handover(amara, asked_by=sol)
    assert not work
    work.take_over(ruth, by=sol)
    assert Case.objects.get(pk=case.pk).owner is None


def test_what_was_promised_and_kept_is_counted_from_the_due_times(report, amara, sol):
    with event("add", by="the tests"):
        OnCall.objects.create(user=amara, phone="1", starts_at=MARCH[0] - timedelta(days=1), ends_at=MARCH[1])
    in_time, late, never, open_still = (report(at=MARCH[0] + timedelta(days=day)).case for day in (0, 1, 2, 20))
    in_time.triage(**WEIGHED, by=amara, at=in_time.filed_at + timedelta(hours=1))
    in_time.tell_reporter("Thank you", by=amara, at=in_time.filed_at + timedelta(hours=2))
    late.acknowledge(by=amara, at=late.filed_at + timedelta(hours=3))
    kept = period(*MARCH, for_whom=sol, at=open_still.filed_at + timedelta(minutes=5)).kept
    assert never.acknowledge_due and not never.acknowledged_at
    assert kept["acknowledge"] == Kept(of=3, kept=1)
    assert kept["triage"] == Kept(of=3, kept=1)
    assert kept["tell"] == Kept(of=3, kept=1)


def test_reviews_are_counted_by_when_they_were_due(report, amara, sol):
    """High, weighed as filed: due after seven days. Whichever period the case is of."""
    cases = [report(at=MARCH[0] - timedelta(days=day)).case for day in (6, 5, 4, 3, 2, 100)]
    for case in cases:
        case.triage(**WEIGHED, by=amara, at=case.filed_at)
    in_time, late, never, closed_late, closed_before, _of_another_time = cases
    in_time.review("Calm.", by=amara, at=in_time.review_due)
    late.review("Calm.", by=amara, at=late.review_due + timedelta(days=1))
    end(closed_late, "safe", "Over", by=amara, at=closed_late.review_due + timedelta(days=1))
    end(closed_before, "safe", "Over", by=amara, at=closed_before.review_due - timedelta(days=1))
    assert never.review_due < MARCH[1]
    first_days = MARCH[0], MARCH[0] + timedelta(days=10)
    assert period(*first_days, for_whom=sol, at=MARCH[1]).kept["review"] == Kept(of=4, kept=1)
    assert period(*first_days, for_whom=sol, at=MARCH[0]).kept["review"] == Kept(of=2, kept=1)  # the others lie ahead


def test_where_nothing_was_promised_nothing_was_broken(report, sol):
    report(at=MARCH[0])
    assert period(*MARCH, for_whom=sol).kept["acknowledge"] == Kept(of=0, kept=0)
