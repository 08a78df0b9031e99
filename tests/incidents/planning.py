"""A response plan and its end, in one line each, for tests that are about something else."""

from datetime import timedelta

from incidents.models import Case

LASTS = {
    "lasts_because": "She has shown us her phone each month.",
    "view_asked": True,
    "childs_view": "It has stopped, and I am back in the group.",
    "bystanders_now": "Nobody else got it.",
    "lessons": "A session on game chats; it stands in the plan of the term.",
}


def plan_for(case, *, by, at=None):
    """Nothing is needed for anybody, and that is agreed."""
    for lens in case.lenses_left():
        case.say_not_needed(lens, "Nothing is needed.", by=by, at=at)
    case.agree_plan(by=by, at=at)


def reviewed_for_good(case, *, by):
    """Each review at its time, and the last one found it over. Returns when that was."""
    while True:
        case = Case.objects.get(pk=case.pk)
        due = case.review_due
        if case.next_is_last(due):
            case.review_for_good("It has stopped.", True, **LASTS, by=by, at=due)
            return due
        case.review(f"It is calm, {due}.", by=by, at=due - timedelta(hours=1))
