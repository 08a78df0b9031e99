"""Inviting somebody: the account, what they are here, their posts and one link, all in one event.

    user, link = invite(name="Leah Osei", email="leah@example.org", kind="volunteer", by=request.user)
    send_invitation(user, link)

The link is shown once and never stored. Send it after the event, not within: mail is slow and the book is locked.
"""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from harmony.audit.events import event
from harmony.organisation.models import Organisation

from . import access
from .models import Appointment, Invitation, Membership, User


def invite(*, name, email, kind, posts=(), starts_on=None, by, at=None):
    """Somebody new, and the link that lets them in. `by` is a user, or words for the set-up command."""
    _refuse_unless_allowed(by, posts)
    at = at or now()
    starts_on = starts_on or localdate(at)
    with event("invite", by=by, at=at):
        user = User.objects.create_user(email, None, name=name, status=User.Status.INVITED, is_active=False)
        Membership.objects.create(user=user, kind=kind, starts_on=starts_on)
        for post in posts:
            Appointment.objects.create(user=user, post=post, starts_on=starts_on)
        return user, _new_link(user, at)


def invite_again(user, *, by, at=None):
    """A new link for somebody who has not come in yet. It ends the older ones."""
    _refuse_unless_allowed(by)
    at = at or now()
    with event("invite again", by=by, about=user, at=at):
        user.invitations.filter(used_at=None, expires_at__gt=at).update(expires_at=at)
        return _new_link(user, at)


def send_invitation(user, link):
    """The mail with the link. Neutral: a lock screen may show it to anybody."""
    about = {"user": user, "link": link, "organisation": Organisation.current(), "days": Invitation.lasts.days}
    send_mail(
        _("Your sign-in for %(organisation)s") % {"organisation": about["organisation"].name},
        render_to_string("people/invitation_email.txt", about),
        None,
        [user.email],
    )


def _refuse_unless_allowed(by, posts=()):
    if not isinstance(by, models.Model):
        return
    if not access.may_invite(by) or not set(posts) <= set(access.posts_to_give(by)):
        raise PermissionDenied(f"{by} may not invite to {', '.join(posts) or 'no post'}")


def _new_link(user, at):
    _invitation, token = Invitation.issue(at=at, user=user)
    return settings.SITE_URL + reverse("people:welcome", args=[token])
