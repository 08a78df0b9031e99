"""Inviting somebody: the account, what they are here, their posts and one link. All of it or nothing, each a step of its own.

    user, link = invite(name="Leah Osei", email="leah@example.org", kind="volunteer", by=request.user)
    send_invitation(user, link)

The link is shown once and never stored. Send it after the event, not within: mail is slow and the book is locked.
"""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from harmony.audit.events import event
from harmony.organisation.models import Organisation

from .models import Appointment, Invitation, Membership, User


def invite(*, name, email, kind, posts=(), starts_on=None, by, at=None):
    """Somebody new, and the link that lets them in. `by` is a user, or words for the set-up command."""
    at = at or now()
    starts_on = starts_on or localdate(at)
    with event("invite", by=by, at=at):
        user = User()
        user.invite(name, email, by=by, at=at)
        Membership(user=user).add(kind, starts_on, None, by=by, at=at)
        for post in posts:
            Appointment(user=user, post=post).appoint(starts_on, by=by, at=at)
        return user, _new_link(user, by, at)


def invite_again(user, *, by, at=None):
    """A new link for somebody who has not come in yet. It ends the older ones."""
    at = at or now()
    with event("invite again", by=by, about=user, at=at):
        for older in user.invitations.filter(used_at=None, expires_at__gt=at):
            older.end(by=by, at=at)
        return _new_link(user, by, at)


def send_invitation(user, link):
    """The mail with the link. Neutral: a lock screen may show it to anybody."""
    about = {"user": user, "link": link, "organisation": Organisation.current(), "days": Invitation.lasts.days}
    send_mail(
        _("Your sign-in for %(organisation)s") % {"organisation": about["organisation"].name},
        render_to_string("people/invitation_email.txt", about),
        None,
        [user.email],
    )


def _new_link(user, by, at):
    token = Invitation.new_token()
    Invitation(user=user).send(token, by=by, at=at)
    return settings.SITE_URL + reverse("people:welcome", args=[token])
