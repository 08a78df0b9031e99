"""From a picture that should not have been out to a report of it: a signed token names the one, and says nothing of it."""

from datetime import timedelta

from django.core import signing

from .models import Publication

TELL_WITHIN = timedelta(hours=72)  # a data breach, to the regulator, from when it was known (practice.md 1.5)
SALT, LASTS = "consent.breach", timedelta(days=1)


def token_of(publication):
    return signing.dumps(publication.pk.hex, salt=SALT)


def publication_of(token, user):
    """The one that this token names, if this person may know of it. Raises BadSignature."""
    key = signing.loads(token, salt=SALT, max_age=LASTS)
    return (
        Publication.objects.visible_to(user)
        .filter(pk=key)
        .select_related("image", "use__purpose", "use__channel")
        .first()
    )
