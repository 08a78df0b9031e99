"""A new link reaches a family: shown once on the screen, to scan or to open beside whoever answers, or sent by e-mail.

The e-mail says who asks and holds the link, and no word of whom or what it is about: a lock screen shows it.
"""

import logging
from base64 import b64encode
from smtplib import SMTPException

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from harmony.organisation.models import Organisation

log = logging.getLogger(__name__)


def hand_over(request, address, to, *, days, back, heading, after="", later=""):
    """`to`: an e-mail address, or none for the screen. `after`, `later`: what the link does once it has signed, said to
    whoever made it and to whoever gets it."""
    address = settings.SITE_URL + address
    if not to:
        code = b64encode(get_adapter().build_totp_svg(address).encode()).decode()
        shown = {"address": address, "code": f"data:image/svg+xml;base64,{code}", "heading": heading}
        return render(request, "people/link.html", shown | {"days": days, "back": back, "after": after})
    try:
        send(address, to, days, later)
    except (OSError, SMTPException):
        log.exception("a link could not be sent")
        messages.error(request, _("The e-mail could not be sent. Check the address, then make another link."))
    else:
        messages.success(request, _("The link is on its way. They can answer for two weeks."))
    return redirect(back)


def send(address, to, days, later=""):
    """Raises what the mail server raises. After the event, not within: mail is slow and the book is locked."""
    organisation = " ".join(Organisation.current().name.split())
    shown = {"organisation": organisation, "link": address, "days": days, "later": later}
    subject = _("A question for you from %(organisation)s") % {"organisation": organisation}
    send_mail(subject, render_to_string("people/link_email.txt", shown), None, [to])
