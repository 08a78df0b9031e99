"""How long we keep what, as everybody here may read it."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony import between
from harmony.organisation.models import GuidanceSource
from harmony.people.doors import allowed

from . import access


@allowed(access.may_see_schedule)
def schedule(request):
    """The longest first: what is kept for ever, then by years."""
    sources = {source.code: source for source in GuidanceSource.objects.exclude(code="")}
    classes = sorted(between.retention_classes(), key=lambda one: (one.years is not None, -(one.years or 0), one.code))
    rows = [(one, how_long(one), [sources[code] for code in one.rests_on if code in sources]) for one in classes]
    return render(request, "retention/schedule.html", {"rows": rows})


def how_long(one):
    """ "75 years", "6 months", "for ever"."""
    if one.years is None:
        return _("For ever")
    if one.years < 1:
        months = round(one.years * 12)
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    return ngettext("%(count)d year", "%(count)d years", one.years) % {"count": one.years}
