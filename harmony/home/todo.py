"""What waits for one person, by date. Never a name, never a word of a case."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from harmony.look.words import day
from incidents.models import Action

SHOWN = 10


@dataclass(frozen=True)
class Task:
    what: str
    url: str
    more: str = ""
    due: str = ""
    tone: str = "plain"
    icon: str = ""


def tasks(user, at=None):
    """What one was asked to do, soonest first."""
    return list(_actions(user, localdate(at)))


def _actions(user, today):
    held = Action.objects.visible_to(user).open().select_related("case").order_by("due_on")[:SHOWN]
    for action in held:
        late = action.due_on < today
        yield Task(
            _("Something to do in %(reference)s") % {"reference": action.case.reference},
            reverse("incidents:my_action", args=[action.pk]),
            due=_("Late: %(day)s") % {"day": day(action.due_on)}
            if late
            else _("By %(day)s") % {"day": day(action.due_on)},
            tone="red" if late else "amber",
            icon="alert" if late else "clock",
        )
