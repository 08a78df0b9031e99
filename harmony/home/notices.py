"""What this room tells people about: what the ground lacks, and themselves, in a test of whether messages reach them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from harmony.notifications import sources
from harmony.organisation.models import Organisation
from harmony.people.models import User

from .ladders import LACKS


def register():
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
