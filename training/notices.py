"""What people are told about in this room, who may still see it, and where the link leads."""

from django.utils.translation import gettext_lazy as _

from harmony.notifications import sentences, sources, waits
from harmony.notifications.sentences import Sentence
from harmony.notifications.waits import Wait

from .ladders import CLOCKS, REMINDER, TELLS_THE_CHAIR
from .models import Owed


def register():
    sentences.register(SENTENCES)
    for code in CLOCKS:
        sources.register(_source(code))
    waits.register(*WAITS)


SENTENCES = {
    "training_due": Sentence(_("Training or supervision is due soon. Sign in to see which.")),
    "training_late": Sentence(_("Training or supervision is late. Sign in to see which.")),
    "role_training_late": Sentence(_("Training that somebody’s role asks for has run out.")),
}
WAITS = (
    Wait(REMINDER, lambda at: Owed.objects.open().select_related("user"), "due_on"),
    Wait(TELLS_THE_CHAIR, lambda at: Owed.objects.open().filter(for_role=True).select_related("user"), "due_on"),
)


def _source(code):
    return sources.Source(
        code,
        lambda user: Owed.objects.visible_to(user),
        lambda notice: Owed(pk=notice.about).get_absolute_url(),
        what=_("Training"),
    )
