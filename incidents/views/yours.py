"""What else waits for whoever looks at the list of cases: what they were asked to do, and reports of their own not sent."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.look.words import day

from ..models import Action, Report


def also_yours(user, at):
    """(sentence, address, (colour, icon, when) or None) for each; no words of a case. Two queries."""
    held = Action.objects.visible_to(user).open().order_by().aggregate(count=Count("pk"), soonest=Min("due_on"))
    drafts = Report.objects.visible_to(user).drafts().count()
    found = []
    if held["count"]:
        says = ngettext("%(count)d thing for you to do", "%(count)d things for you to do", held["count"])
        found.append((says % held, reverse("incidents:my_actions"), _when(held["soonest"], localdate(at))))
    if drafts:
        says = ngettext("%(count)d report that you have not sent", "%(count)d reports that you have not sent", drafts)
        found.append((says % {"count": drafts}, reverse("incidents:my_reports"), None))
    return found


def _when(soonest, today):
    if soonest < today:
        return ("red", "alert", _("Late: %(day)s") % {"day": day(soonest)})
    return ("amber", "clock", _("By %(day)s") % {"day": day(soonest)})
