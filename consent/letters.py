"""Where a family's link leads, and what is said of it to whoever gets it."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.people import handing

from .models import FamilyLink


def page_of(token):
    return reverse("consent:family", args=[token])


def later():
    return _("Keep this message: with the same link you can change your mind later.")


def send(token, to):
    """Raises what the mail server raises."""
    handing.send(settings.SITE_URL + page_of(token), to, FamilyLink.lasts.days, later())
