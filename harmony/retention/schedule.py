"""How a period is said in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def how_long(one):
    """ "75 years", "6 months", "For ever"."""
    if one.years is None:
        return _("For ever")
    if one.years < 1:
        months = round(one.years * 12)
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    return ngettext("%(count)d year", "%(count)d years", one.years) % {"count": one.years}
