"""What people are told about in this room, who may still see it, and where the link leads."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from harmony.notifications import sentences, sources, waits
from harmony.notifications.sentences import Sentence
from harmony.notifications.waits import Wait, each

from . import ladders
from .models import Review, Version
from .models.acknowledgements import with_a_day


def register():
    sentences.register(SENTENCES)
    for source in SOURCES:
        sources.register(source)
    waits.register(*WAITS)


SENTENCES = {
    ladders.POLICY: Sentence(_("There is a policy for you to read and agree to.")),
    ladders.UNREAD: Sentence(_("Some people have not agreed to a policy yet.")),
    ladders.REVIEW: Sentence(_("The yearly review of a policy comes up.")),
    "policy_review_late": Sentence(_("The yearly review of a policy is late.")),
}
SOURCES = (
    sources.Source(
        ladders.POLICY,
        lambda user: Version.objects.visible_to(user),
        lambda notice: reverse("policies:version", args=[notice.about]),
        what=_("A policy to read"),
    ),
    sources.Source(
        ladders.REVIEWS,
        lambda user: Review.objects.visible_to(user),
        lambda notice: reverse("policies:review", args=[notice.about]),
        what=_("A review that is due"),
    ),
)
WAITS = (
    Wait(ladders.TO_READ, lambda at: with_a_day().filter(published_at__lte=at).select_related("policy"), "read_by"),
    Wait(
        ladders.NOT_READ,
        lambda at: with_a_day().filter(read_by__lte=at).select_related("policy"),
        "read_by",
        each(lambda version: {"started": version.published_at, "due": version.read_by}),
    ),
    Wait(ladders.TO_REVIEW, lambda at: Review.objects.coming(at).select_related("policy"), "due_at"),
)
