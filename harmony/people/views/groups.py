"""Groups: who is in them, who works with them."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.audit.events import note_list
from harmony.look.words import day

from .. import access
from ..asking import ask
from ..doors import allowed, opens
from ..forms.fields import LastDayForm
from ..forms.young import GoneForm, GroupForm, MemberForm, WorkerForm
from ..models import Group, GroupMember, GroupWorker, YoungPerson
from ..unfinished import answered, filled

A_PAGE = 25


@allowed(access.may_see_young_people)
def groups(request):
    found = Group.objects.visible_to(request.user).running().with_counts()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/groups.html", {"page": page, "may_keep": access.may_keep_records(request.user)})


@opens(Group)
def group(request, group):
    members = {held.young_person_id: held for held in group.members.standing()}
    known = YoungPerson.objects.visible_to(request.user).filter(pk__in=members).by_name()
    note_list("list", by=request.user, page="a group", references=[one.pk.hex for one in known])
    page = {
        "group": group,
        "members": [(one, members[one.pk], day(members[one.pk].starts_on)) for one in known],
        "workers": [(held, day(held.starts_on)) for held in group.workers.standing().select_related("user")],
        "may_keep": access.may_keep_records(request.user) and not group.ended_on,
        "ended": group.ended_on and day(group.ended_on),
    }
    return render(request, "people/group.html", page)


@allowed(access.may_keep_records)
def add_group(request):
    form, made = filled(GroupForm, request), Group()
    if answered(request, form) and form.take(made.add, by=request.user):
        return redirect(_page(made))
    asked = {"form": form, "heading": _("Start a group"), "button": _("Start this group")}
    return render(request, "people/ask.html", asked | {"back": reverse("people:groups")}, status=form.status)


@opens(Group, may=access.may_keep_records)
def change_group(request, group):
    form = filled(GroupForm, request, group=group, initial={"name": group.name, "ages": group.ages})
    return ask(request, form, group.change, heading=_("Name and ages"), button=_("Save the details"), then=_page(group))


@opens(Group, may=access.may_keep_records)
def finish_group(request, group):
    return ask(
        request,
        filled(GoneForm, request),
        group.finish,
        heading=_("%(group)s ends") % {"group": group.name},
        says=_("Nobody is in it after its last day, and nobody works with it."),
        button=_("End this group"),
        then=_page(group),
    )


@opens(Group, may=access.may_keep_records)
def add_member(request, group):
    there = group.members.standing().values("young_person")
    others = YoungPerson.objects.visible_to(request.user).here().exclude(pk__in=there).by_name()
    form = filled(MemberForm, request, choices=[(one, one.name) for one in others])
    return ask(
        request,
        form,
        lambda picked, **when: GroupMember(group=group, young_person=picked).join(**when),
        heading=_("Who joins %(group)s?") % {"group": group.name},
        button=_("Add to this group"),
        then=_page(group),
    )


@opens(Group, may=access.may_keep_records)
def end_member(request, group, held):
    member = get_object_or_404(group.members, pk=held)
    return ask(
        request,
        filled(LastDayForm, request, dated=member),
        member.end,
        heading=_("When do they leave %(group)s?") % {"group": group.name},
        button=_("Record that they leave"),
        then=_page(group),
    )


@opens(Group, may=access.may_keep_records)
def add_worker(request, group):
    form = filled(WorkerForm, request, group=group)
    return ask(
        request,
        form,
        lambda user, **when: GroupWorker(group=group, user=user).join(**when),
        heading=_("Who works with %(group)s?") % {"group": group.name},
        says=_("They see the names of the young people in this group, and whom to ring."),
        button=_("Add to this group"),
        then=_page(group),
    )


@opens(Group, may=access.may_keep_records)
def end_worker(request, group, held):
    worker = get_object_or_404(group.workers.select_related("user"), pk=held)
    return ask(
        request,
        filled(LastDayForm, request, dated=worker),
        worker.end,
        heading=_("%(name)s stops working with %(group)s") % {"name": worker.user.name, "group": group.name},
        button=_("Save the last day"),
        then=_page(group),
    )


def _page(group):
    return reverse("people:group", args=[group.pk])
