"""What people are told about in this room, who may still see it, and where the link leads."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from harmony.notifications import sentences, sources, waits
from harmony.notifications.sentences import Sentence
from harmony.notifications.waits import Wait, each

from .ladders import LATE, TAKE_DOWN
from .models import TakeDown


def register():
    sentences.register(SENTENCES)
    sources.register(SOURCE)
    waits.register(WAIT)


SENTENCES = {
    TAKE_DOWN: Sentence(_("Something has to be taken down."), _("Something has to be taken down by %(due)s.")),
    "take_down_late": Sentence(_("Something should have been taken down by now.")),
}
SOURCE = sources.Source(
    TAKE_DOWN,
    lambda user: TakeDown.objects.visible_to(user),
    lambda notice: reverse("consent:take_down", args=[notice.about]),
    what=_("Something to take down"),
    reminds=True,
)
WAIT = Wait(
    LATE,
    lambda at: TakeDown.objects.waiting(at).select_related("owner"),
    "due_at",
    each(lambda task: {"started": task.opened_at, "due": task.due_at}),
)
