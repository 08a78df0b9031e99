"""What the days bring: permission that has run out covers nothing any more, and what it covered is to be taken down."""

from django.utils.timezone import localdate

from harmony.notifications.sweeps import Sweep, pieces

from .access import CLOCK
from .models import Consent, Publication


def settle(at):
    """As often as one likes. The second look finds what no step has seen: a birthday put right, a row changed by hand."""
    on = localdate(at)
    with Sweep("settle permission for pictures") as sweep:
        for consents in pieces(Consent.objects.run_out(on).select_related("young_person"), "covers_until"):
            for consent in consents:
                with sweep.one(consent.pk):
                    consent.settle(by=CLOCK, at=at)
        for publications in pieces(Publication.objects.without_a_task(on), "published_on"):
            for publication in publications:
                with sweep.one(publication.pk):
                    publication.look_again(by=CLOCK, at=at)
