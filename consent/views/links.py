"""Making a link for a family, and ending one. Its address is shown once: nothing here can show it again."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.look.forms import Form
from harmony.people.asking import ask
from harmony.people.doors import opens
from harmony.people.handing import hand_over
from harmony.people.models import YoungPerson
from harmony.people.unfinished import answered, filled

from .. import access, letters
from ..cover import Side
from ..forms.family import LinkForm
from ..models import FamilyLink


@opens(YoungPerson, may=lambda user, one: access.may_keep(user))
def make_link(request, one):
    """Shown on the screen, or sent; a new one ends those that nobody has signed by."""
    form, made, back = filled(LinkForm, request), {}, reverse("consent:record", args=[one.pk])

    def make(side, to, *, by):
        made["link"], made["token"] = FamilyLink.make(one, side, by=by)

    if answered(request, form) and form.take(make, by=request.user):
        said = {"heading": _heading(made["link"]), "after": _("After that it shows what they said, and takes it back.")}
        said |= {"later": letters.later(), "days": FamilyLink.lasts.days, "back": back}
        return hand_over(request, letters.page_of(made["token"]), form.cleaned_data["to"], **said)
    asked = {
        "form": form,
        "heading": _("Make a link for them"),
        "says": _("With it they say yes or no to each use, see what they said, and take it back. It signs once."),
        "button": _("Make the link"),
        "back": back,
    }
    return render(request, "people/ask.html", asked, status=form.status)


def _heading(link):
    name = {"name": link.young_person.name}
    return _("For a parent or carer of %(name)s") % name if link.side == Side.PARENT else _("For %(name)s") % name


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
