"""What people are told about in this room, who may still see it, and where the link leads."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from harmony.notifications import sentences, sources, waits
from harmony.notifications.sentences import Sentence
from harmony.notifications.waits import Wait

from . import ladders
from .models import Assessment, Control, Platform


def register():
    sentences.register(SENTENCES)
    for source in SOURCES:
        sources.register(source)
    waits.register(*WAITS)


SENTENCES = {
    ladders.PROPOSED: Sentence(_("Something new waits to be assessed before it is used.")),
    ladders.SENT: Sentence(_("An assessment waits for your decision.")),
    ladders.BACK: Sentence(_("An assessment came back to you.")),
    ladders.DECIDED: Sentence(_("It is decided whether something you proposed may be used.")),
    ladders.REVIEW: Sentence(_("Something we use has to be looked at again.")),
    "platform_review_late": Sentence(_("Something we use should have been looked at again by now.")),
    ladders.CONTROL: Sentence(_("There is something for you to put in place.")),
}
SOURCES = (
    sources.Source(
        ladders.PLATFORM,
        lambda user: Platform.objects.visible_to(user),
        lambda notice: reverse("platforms:platform", args=[notice.about]),
        what=_("What we use"),
    ),
    sources.Source(
        ladders.ASSESSMENT,
        lambda user: Assessment.objects.visible_to(user),
        lambda notice: reverse("platforms:assessment", args=[notice.about]),
        what=_("An assessment of what we use"),
    ),
    sources.Source(
        ladders.CONTROL,
        lambda user: Control.objects.visible_to(user),
        lambda notice: reverse("platforms:control", args=[notice.about]),
        what=_("Something to put in place"),
    ),
)
WAITS = (
    Wait(ladders.TO_REVIEW, lambda at: Platform.objects.due(at).select_related("standing"), "due_at"),
    Wait(ladders.TO_DO, lambda at: Control.objects.due(at + ladders.A_WEEK).select_related("owner"), "due_on"),
)
