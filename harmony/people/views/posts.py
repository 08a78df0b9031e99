"""Giving and ending posts and memberships."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from .. import access
from ..asking import ask
from ..doors import confirmed, opens
from ..forms.accounts import AppointForm, MembershipForm
from ..forms.fields import LastDayForm
from ..models import Appointment, Membership, User
from ..unfinished import filled


def may_appoint_somebody(user, person):
    return user.pk != person.pk and bool(access.posts_to_give(user))


@opens(User, may=may_appoint_somebody)
@confirmed
def appoint(request, person):
    form = filled(AppointForm, request, by=request.user)
    return ask(
        request,
        form,
        lambda post, **days: Appointment(user=person, post=post).appoint(**days),
        heading=_("Give %(name)s a post") % {"name": person.name},
        button=_("Give this post"),
        then=_page(person),
    )


@opens(User, may=may_appoint_somebody)
@confirmed
def end_post(request, person, held):
    appointment = get_object_or_404(person.appointments, pk=held)
    return ask(
        request,
        filled(LastDayForm, request, dated=appointment),
        appointment.end,
        heading=_("%(name)s stops being %(post)s") % {"name": person.name, "post": appointment.get_post_display()},
        button=_("End this post"),
        then=_page(person),
    )


@opens(User, may=access.may_change_membership)
def add_membership(request, person):
    return ask(
        request,
        filled(MembershipForm, request),
        Membership(user=person).add,
        heading=_("What else is %(name)s here?") % {"name": person.name},
        button=_("Add this"),
        then=_page(person),
    )


@opens(User, may=access.may_change_membership)
def end_membership(request, person, held):
    membership = get_object_or_404(person.memberships, pk=held)
    return ask(
        request,
        filled(LastDayForm, request, dated=membership),
        membership.end,
        heading=_("%(name)s stops being here as: %(kind)s")
        % {"name": person.name, "kind": membership.get_kind_display()},
        button=_("End this"),
        then=_page(person),
    )


def _page(person):
    return reverse("people:person", args=[person.pk])
