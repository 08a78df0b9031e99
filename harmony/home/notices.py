"""What this room tells people about: what the ground lacks, and themselves, in a test of whether messages reach them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from harmony.notifications import sentences, sources
from harmony.notifications.sentences import Sentence
from harmony.organisation.models import Organisation
from harmony.people.models import User

from .ladders import LACKS

SENTENCES = {
    "lack_dso": Sentence(_("Nobody here is safeguarding officer or deputy. Appoint somebody today.")),
    "lack_cover": Sentence(_("Nobody is on call in part of the next day.")),
    "lack_keys": Sentence(_("The sheet with the master key still has to be printed and stored.")),
    "lack_mail": Sentence(_("A message was given up. See whether messages go out.")),
}


def register():
    sentences.register(SENTENCES)
    sources.register(
        sources.Source(
            code="test",
            records=lambda user: User.objects.active().filter(pk=user.pk),
            link=lambda _key: reverse("home:running"),
            what=_("A test"),
        )
    )
    for lack in LACKS:
        sources.register(
            sources.Source(
                lack.code, records=_for(lack.posts), link=_page(lack.page), what=_("What this service lacks")
            )
        )


def _for(posts):
    return lambda user: Organisation.objects.all() if user.holds(*posts) else Organisation.objects.none()


def _page(name):
    return lambda _key: reverse(name)
