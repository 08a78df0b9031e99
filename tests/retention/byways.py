"""Pages about records whose time is over: in the demo none is, so a hundred years go by."""

from django.urls import reverse
from django.utils.timezone import now

from harmony.retention import stores
from harmony.retention.models import Hold, Proposal
from harmony.retention.proposing import propose
from incidents.models import Case


def of_records(tom, amara):
    """(role, address): one is destroyed, to one somebody agreed, and one is held."""
    later = now().replace(year=now().year + 100, day=1)
    propose(later)
    gone, agreed, held = Proposal.objects.visible_to(amara).filter(code="case")[:3]
    gone.agree(by=amara, at=later)
    gone.destroy(by=tom, at=later)
    agreed.agree(by=tom, at=later)
    hold = Hold.on(stores.get("case"), Case.objects.get(pk=held.about), "A court asks for it.", by=tom)
    yield from (("DSO", reverse(f"retention:{name}", args=[agreed.pk])) for name in ("proposal", "agree", "longer"))
    yield "DSO", gone.get_absolute_url()
    yield "DSO", reverse("retention:past")
    yield "DSO", reverse("retention:hold", args=["case", held.about])
    yield "DSO", reverse("retention:lift", args=[hold.pk])
