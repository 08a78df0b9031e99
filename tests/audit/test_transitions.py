"""Steps: locked, read afresh, allowed, recorded, saved; refused in words."""

import json
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.audit.transitions import ANY, NEW, ReasonOwed, StateMoved, table, transition
from harmony.look.words import hour
from incidents.models import Case

pytestmark = pytest.mark.django_db


def everybody(user, record):
    return True


def nobody(user, record):
    return False


@transition(source=ANY, to=None, may=everybody)
def plan(case, words, *, by):
    case.refer_reason = words


@transition(source=NEW, to=Case.Status.ACKNOWLEDGED, may=everybody)
def take_on(case, *, by, at=None):
    case.acknowledged_at, case.acknowledged_by = at, by


@transition(source={Case.Status.SUBMITTED}, to=Case.Status.CLOSED, may=everybody, reason=True)
def stumble(case, *, by, why, at=None):
    case.initials = why
    raise ZeroDivisionError


def lines(case):
    return Entry.objects.filter(root=case.root.hex)


def fresh(case):
    return Case.objects.get(pk=case.pk)


def test_a_step_keeps_what_a_colleague_saved_meanwhile(case, amara):
    stale = fresh(case)
    assert stale.rationale == "A bruise"
    with event("write", by=amara):
        case.rationale = "Two bruises"
        case.save()
    stale.acknowledge(by=amara)
    assert (fresh(case).rationale, fresh(case).status) == ("Two bruises", "acknowledged")
    line = lines(case).last()
    assert (line.verb, line.actor_id) == ("acknowledge", amara.pk.hex)
    assert set(json.loads(line.changes)) == {"acknowledged_at", "acknowledged_by_id", "owner_id", "status"}


def test_who_comes_second_hears_who_was_quicker_and_when(case, amara, tom):
    stale, again = fresh(case), fresh(case)
    case.acknowledge(by=amara)
    clock = hour(now())
    with pytest.raises(StateMoved) as moved:
        stale.acknowledge(by=tom)
    assert str(moved.value) == f"Amara Okafor acknowledged this at {clock}."
    assert stale.status == "acknowledged"  # the page shows how it stands now
    with pytest.raises(StateMoved, match="^You acknowledged this at"):
        again.acknowledge(by=amara)


def test_on_another_day_the_sentence_has_the_date(case, amara, tom):
    case.acknowledge(by=amara, at=datetime.fromisoformat("2026-07-03T09:42:00Z"))
    with pytest.raises(StateMoved, match=r"Amara Okafor acknowledged this on Friday 3 July 2026 at 10:42am\."):
        case.acknowledge(by=tom)


def test_a_change_that_is_no_step_is_still_somebodys(case, amara, tom):
    with event("mend", by=amara):
        Case.objects.filter(pk=case.pk).update(status="acknowledged", acknowledged_at=now(), acknowledged_by=amara)
    with pytest.raises(StateMoved, match="^Amara Okafor changed this at"):
        case.acknowledge(by=tom)


def test_what_is_gone_is_said_to_be_gone(draft, sam):
    stale = type(draft).objects.get(pk=draft.pk)
    draft.discard(by=sam)
    with pytest.raises(StateMoved, match="not here any more"):
        stale.file(by=sam)


def test_rights_come_before_state_and_a_reason_before_both(case, sam, amara):
    case.acknowledge(by=amara)
    before = lines(case).count()
    with pytest.raises(PermissionDenied, match="not yours to take"):
        case.acknowledge(by=sam)
    with pytest.raises(ReasonOwed, match="^Say why"):
        stumble(case, by=amara, why="  ")
    assert lines(case).count() == before


def test_rights_are_asked_of_the_record_as_it_is_now(case, sam):
    stale = fresh(case)
    with event("close", by="the tests"):
        Case.objects.update(track="worker")
    step = transition(source=ANY, to=None, may=lambda user, case: case.track == "child")(lambda case, *, by: None)
    with pytest.raises(PermissionDenied):
        step(stale, by=sam)


def test_a_step_that_fails_leaves_the_record_as_it_was(case, amara):
    with pytest.raises(ZeroDivisionError):
        stumble(case, by=amara, why="ZZ")
    assert (case.initials, case.status) == ("ZA", "submitted") == (fresh(case).initials, fresh(case).status)
    case.acknowledge(by=amara)  # and it can be taken again


def test_the_past_has_its_moment_and_recording_has_its_own(case, amara):
    monday = now() - timedelta(days=300)
    case.acknowledge(by=amara, at=monday)
    line = lines(case).last()
    assert line.happened == monday == fresh(case).acknowledged_at
    assert now() - line.recorded < timedelta(minutes=1)


def test_the_step_that_makes_a_record(amara, tom):
    case = Case(initials="AB")
    take_on(case, by=amara)
    assert fresh(case).status == "acknowledged"
    line = lines(case).get()
    assert (line.verb, json.loads(line.changes)["acknowledged_by_id"][0]) == ("take_on", None)
    assert line.happened == fresh(case).acknowledged_at
    with pytest.raises(StateMoved, match="is here already"):
        take_on(case, by=tom)


def test_a_step_may_leave_the_state_alone(case, amara):
    case.acknowledge(by=amara)
    plan(case, "Ring home", by=amara)
    assert (fresh(case).status, fresh(case).refer_reason) == ("acknowledged", "Ring home")
    assert set(json.loads(lines(case).last().changes)) == {"refer_reason"}


def test_a_step_within_a_step_of_the_same_record_is_a_mistake(case, amara):
    outer = transition(source=ANY, to=None, may=everybody)(lambda case, *, by: plan(case, "x", by=by))
    with pytest.raises(RuntimeError, match="plan is called within"):
        outer(case, by=amara)


def test_the_state_table_is_read_off_the_steps():
    steps = {step.verb: step for step in table(Case)}
    assert steps["acknowledge"].source == {"submitted"}
    assert steps["acknowledge"].to == "acknowledged"
    assert list(steps)[-1] == "read_additions"  # in the order in which they are written
