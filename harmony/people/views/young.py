"""Young people and their carers. Titles and addresses carry no name."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from harmony import between
from harmony.audit.events import event, note_list
from harmony.encryption.fields import load_keys
from harmony.look.forms import Form
from harmony.look.words import day

from .. import access
from ..asking import ask
from ..doors import allowed, opens
from ..forms.young import CarerForm, GoneForm, LinkCarerForm, YoungPersonForm
from ..models import Care, Carer, Group, GroupMember, YoungPerson
from ..unfinished import answered, filled

PAGE = 50


@allowed(access.may_see_young_people)
def young_people(request):
    """By name, of one group or of all. Names lie encrypted, so Python sorts them."""
    groups = list(Group.objects.visible_to(request.user).running())
    group = next((group for group in groups if str(group.pk) == request.GET.get("group")), None)
    found = YoungPerson.objects.visible_to(request.user).here()
    if group:
        found = found.filter(pk__in=group.members.standing().values("young_person"))
    page = Paginator(found.prefetch_related(_groups_now()).by_name(), PAGE).get_page(request.GET.get("page"))
    note_list("list", by=request.user, page="young people", references=[one.pk.hex for one in page])
    shown = {
        "page": page,
        "rows": [_row(one) for one in page],
        "groups": groups,
        "group": group,
        "query": f"group={group.pk}&" if group else "",
        "may_add": access.may_keep_records(request.user),
    }
    return render(request, "people/young_people.html", shown)


def _groups_now():
    standing = GroupMember.objects.standing().select_related("group")
    return Prefetch("groups", standing, to_attr="groups_now")


def _row(one):
    return {
        "name": one.name,
        "url": reverse("people:young_person", args=[one.pk]),
        "age": one.age(localdate()),
        "groups": ", ".join(sorted(held.group.name for held in one.groups_now)),
    }


@opens(YoungPerson)
def young_person(request, one):
    me = request.user
    whole = access.may_see_household(me)
    care = list(one.care.select_related("carer"))
    load_keys([held.carer for held in care])
    page = {
        "one": one,
        "age": one.age(localdate()),
        "born": whole and YoungPersonForm.answers_of(one)["born"],
        "groups": _memberships(one, me),
        "care": [
            {"pk": held.pk, "name": held.carer.name, "phone": held.carer.phone, "email": held.carer.email}
            | ({"relation": held.relation, "responsible": held.parental_responsibility} if whole else {})
            for held in care
        ],
        "whole": whole,
        "may_keep": access.may_keep_records(me),
        "left_on": one.left_on and day(one.left_on),
    }
    page["marks"] = between.about_child(one, me)
    if access.may_see_relationships(me):
        standing = one.relationships.standing().select_related("user")
        page["related"] = [(held.user.name, held.get_kind_display()) for held in standing]
    return render(request, "people/young_person.html", page)


def _memberships(one, me):
    """A group that is not the reader's to open is named and no link."""
    theirs = set(Group.objects.visible_to(me).values_list("pk", flat=True))
    held = one.groups.select_related("group").order_by("starts_on")
    return [_membership(member) | {"opens": member.group_id in theirs} for member in held]


def _membership(held):
    when = _("from %(first)s") % {"first": day(held.starts_on)}
    if held.last_day:
        when = _("%(first)s to %(last)s") % {"first": day(held.starts_on), "last": day(held.last_day)}
    return {"pk": held.pk, "group": held.group, "when": when, "open": held.ends_on is None}


@allowed(access.may_keep_records)
def add_young_person(request):
    form, one = filled(YoungPersonForm, request), YoungPerson()
    if answered(request, form) and form.take(one.add, by=request.user):
        return redirect(_page(one))
    asked = {"form": form, "heading": _("Add a young person"), "button": _("Add this young person")}
    return render(request, "people/ask.html", asked | {"back": reverse("people:young_people")}, status=form.status)


@opens(YoungPerson, may=access.may_keep_records)
def change_young_person(request, one):
    form = filled(YoungPersonForm, request, initial=YoungPersonForm.answers_of(one))
    return ask(
        request, form, one.change, heading=_("What we know of them"), button=_("Save the details"), then=_page(one)
    )


@opens(YoungPerson, may=access.may_keep_records)
def young_person_leaves(request, one):
    return ask(
        request,
        filled(GoneForm, request),
        one.leave,
        heading=_("They leave"),
        says=_("They leave the list and their groups. What was written about them stays."),
        button=_("Record that they left"),
        then=_page(one),
    )


@opens(YoungPerson, may=access.may_keep_records)
def young_person_comes_back(request, one):
    return ask(
        request,
        filled(Form, request),
        one.come_back,
        heading=_("They are back?"),
        button=_("Put them back"),
        then=_page(one),
    )


@opens(YoungPerson, may=access.may_keep_records)
def add_carer(request, one):
    return ask(
        request,
        filled(CarerForm, request),
        lambda relation, parental_responsibility, by, **about: _add_carer(
            one, about, {"relation": relation, "parental_responsibility": parental_responsibility}, by
        ),
        heading=_("Add a carer"),
        button=_("Add this carer"),
        then=_page(one),
    )


def _add_carer(one, about, care, by):
    with event("add", by=by, about=one):
        carer = Carer()
        carer.add(**about, by=by)
        Care(young_person=one, carer=carer).link(**care, by=by)


@opens(YoungPerson, may=access.may_keep_records)
def link_carer(request, one):
    """A sibling's carer is here already."""
    form = filled(LinkCarerForm, request, choices=_other_carers(one))
    return ask(
        request,
        form,
        lambda picked, **care: Care(young_person=one, carer=picked).link(**care),
        heading=_("Whose carer is here already?"),
        button=_("Link this carer"),
        then=_page(one),
    )


def _other_carers(one):
    """(carer, "name, carer of …") by name. Three queries for the rows, two for the keys."""
    carers = list(Carer.objects.exclude(care__young_person=one).prefetch_related("care__young_person"))
    load_keys(carers)
    load_keys([held.young_person for carer in carers for held in carer.care.all()])
    said = _("%(carer)s, for %(children)s")
    labelled = [
        (
            carer,
            said % {"carer": carer.name, "children": ", ".join(held.young_person.name for held in carer.care.all())},
        )
        for carer in carers
    ]
    return sorted(labelled, key=lambda pair: pair[1].casefold())


@opens(YoungPerson, may=access.may_keep_records)
def change_carer(request, one, care):
    care = get_object_or_404(one.care.select_related("carer"), pk=care)
    return ask(
        request,
        filled(CarerForm, request, initial=CarerForm.answers_of(care)),
        lambda relation, parental_responsibility, by, **about: _change_carer(
            care, about, {"relation": relation, "parental_responsibility": parental_responsibility}, by
        ),
        heading=_("What we know of this carer"),
        button=_("Save the details"),
        then=_page(one),
        remove=reverse("people:unlink_carer", args=[one.pk, care.pk]),
    )


def _change_carer(care, about, link, by):
    with event("change", by=by, about=[care, care.carer]):
        care.carer.change(**about, by=by)
        care.change(**link, by=by)


@require_POST
@opens(YoungPerson, may=access.may_keep_records)
def unlink_carer(request, one, care):
    get_object_or_404(one.care, pk=care).remove(by=request.user)
    return redirect(_page(one))


def _page(one):
    return reverse("people:young_person", args=[one.pk])
