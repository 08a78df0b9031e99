"""What can be done with a case, and by whom."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.audit.transitions import ReasonOwed, Refused, StateMoved
from incidents.models import Case, ChronologyEntry

from .conftest import WEIGHED
from .planning import end

pytestmark = pytest.mark.django_db


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def test_a_case_is_acknowledged_triaged_worked_and_closed(report, amara, leah):
    case = report().case
    case.acknowledge(by=amara)
    assert (case.owner, case.acknowledged_by) == (amara, amara)
    case.triage(**WEIGHED, by=amara)
    case.write("call", "Rang his dad.", now(), by=amara)
    case.give("Ring the college", leah, date(2030, 1, 1), by=amara)
    case.actions.get().finish("They will keep an eye on him.", by=leah)
    end(case, "safe", "It has stopped.", by=amara)
    assert fresh(case).status == "closed"


def test_whoever_is_quicker_is_named(report, amara, tom):
    case = report().case
    stale = fresh(case)
    case.acknowledge(by=tom)
    with pytest.raises(StateMoved, match=r"Tom Ellery acknowledged this at (\d\d?(:\d\d)?(am|pm)|noon|midnight)"):
        stale.acknowledge(by=amara)


def test_two_at_once_on_one_case_keep_both_changes(triaged, amara, tom, leah):
    his, hers = fresh(triaged), fresh(triaged)
    his.write("note", "His note", now(), by=tom)
    hers.give("Her action", leah, date(2030, 1, 1), by=amara)
    his.share(leah, by=tom, why="Her key worker")
    assert [entry.words for entry in triaged.entries.all()] == ["His note"]
    assert [action.what for action in triaged.actions.all()] == ["Her action"]
    assert triaged.grants.count() == 1


def test_a_case_with_something_to_do_stays_open(triaged, amara, leah):
    triaged.give("Ring home", leah, date(2030, 1, 1), by=amara)
    with pytest.raises(Refused, match="1 action is still open"):
        end(triaged, "safe", "Over", by=amara)
    with pytest.raises(IntegrityError, match="still something to do"), event("try", by=amara), transaction.atomic():
        rushed = fresh(triaged)
        rushed.status, rushed.closed_at, rushed.closed_by = "closed", now(), amara
        rushed.outcome, rushed.closing_reason, rushed.police_outcome = "safe", "Over", "none"
        rushed.view_asked, rushed.childs_view = True, "I am well."
        rushed.advice, rushed.planned_at, rushed.planned_by = "Enough.", now(), amara
        rushed.charity, rushed.charity_why, rushed.charity_at, rushed.charity_by = False, "Too small.", now(), amara
        rushed.close_agreed_by = leah
        rushed.save()
    triaged.actions.get().waive("His mum rang us", by=amara)
    end(triaged, "safe", "Over", by=amara)


def test_nothing_new_is_given_out_in_a_closed_case(triaged, amara, leah):
    end(triaged, "safe", "Over", by=amara)
    with pytest.raises(StateMoved, match="agreed to close this"):
        triaged.give("One more", leah, date(2030, 1, 1), by=amara)
    with pytest.raises(IntegrityError, match="closed"), event("try", by=amara), transaction.atomic():
        triaged.actions.create(what="One more", owner=leah, due_on=date(2030, 1, 1))


def test_reopening_wants_a_reason_and_keeps_the_old_decision(triaged, amara):
    end(triaged, "safe", "It had stopped.", by=amara)
    with pytest.raises(ReasonOwed):
        triaged.reopen(by=amara)
    triaged.reopen(by=amara, why="It started again.")
    assert fresh(triaged).status == "triaged"
    words = ChronologyEntry.objects.order_by("written_at").last().words
    assert "It started again." in words
    assert "It had stopped." in words
    assert "Safe: nothing more to do" in words


@pytest.mark.parametrize("step", ["acknowledge", "close", "reopen", "write", "give", "share", "recuse", "triage"])
def test_who_does_not_work_the_case_takes_no_step(triaged, sam, leah, step):
    answers = {
        "close": ("safe", "Over"),
        "write": ("note", "Mine", now()),
        "give": ("Mine", leah, date(2030, 1, 1)),
        "share": (sam,),
        "recuse": (leah,),
        "triage": tuple(WEIGHED.values()),
    }
    with pytest.raises(PermissionDenied):
        getattr(triaged, step)(*answers.get(step, ()), by=sam, why="Because")


def test_a_grant_shares_one_case_in_its_own_chain_to_read_only(triaged, report, amara, leah):
    report()  # another one, not shared
    triaged.share(leah, by=amara, why="Her key worker")
    assert list(Case.objects.visible_to(leah)) == [triaged]
    assert Entry.objects.filter(root=triaged.root.hex).last().table_name == "incidents_casegrant"
    with pytest.raises(PermissionDenied):
        triaged.write("note", "Mine", now(), by=leah)
    triaged.unshare(leah, by=amara)
    assert not Case.objects.visible_to(leah).exists()


def test_an_action_is_finished_by_whoever_has_it_and_by_nobody_else(triaged, amara, leah, sam):
    triaged.give("Ring the college", leah, date(2030, 1, 1), by=amara)
    action = triaged.actions.get()
    with pytest.raises(PermissionDenied):
        action.finish("Done", by=sam)
    with pytest.raises(PermissionDenied):
        action.waive("No need", by=leah)
    action.finish("Done", by=leah)
    assert (fresh(action).done_by, fresh(action).result) == (leah, "Done")


def test_an_entry_adds_only_to_one_of_its_own_case(triaged, report, amara):
    other = report().case
    other.write("note", "Elsewhere", now(), by=amara)
    with pytest.raises(IntegrityError, match="of the same case"), transaction.atomic():
        triaged.write("note", "Here", now(), adds_to=other.entries.get(), by=amara)


def test_the_list_is_urgent_then_unread_then_by_waiting(report, amara):
    at = [now().replace(day=1, hour=hour) for hour in range(5)]
    weighed, unread, danger, older = (
        report(at=at[0]).case,
        report(at=at[3]).case,
        report(at=at[4], danger="yes").case,
        report(at=at[1]).case,
    )
    weighed.triage(**WEIGHED | {"severity": "low"}, by=amara)
    assert list(Case.objects.visible_to(amara).urgent_first()) == [danger, older, unread, weighed]
    danger.triage(**WEIGHED | {"severity": "low"}, by=amara)  # weighed, and not as bad as feared
    assert Case.objects.urgent_first().first() == older
