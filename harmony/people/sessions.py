"""Where somebody is signed in, how that goes on under a new key, and how it ends at once: in the transaction that shuts them out."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session


def of(user):
    """Each place where this person is signed in now."""
    return UserSession.objects.filter(user=user, session_key__in=Session.objects.values("session_key"))


def end_all(user):
    held = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=list(held.values_list("session_key", flat=True))).delete()
    held.delete()


def renew(request):
    """Whoever has proved who they are goes on under a new key; the old one, whoever else has it, opens nothing."""
    listed = UserSession.objects.filter(session_key=request.session.session_key)
    request.session.cycle_key()
    listed.update(session_key=request.session.session_key)
