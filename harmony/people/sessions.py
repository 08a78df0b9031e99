"""Where somebody is signed in, and how that ends at once: in the transaction that shuts them out."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session


def of(user):
    """Each place where this person is signed in now."""
    return UserSession.objects.filter(user=user, session_key__in=Session.objects.values("session_key"))


def end_all(user):
    held = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=list(held.values_list("session_key", flat=True))).delete()
    held.delete()
