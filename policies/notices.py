"""What people are told about in this room, who may still see it, and where the link leads."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from harmony.notifications import sentences, sources, waits
from harmony.notifications.sentences import Sentence
from harmony.notifications.waits import Wait, each

from . import ladders
from .models import LessonAction, Review, Version
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
    ladders.LESSON: Sentence(_("There is something for you to do because of what we learned.")),
    ladders.LESSON_LATE: Sentence(_("Something that was to be done because of what we learned is late.")),
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
    sources.Source(
        ladders.LESSON,
        lambda user: LessonAction.objects.visible_to(user),
        lambda notice: reverse("policies:lesson", args=[LessonAction.objects.get(pk=notice.about).lesson_id]),
        what=_("Something to do"),
        reminds=True,
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
    Wait(ladders.TO_ACT, lambda at: LessonAction.objects.coming(at).select_related("owner"), "due_on"),
    Wait(ladders.TO_REVIEW, lambda at: Review.objects.coming(at).select_related("policy"), "due_at"),
)
