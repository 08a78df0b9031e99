"""What every page shows of the organisation. Each query runs at most once a page, and only if the page asks."""

from functools import cache

from harmony.organisation.models import HelpContact, Organisation
from harmony.organisation.national import NATIONAL


def organisation(request):
    return {
        "organisation": cache(Organisation.current),
        "national": NATIONAL,  # what stands in for help contacts until there are some
        "help_contacts": cache(lambda: list(HelpContact.objects.select_related("otherwise"))),
    }
