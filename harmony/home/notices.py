"""What this room tells people about: what the ground lacks, and themselves, in a test of whether messages reach them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from harmony.notifications import sentences, sources, waits
from harmony.notifications.sentences import Sentence
from harmony.people.access import LEADS
from harmony.people.models import ContactException, User

from . import access, contact, dormant, ladders, reviews, weekly
from .models import AccessReview, Lack, LostDevice


def register():
    sentences.register(SENTENCES)
    for source in SOURCES:
        sources.register(source)
    waits.register(*ladders.WAITS, *weekly.WAITS, *dormant.WAITS, *reviews.WAITS)


def _running(notice):
    return reverse("home:running")


def oneself(user):
    return User.objects.active().filter(pk=user.pk)


def _if(may):
    return lambda user: oneself(user) if may(user) else User.objects.none()


def _lost(notice):
    return reverse("home:lost", args=[LostDevice.objects.get(pk=notice.about).user_id])


def _review(notice):
    return reverse("home:access_reviews")


def _exception(notice):
    return reverse("home:contact_exception", args=[notice.about])


def _own_lost(user):
    return LostDevice.objects.filter(user=user)


def _others(user):
    return User.objects.exclude(pk=user.pk) if user.holds(*LEADS) else User.objects.none()


def _person(notice):
    return reverse("people:person", args=[notice.about])


SOURCES = (
    sources.Source("test", oneself, _running, what=_("A test")),
    sources.Source("account", oneself, lambda notice: reverse("home:start"), what=_("Their own account")),
    # a lost phone or key: for those who lead, for whose it is, and when it was reset on the server
    sources.Source("lost", LostDevice.objects.visible_to, _lost, what=_("A lost phone or key")),
    sources.Source("lost_own", _own_lost, lambda notice: reverse("home:start"), what=_("Their own account")),
    sources.Source("lost_server", _others, _person, what=_("A lost phone or key")),
    sources.Source(
        contact.EXCEPTION,
        ContactException.objects.visible_to,
        _exception,
        what=_("An exception to the contact rules"),
    ),
    sources.Source("review", AccessReview.objects.visible_to, _review, what=_("A reminder"), reminds=True),
    sources.Source("lack", Lack.objects.visible_to, _running, what=_("What this service lacks"), reminds=True),
    sources.Source("week", _if(access.may_see_week), lambda notice: reverse("home:week"), what=_("A weekly summary")),
    sources.Source(
        "numbers",
        _if(access.may_get_numbers),
        lambda notice: reverse("home:front"),
        letter=weekly.letter,
        what=_("The numbers of the week"),
    ),
)
SENTENCES = {
    "week": Sentence(_("Your weekly summary is ready.")),
    "numbers": Sentence(_("The seal and the numbers of the week.")),
    "dormant": Sentence(_("You have not signed in for long. Sign in within two weeks, or your account is suspended.")),
    "lost_said": Sentence(
        _("Somebody has lost the phone or key they sign in with. Ring them, and say whether it is them.")
    ),
    "lost_notice": Sentence(
        _("Two who lead say that you lost your phone or key. If that is wrong, ring one of them today.")
    ),
    "lost_confirmed": Sentence(
        _("A lost phone or key was confirmed. It is reset in a day, unless one of you stops it.")
    ),
    "lost_stopped": Sentence(_("A reset of a phone or key was stopped.")),
    "lost_done": Sentence(_("You can sign in with your password now, and set up a new second proof.")),
    "lost_reset": Sentence(_("A second proof was taken away, after a day of notice.")),
    "lost_server": Sentence(_("A second proof was taken away on the server. See whose, and ask why.")),
    contact.ASKED: Sentence(_("Somebody asks for an exception to the contact rules. Say yes or no.")),
    contact.DECIDED: Sentence(_("Your exception was decided on.")),
    "access_review": Sentence(_("Who may do what is to be looked at, as each quarter.")),
    "lack_dso": Sentence(_("Nobody here is safeguarding officer or deputy. Appoint somebody today.")),
    "lack_cover": Sentence(_("Nobody is on call in part of the next day.")),
    "lack_tonight": Sentence(_("Nobody is on call tonight.")),
    "lack_keys": Sentence(_("The key sheets need to be printed, or confirmed by two trustees.")),
    "lack_backup": Sentence(_("No backup was written down in the last three days.")),
    "lack_guidance": Sentence(_("Guidance that we follow has to be looked up again.")),
    "lack_mail": Sentence(_("A message was given up. See whether messages go out.")),
}
