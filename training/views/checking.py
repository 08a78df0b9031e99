"""A second person looks at what shows that something was done; and what was written down by mistake is struck out."""

from contextlib import suppress

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.audit.events import note_list
from harmony.audit.transitions import StateMoved
from harmony.encryption.fields import load_keys
from harmony.look.forms import Form
from harmony.look.words import day
from harmony.people.asking import ask
from harmony.people.doors import allowed, opens
from harmony.people.forms.fields import WhyForm
from harmony.people.unfinished import filled

from .. import access
from ..models import Completion, Evidence, Session

A_PAGE = 25


@allowed(access.may_keep)
def to_check(request):
    """What was written down and nobody else has looked at yet, the oldest first; several may be checked at once."""
    found = Completion.objects.visible_to(request.user).to_check().exclude(session__status=Session.Status.RECORDED)
    found = found.select_related("version__course", "user", "recorded_by").prefetch_related("evidence")
    if request.method == "POST":
        return _check(request, found)
    page = Paginator(found.order_by("recorded_at", "pk"), A_PAGE).get_page(request.GET.get("page"))
    sessions = Session.objects.visible_to(request.user).to_check().select_related("course", "recorded_by")
    load_keys([*page.object_list, *sessions])
    note_list("list", by=request.user, page="training to check", references=[one.pk.hex for one in page])
    rows = [(one, day(one.completed_on), access.may_verify(request.user, one), kept(one)) for one in page]
    shown = {
        "page": page,
        "rows": rows,
        "sessions": [(one, day(one.held_on), access.may_check_session(request.user, one)) for one in sessions],
        "any": any(may for _one, _on, may, _kept in rows),
    }
    return render(request, "training/to_check.html", shown)


def _check(request, found):
    """Those that were ticked and are theirs to check; somebody quicker is no error."""
    ticked = set(request.POST.getlist("seen"))
    for one in found:
        if str(one.pk) in ticked and access.may_verify(request.user, one):
            with suppress(StateMoved):
                one.verify(by=request.user)
    return redirect("training:to_check")


def kept(completion):
    """The files that show it."""
    return [file for file in completion.evidence.all() if file.status == Evidence.Status.KEPT]


@opens(Completion, may=access.may_verify)
def verify(request, completion):
    return ask(
        request,
        filled(Form, request),
        completion.verify,
        heading=_("Have you seen what shows it?"),
        says=f"{completion.user}: {completion.version.course}, {day(completion.completed_on)}. {completion.shown}",
        button=_("I have seen it"),
        then=reverse("training:person", args=[completion.user_id]),
    )


@opens(Completion, may=access.may_strike_out)
def strike_out(request, completion):
    own = completion.user_id == request.user.pk
    return ask(
        request,
        filled(WhyForm, request),
        completion.strike_out,
        heading=_("Strike this out?"),
        says=f"{completion.version.course}, {day(completion.completed_on)}",
        button=_("Strike it out"),
        then=reverse("training:mine") if own else reverse("training:person", args=[completion.user_id]),
    )
