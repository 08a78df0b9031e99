"""The e-mail with a family's link: who asks, the link, and no word of whom or what it is about. A lock screen shows it."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.organisation.models import Organisation

from .models import FamilyLink


def address_of(token):
    return settings.SITE_URL + reverse("consent:family", args=[token])


def send(token, to):
    """Raises what the mail server raises. After the event, not within: mail is slow and the book is locked."""
    organisation = " ".join(Organisation.current().name.split())
    shown = {"organisation": organisation, "link": address_of(token), "days": FamilyLink.lasts.days}
    subject = _("A question for you from %(organisation)s") % {"organisation": organisation}
    send_mail(subject, render_to_string("consent/link_email.txt", shown), None, [to])
