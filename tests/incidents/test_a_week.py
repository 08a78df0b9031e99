"""A small charity's week: a DSO on Mondays and Wednesdays, a deputy on Fridays, nobody at night, at weekends or on the bank
holiday. A dozen reports come at awkward times, and the clock is stepped through all of it.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from harmony.audit import book
from harmony.audit.events import event
from harmony.notifications import waits
from harmony.notifications.models import Delivery, Notice
from harmony.organisation.models import HelpContact
from harmony.people.models import Away, OnCall
from incidents.models import Case
from incidents.models.timing import NAMES
from incidents.promises import outside, promise_for
from incidents.waits import CASES

from .conftest import AT, HOUR, MINUTE, said

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
A_STEP = timedelta(minutes=30)


def london(month, day, hour, minute=0):
    return datetime(2027, month, day, hour, minute, tzinfo=LONDON)


BEGINS, ENDS = london(4, 30, 9), london(5, 8, 12)  # a Friday; the Monday after it is a bank holiday
FILED = [  # when, whether somebody is in danger, whom it is about
    (london(4, 30, 9), "no", ""),  # as the deputy's day begins
    (london(4, 30, 16, 50), "no", ""),  # just before it ends
    (london(4, 30, 16, 58), "yes", ""),
    (london(5, 1, 11), "no", ""),  # a Saturday
    (london(5, 2, 23), "no", ""),  # a Sunday night
    (london(5, 2, 23, 30), "unsure", ""),
    (london(5, 3, 21), "no", ""),  # the bank holiday
    (london(5, 4, 12), "no", ""),  # the DSO does not work on Tuesdays
    (london(5, 5, 8, 55), "no", ""),
    (london(5, 5, 10), "no", "amara"),  # about the one person who is there
    (london(5, 5, 12), "yes", "tom"),
    (london(5, 5, 16, 59), "yes", ""),
    (london(5, 6, 3), "no", "leah"),
]
READS = {"amara": london(5, 5, 9, 30), "tom": london(5, 7, 10)}  # everything they find


@pytest.fixture
def charity(amara, tom, ruth, dev, gwen, leah):
    """Amara is on leave from Thursday on; the lines outside keep hours, the emergency duty team none."""
    with event("set up", by="the tests"):
        for user, day in ((tom, (4, 30)), (amara, (5, 5)), (tom, (5, 7))):
            OnCall.objects.create(user=user, phone="01632 960 101", starts_at=london(*day, 9), ends_at=london(*day, 17))
        Away.objects.create(user=amara, starts_at=london(5, 6, 0), ends_at=london(5, 20, 0))
        duty = HelpContact.objects.create(code="edt", name="Duty team", says="Help", hours="always")
        for code in ("lado", "mash"):
            hours = {"hours": "Mon-Fri 09:00-17:00", "otherwise": duty}
            HelpContact.objects.create(code=code, name=code, says="Help", **hours)
    return {"amara": amara, "tom": tom, "leah": leah}


def moments(cases):
    """Every half hour, and the minute before, at and after whatever is due or filed."""
    at = BEGINS
    while at <= ENDS:
        due = [getattr(case, f"{name}_due") for case in cases.values() for name in NAMES]
        edges = {one + near for one in due if one for near in (-MINUTE, 0 * MINUTE, MINUTE)}
        yield from sorted({at} | {one for one in edges if at < one < at + A_STEP})
        at += A_STEP


def test_a_week(charity, report, sam):
    cases, promises, waiting = {}, {}, sorted(FILED)
    reads = sorted((when, charity[name]) for name, when in READS.items())
    for at in moments(cases):
        while waiting and waiting[0][0] <= at:
            when, danger, about = waiting.pop(0)
            named = [charity[about]] if about else []
            track, pressing = "worker" if about else "child", danger != "no"
            promise = promise_for(track, named, pressing=pressing, at=when)
            case = report(at=when, danger=danger, about=named).case
            cases[case.pk], promises[case.pk] = case, promise
        while reads and reads[0][0] <= at:
            when, reader = reads.pop(0)
            for case in Case.objects.visible_to(reader).filter(status="submitted"):
                case.acknowledge(by=reader, at=when)
        before = set(Notice.objects.values_list("pk", flat=True))
        waits.climb(at, CASES)
        new = Notice.objects.exclude(pk__in=before).select_related("recipient")
        told_in_good_order(new, at)
        waits.climb(at, CASES)
        assert new.count() == Notice.objects.count() - len(before)
    assert not waiting
    for pk, promise in promises.items():
        kept_or_said(Case.objects.get(pk=pk), promise, sam)
    assert Delivery.objects.count() == Notice.objects.count()  # one message each, by e-mail
    assert list(book.breaks()) == []


def told_in_good_order(new, at):
    away = set(Away.objects.at(at).values_list("user", flat=True))
    for notice in new:
        assert notice.recipient_id not in away
        if notice.kind == "case":
            case = Case.objects.get(pk=notice.about)
            assert Case.objects.visible_to(notice.recipient).filter(pk=case.pk).exists()
            assert notice.clock != "acknowledge" or case.status == Case.Status.SUBMITTED
        if notice.sentence == "nobody":
            lines = outside(at)
            assert lines and all(line.open_at(at) for line in lines)
    # the last word, that nobody is left, may come in the minute of the last rung
    within = [(one.recipient_id, one.about, one.clock) for one in new if one.sentence != "nobody"]
    assert len(within) == len(set(within))


def kept_or_said(case, promise, sam):
    """What the form said was true: somebody who may read it was there, and knew, by then; or whom to ring was open."""
    told = Notice.objects.filter(kind="case", about=case.pk)
    reached = {one.recipient for one in told.select_related("recipient")}
    assert all(Case.objects.visible_to(user).filter(pk=case.pk).exists() for user in reached)
    assert reached or Notice.objects.filter(recipient=sam, sentence="nobody", about=case.reports.get().pk).exists()
    if not promise.by:
        assert all(line.open_at(case.filed_at) for line in outside(case.filed_at))
        assert outside(case.filed_at)
        return
    assert promise.by == case.acknowledge_due
    knew = told.filter(created_at__lte=promise.by, clock="acknowledge").values("recipient")
    there = OnCall.objects.filter(user__in=knew, starts_at__lt=promise.by, ends_at__gt=case.filed_at)
    assert there.exists()


def test_who_is_told_when_in_that_week(charity, report, sam):
    """A sample, by name: what comes in on a Sunday night is promised for the DSO's day, and she finds it there."""
    sunday = london(5, 2, 23)
    assert promise_for("child", at=sunday).by == london(5, 5, 11)
    assert promise_for("child", pressing=True, at=sunday).by is None  # nobody is there within half an hour
    case = report(at=sunday).case
    assert said(Notice.objects.all()) == [("Amara", "case"), ("Tom", "case")]
    for hours in range(1, 58):
        waits.climb(sunday + hours * HOUR, CASES)
    assert Notice.objects.count() == 2  # neither of them is on call before Wednesday at nine, and both have heard
    assert promise_for("worker", [charity["amara"]], at=london(5, 5, 10)).by is None
    case.acknowledge(by=charity["amara"], at=london(5, 5, 9, 30))
    assert said(Notice.objects.filter(recipient=sam)) == [("Sam", "report_read")]


# minute by minute


def test_an_untouched_concern_climbs_at_the_right_minutes_past_whoever_it_is_about_and_whoever_is_away(
    report, line, on_call, away, amara, ruth, gwen, person
):
    """About the senior lead, in danger; the lead trustee is on leave, the DSO goes home sick before it is late."""
    vera = person("Vera Vice", "vice", kind="trustee")
    on_call(amara)
    away(line[3])
    case = report(at=AT, danger="yes", about=ruth).case
    away(amara, since=AT + 20 * MINUTE)
    heard = {}
    for minute in range(180):
        at = AT + minute * MINUTE
        before = set(Notice.objects.values_list("pk", flat=True))
        waits.climb(at, CASES)
        waits.climb(at, CASES)
        for name, sentence in said(Notice.objects.exclude(pk__in=before)):
            heard.setdefault((name, sentence), []).append(minute)
    assert said(Notice.objects.filter(created_at=AT)) == [("Amara", "case")]
    assert not {("Ruth", "case_late"), ("Dev", "case_late"), ("Amara", "case_late")} & heard.keys()
    assert not Notice.objects.filter(recipient__in=[ruth, line[3]]).exists()
    assert heard[("Gwen", "case")] == [20]  # raised past the lead it is the chair's too: she stands in at once
    assert heard[("Gwen", "case_late")][0] == 30
    assert heard[("Sam", "nobody")][0] == 75  # half an hour, its half after the chair's share
    assert vera not in {one.recipient for one in Notice.objects.select_related("recipient")}
    assert not Case.objects.visible_to(ruth).filter(pk=case.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_tell_nobody_twice(report, line, on_call, amara):
    on_call(amara)
    for _each in range(3):
        report(at=AT, danger="yes")

    def beat(at):
        try:
            waits.climb(at, CASES)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as two:
        for minutes in (30, 45, 60, 75, 120, 180):
            list(two.map(beat, [AT + minutes * MINUTE] * 2))
    rows = list(Notice.objects.filter(kind="case").values_list("about", "clock", "sentence", "recipient"))
    assert len(rows) == len(set(rows))
    assert {name for name, _sentence in said(Notice.objects.all())} == {"Amara", "Tom", "Ruth", "Gwen", "Sam"}
    assert list(book.breaks()) == []
