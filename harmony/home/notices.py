"""What this room tells people about: themselves, in a test of whether messages reach them."""

from django.urls import reverse

from harmony.notifications import sources
from harmony.people.models import User


def register():
    sources.register(
        sources.Source(
            code="test",
            records=lambda user: User.objects.active().filter(pk=user.pk),
            link=lambda _key: reverse("home:running"),
        )
    )
