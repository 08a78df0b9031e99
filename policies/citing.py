"""Which policies rest on which guidance: those whose words link to its web address, now or in an edition before."""

import re

from harmony.organisation.models import GuidanceSource

from .models import Review, Version


def found(sources, versions):
    """(source, version) for each version of these that names the address of one of these sources."""
    versions, wanted = list(versions.select_related("policy")), [(source, _address(source)) for source in sources]
    for source, address in wanted:
        for version in versions if address else ():
            if address.search(version.text):
                yield source, version


def _address(source):
    """Its address and those of editions before, each as a whole: “/online/” is not the beginning of “/online-safety/”."""
    known = {one.url.rstrip("/") for one in (source, *source.editions.all())} - {""}
    return re.compile(f"(?:{'|'.join(map(re.escape, sorted(known)))})/?(?![\\w/%-])") if known else None


def behind():
    """How many policies in force cite a source of which an edition was replaced after they were approved and last reviewed."""
    sources = GuidanceSource.objects.exclude(editions=None).distinct().prefetch_related("editions")
    if not sources:
        return 0
    signed = {}
    for review in Review.objects.filter(status=Review.Status.SIGNED).order_by("signed_at"):
        signed[review.policy_id] = review.signed_at
    late = set()
    for source, version in found(sources, Version.objects.in_force()):
        replaced_at = max(one.replaced_at for one in source.editions.all())
        if replaced_at > max(version.approved_at, signed.get(version.policy_id, version.approved_at)):
            late.add(version.policy_id)
    return len(late)
