"""What people are told about in this room, who may still see it, and where the link leads."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from harmony.notifications import sentences, sources, waits
from harmony.notifications.sentences import Sentence
from harmony.notifications.waits import Wait, each

from .ladders import CAMPAIGN, LATE, TAKE_DOWN, UNANSWERED
from .models import Campaign, TakeDown


def register():
    sentences.register(SENTENCES)
    sources.register(SOURCE)
    sources.register(ASKING)
    waits.register(WAIT, Wait(UNANSWERED, lambda at: Campaign.objects.waiting(at).select_related("group"), "due_at"))


SENTENCES = {
    TAKE_DOWN: Sentence(_("Something has to be taken down."), _("Something has to be taken down by %(due)s.")),
    CAMPAIGN: Sentence(_("Some families have not answered yet.")),
    "take_down_late": Sentence(_("Something should have been taken down by now.")),
}
SOURCE = sources.Source(
    TAKE_DOWN,
    lambda user: TakeDown.objects.visible_to(user),
    lambda notice: reverse("consent:take_down", args=[notice.about]),
    what=_("Something to take down"),
    reminds=True,
)
ASKING = sources.Source(
    CAMPAIGN,
    lambda user: Campaign.objects.visible_to(user),
    lambda notice: reverse("consent:campaign", args=[notice.about]),
    what=_("Families we have asked"),
    reminds=True,
)
WAIT = Wait(
    LATE,
    lambda at: TakeDown.objects.waiting(at).select_related("owner"),
    "due_at",
    each(lambda task: {"started": task.opened_at, "due": task.due_at}),
)
