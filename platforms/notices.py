"""What people are told about in this room, who may still see it, and where the link leads."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from harmony.notifications import sentences, sources, waits
from harmony.notifications.sentences import Sentence
from harmony.notifications.waits import Wait

from . import ladders
from .models import Assessment, Control, Finding, Platform, SecurityReview


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
    ladders.SECURITY: Sentence(_("The security of our systems has to be looked at again.")),
    "security_review_late": Sentence(_("The security of our systems should have been looked at by now.")),
    ladders.FINDING: Sentence(_("Something that a security review found is yours to mend.")),
    ladders.FINDING_LATE: Sentence(_("Something that a security review found is late.")),
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
    sources.Source(
        ladders.SECURITY,
        lambda user: SecurityReview.objects.visible_to(user),
        lambda notice: reverse("platforms:security_review", args=[notice.about]),
        what=_("The security of our systems"),
    ),
    sources.Source(
        ladders.FINDING,
        lambda user: Finding.objects.visible_to(user),
        lambda notice: reverse("platforms:finding", args=[notice.about]),
        what=_("What a security review found"),
    ),
)
WAITS = (
    Wait(ladders.TO_REVIEW, lambda at: Platform.objects.due(at).select_related("standing"), "due_at"),
    Wait(ladders.TO_DO, lambda at: Control.objects.due(at + ladders.A_WEEK).select_related("owner"), "due_on"),
    Wait(ladders.SECURITY_DUE, lambda at: SecurityReview.objects.due(at), "due_at"),
    Wait(ladders.TO_MEND, lambda at: Finding.objects.due(at).select_related("owner"), "due_on"),
    Wait(
        ladders.NOT_MENDED, lambda at: Finding.objects.overdue(at), "due_on", counted=waits.each(ladders.finding_late)
    ),
)
