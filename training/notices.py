"""What people are told about in this room, who may still see it, and where the link leads."""

from django.utils.translation import gettext_lazy as _

from harmony.notifications import sentences, sources, waits
from harmony.notifications.sentences import Sentence
from harmony.notifications.waits import Wait

from .ladders import CLOCKS, COPIES, DBS, DBS_COPY, INDUCTION, NEW_HERE, REMINDER, RENEWAL, SUPPORT, TELLS_THE_CHAIR
from .models import DbsCheck, Induction, Owed, Support


def register():
    sentences.register(SENTENCES)
    for code in CLOCKS:
        sources.register(_source(code, Owed, _("Training")))
    sources.register(_source(NEW_HERE, Induction, _("Induction")))
    sources.register(_source(SUPPORT, Support, _("Support")))
    for code in (DBS, DBS_COPY):
        sources.register(_source(code, DbsCheck, _("A DBS check")))
    waits.register(*WAITS)


SENTENCES = {
    "training_due": Sentence(_("Training or supervision is due soon. Sign in to see which.")),
    "training_late": Sentence(_("Training or supervision is late. Sign in to see which.")),
    "role_training_late": Sentence(_("Training that somebody’s role asks for has run out.")),
    "induction_open": Sentence(_("An induction is not finished yet. Sign in to see what is left to do.")),
    "dbs_due": Sentence(_("A check has to be renewed. Sign in to see which.")),
    "support_offered": Sentence(_("Somebody here has offered you support. Sign in to see what.")),
    "support_answered": Sentence(_("An offer of support was answered. Sign in to see it.")),
    "copy_late": Sentence(_("A copy on paper has to be shredded. Sign in to see which.")),
}
WAITS = (
    Wait(REMINDER, lambda at: Owed.objects.open().select_related("user"), "due_on"),
    Wait(TELLS_THE_CHAIR, lambda at: Owed.objects.open().filter(for_role=True).select_related("user"), "due_on"),
    Wait(INDUCTION, lambda at: Induction.objects.open().select_related("user"), "starts_on"),
    Wait(RENEWAL, lambda at: DbsCheck.objects.newest().select_related("user"), "renew_on"),
    Wait(COPIES, lambda at: DbsCheck.objects.with_copies().select_related("user"), "seen_on"),
)


def _source(code, model, what):
    return sources.Source(
        code,
        lambda user: model.objects.visible_to(user),
        lambda notice: model(pk=notice.about).get_absolute_url(),
        what=what,
    )
