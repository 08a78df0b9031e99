"""What this room tells people about: what the ground lacks, and themselves, in a test of whether messages reach them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from harmony.notifications import sentences, sources, waits
from harmony.notifications.sentences import Sentence
from harmony.people.models import User

from . import access, dormant, ladders, weekly
from .models import Lack


def register():
    sentences.register(SENTENCES)
    for source in SOURCES:
        sources.register(source)
    waits.register(*ladders.WAITS, *weekly.WAITS, *dormant.WAITS)


def _running(notice):
    return reverse("home:running")


def oneself(user):
    return User.objects.active().filter(pk=user.pk)


def _if(may):
    return lambda user: oneself(user) if may(user) else User.objects.none()


SOURCES = (
    sources.Source("test", oneself, _running, what=_("A test")),
    sources.Source("account", oneself, lambda notice: reverse("home:start"), what=_("Their own account")),
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
    "lack_dso": Sentence(_("Nobody here is safeguarding officer or deputy. Appoint somebody today.")),
    "lack_cover": Sentence(_("Nobody is on call in part of the next day.")),
    "lack_tonight": Sentence(_("Nobody is on call tonight.")),
    "lack_keys": Sentence(_("The key sheets need to be printed, or confirmed by two trustees.")),
    "lack_backup": Sentence(_("No backup was written down in the last three days.")),
    "lack_mail": Sentence(_("A message was given up. See whether messages go out.")),
}
