"""People close to me: declared by oneself, read by the DSO line, so that nobody judges their own family."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from harmony.audit.events import note_list
from harmony.encryption.fields import load_keys
from harmony.look.words import day

from .. import access
from ..asking import ask
from ..doors import allowed, opens
from ..forms.close import DeclareForm, WhichForm
from ..models import Relationship, YoungPerson
from ..unfinished import answered, filled

A_PAGE = 25


@allowed(access.may_see_rota)
def close_to_me(request):
    """What I declared, and one more."""
    form, one = filled(DeclareForm, request, user=request.user), Relationship(user=request.user)
    if answered(request, form) and form.take(one.declare, by=request.user):
        messages.success(request, _("Thank you. The safeguarding team knows, and nobody else."))
        return redirect("people:close_to_me")
    mine = Relationship.objects.visible_to(request.user).filter(user=request.user).standing()
    mine = list(mine.select_related("other"))
    load_keys(mine)
    page = {"form": form, "rows": [_row(held) for held in mine]}
    return render(request, "people/close_to_me.html", page, status=form.status)


@allowed(access.may_see_relationships)
def declared(request):
    """For the DSO line: who is close to whom, and the children nobody has found yet."""
    found = Relationship.objects.visible_to(request.user).standing()
    found = list(found.select_related("user", "other", "young_person").order_by("user__name", "starts_on"))
    # a child nobody has found yet comes first
    page = Paginator(sorted(found, key=lambda held: bool(held.other or held.young_person)), A_PAGE)
    page = page.get_page(request.GET.get("page"))
    children = [held.young_person for held in page if held.young_person]
    load_keys([*page, *children])
    note_list("list", by=request.user, page="people close to staff", references=[one.pk.hex for one in children])
    rows = [_row(held) | {"person": held.user.name, "unlinked": not (held.other or held.young_person)} for held in page]
    return render(request, "people/declared.html", {"rows": rows, "page": page})


def _row(held):
    """In the words of whoever declared it: the record behind a child's name is not theirs to see."""
    who = held.other.name if held.other else held.named or (held.young_person and held.young_person.name)
    return {"pk": held.pk, "what": held.get_kind_display(), "who": who, "since": day(held.starts_on)}


@require_POST
@opens(Relationship, may=access.may_end_relationship)
def end_relationship(request, relationship):
    relationship.end(by=request.user)
    messages.success(request, _("It counts no more from today."))
    mine = relationship.user_id == request.user.pk
    return redirect("people:close_to_me" if mine else "people:declared")


@opens(Relationship, may=access.may_link)
def link_relationship(request, relationship):
    """Which record is the child that they named?"""
    choices = [(one, one.name) for one in YoungPerson.objects.visible_to(request.user).by_name()]
    return ask(
        request,
        filled(WhichForm, request, choices=choices),
        lambda picked, **by: relationship.link(picked, **by),
        heading=_("Which young person does %(name)s mean?") % {"name": relationship.user.name},
        says=_("They wrote: %(named)s") % {"named": relationship.named or ""},
        button=_("Link this young person"),
        then=reverse("people:declared"),
    )
