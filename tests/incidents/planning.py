"""A response plan, its reviews and the end of a case, in one line each, for tests that are about something else."""

from datetime import date, timedelta

from harmony.audit.events import event
from harmony.people.models import Appointment, User
from incidents import access
from incidents.kinds import UNPLANNED
from incidents.models import Case

LASTS = {
    "lasts_because": "She has shown us her phone each month.",
    "view_asked": True,
    "childs_view": "It has stopped, and I am back in the group.",
    "bystanders_now": "Nobody else got it.",
    "lessons": "A session on game chats; it stands in the plan of the term.",
}


def fresh(record):
    """As the database has it."""
    return type(record).objects.get(pk=record.pk)


def plan_for(case, *, by, at=None):
    """Nothing is needed for anybody, and that is agreed."""
    for lens in case.lenses_left():
        case.say_not_needed(lens, "Nothing is needed.", by=by, at=at)
    case.agree_plan(by=by, at=at)


def settle_steps(case, *, by, at=None):
    """Every required step is done."""
    for step in case.steps.open():
        case.answer_step(step, "done", by=by, at=at)


def reviewed_for_good(case, *, by):
    """Each review at its time, and the last one found it over. Returns when that was."""
    while True:
        case = Case.objects.get(pk=case.pk)
        due = case.review_due
        if case.next_is_last(due):
            case.review_for_good("It has stopped.", True, **LASTS, by=by, at=due)
            return due
        case.review(f"It is calm, {due}.", by=by, at=due - timedelta(hours=1))


ENDS = {"police_outcome": "none", "view_asked": True, "childs_view": "It has stopped."}
ENDED = ENDS | {"outcome": "police", "closing_reason": "It has stopped.", "police_outcome": "outcome-21"}
EARLY = ENDED | {"early_why": "Her school sees her every day."}


def end(case, outcome="safe", closing_reason="It has stopped.", *, by, at=None, second=None):
    """Closed by the shortest way there is: planned, decided, and agreed by somebody else where a second person is owed."""
    case.refresh_from_db()
    if not case.planned_at and outcome not in UNPLANNED:
        plan_for(case, by=by, at=at)
    settle_steps(case, by=by, at=at)
    if case.charity is None:
        case.decide_charity(False, "Nothing serious enough happened.", by=by, at=at)
    ended = ENDS | {"outcome": outcome, "closing_reason": closing_reason}
    if not case.needs_second:
        case.close(**ended, by=by, at=at)
        return
    case.ask_to_close(**ended, early_why="They want it closed.", by=by, at=at)
    case.agree_to_close(by=second or somebody_else(case), at=at)


def somebody_else(case):
    """Who may agree to its end; where the test has nobody, somebody new in its line."""
    found = [user for user in case.line() if access.may_agree_to_close(user, case)]
    if found:
        return found[0]
    with event("join", by="the tests"):
        user = User.objects.create(email=f"{case.reference.lower()}@harmony.test", name="Second Person")
        Appointment.objects.create(user=user, post=access.LINES[case.track][-1], starts_on=date(2020, 1, 1))
    return user
