"""What waits for one person: the top of their front page. Never a name, never a word of a case."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.look.words import day
from incidents.access import may_see_cases
from incidents.models import Action, Case

SHOWN = 10


@dataclass(frozen=True)
class Task:
    what: str
    url: str
    more: str = ""
    due: str = ""
    tone: str = "plain"
    icon: str = ""


def tasks(user, today=None):
    """Concerns nobody has read, then one's own actions by date."""
    today = today or localdate()
    return [*_unread(user), *_actions(user, today)]


def _unread(user):
    if not may_see_cases(user):
        return
    count = Case.objects.visible_to(user).filter(status=Case.Status.SUBMITTED).count()
    if count:
        what = ngettext("%(count)d concern is new", "%(count)d concerns are new", count) % {"count": count}
        yield Task(
            what, _address("incidents:cases"), _("Read it, so that its author knows."), _("Now"), "amber", "clock"
        )


def _actions(user, today):
    held = Action.objects.visible_to(user).open().select_related("case").order_by("due_on")[:SHOWN]
    for action in held:
        late = action.due_on < today
        yield Task(
            _("Something to do in %(reference)s") % {"reference": action.case.reference},
            _address("incidents:my_action", action.pk),
            due=_("Late: %(day)s") % {"day": day(action.due_on)}
            if late
            else _("By %(day)s") % {"day": day(action.due_on)},
            tone="red" if late else "amber",
            icon="alert" if late else "clock",
        )


def _address(name, *args):
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
