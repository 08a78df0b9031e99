"""Making a link for a family, and ending one. Its address is shown once: nothing here can show it again."""

import logging
from base64 import b64encode
from smtplib import SMTPException

from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.look.forms import Form
from harmony.people.asking import ask
from harmony.people.doors import opens
from harmony.people.models import YoungPerson
from harmony.people.unfinished import answered, filled

from .. import access, letters
from ..forms.family import LinkForm
from ..models import FamilyLink

log = logging.getLogger(__name__)


@opens(YoungPerson, may=lambda user, one: access.may_keep(user))
def make_link(request, one):
    """Shown on the screen, or sent; a new one ends those that nobody has signed by."""
    form, made, back = filled(LinkForm, request), {}, reverse("consent:record", args=[one.pk])

    def make(side, to, *, by):
        made["link"], made["token"] = FamilyLink.make(one, side, by=by)

    if answered(request, form) and form.take(make, by=request.user):
        if to := form.cleaned_data["to"]:
            return _send(request, made["token"], to, back)
        address = letters.address_of(made["token"])
        code = b64encode(get_adapter().build_totp_svg(address).encode()).decode()
        shown = {"one": one, "link": made["link"], "address": address, "code": f"data:image/svg+xml;base64,{code}"}
        return render(request, "consent/link.html", shown | {"days": FamilyLink.lasts.days})
    asked = {
        "form": form,
        "heading": _("Make a link for them"),
        "says": _("With it they say yes or no to each use, see what they said, and take it back. It signs once."),
        "button": _("Make the link"),
        "back": back,
    }
    return render(request, "people/ask.html", asked, status=form.status)


def _send(request, token, to, back):
    try:
        letters.send(token, to)
    except (OSError, SMTPException):
        log.exception("a link could not be sent")
        messages.error(request, _("The e-mail could not be sent. Check the address, then make another link."))
    else:
        messages.success(request, _("The link is on its way. They can answer for two weeks."))
    return redirect(back)


@opens(FamilyLink, may=lambda user, link: access.may_keep(user))
def end_link(request, link):
    return ask(
        request,
        filled(Form, request),
        link.end,
        heading=_("End this link?"),
        says=_("It opens nothing any more. What was signed by it stays until somebody takes it back."),
        button=_("End this link"),
        then=reverse("consent:record", args=[link.young_person_id]),
    )
