"""What waits for one person, by date. Never a name, never a word of a case."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.look.words import day
from harmony.organisation.access import may_keep_channels
from harmony.people.models.channels import to_look_at
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
    """What one was asked to do, soonest first; then what one keeps right."""
    today = localdate(at)
    return [*_actions(user, today), *_channels(user, today)]


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


def _channels(user, today):
    """Approvals that run out and channels that one person holds alone, for whoever keeps them right."""
    if may_keep_channels(user) and (count := to_look_at(today).count()):
        says = ngettext(
            "%(count)d way to reach young people: look again",
            "%(count)d ways to reach young people: look again",
            count,
        )
        more = _("An approval runs out within a month, or one person holds it alone.")
        yield Task(says % {"count": count}, reverse("home:channels"), more, tone="amber", icon="alert")
