"""The approved ways to reach young people, read by everybody who works here; and who holds each.

What is approved, until when and on what conditions is decided in the register of platforms, under the same key.
"""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from harmony.look.words import day
from harmony.organisation.access import may_keep_channels, may_see_channels
from harmony.organisation.models import Channel
from harmony.people.asking import ask
from harmony.people.doors import allowed, keeps
from harmony.people.forms.fields import LastDayForm
from harmony.people.models import ChannelHolder
from harmony.people.models.channels import ENOUGH, LOOK_AHEAD
from harmony.people.unfinished import filled
from platforms.models import Platform

from ..channel_forms import HolderForm

A_PAGE = 25


@allowed(may_see_channels)
def channels(request):
    """Those in use by name, then those that are not used any more, and why not."""
    found = Channel.objects.visible_to(request.user).order_by("status", "name", "approved_on")
    page = Paginator(found.prefetch_related(_holders()), A_PAGE).get_page(request.GET.get("page"))
    rows = [_row(channel) for channel in page]
    shown = {
        "page": page,
        "in_use": [row for row in rows if not row["stopped"]],
        "stopped": [row for row in rows if row["stopped"]],
        "may_keep": may_keep_channels(request.user),
    }
    return render(request, "organisation/channels.html", shown)


def _holders():
    standing = ChannelHolder.objects.standing().select_related("user").order_by("user__name")
    return Prefetch("holders", standing, to_attr="held_by")


def _row(channel):
    return {
        "channel": channel,
        "pill": _standing(channel),
        "until": day(channel.approved_until),
        "stopped": channel.stopped_at and day(channel.stopped_at),
        "holders": ", ".join(held.user.name for held in channel.held_by),
        "is_short": len(channel.held_by) < ENOUGH,
    }


def _standing(channel, on=None):
    """(tone, words, icon): whether it may be used today, in a word."""
    on = on or localdate()
    if channel.status == Channel.Status.STOPPED:
        return "plain", _("No longer used"), ""
    if channel.status == Channel.Status.PAUSED:
        return "amber", _("Under review: do not use it"), "alert"
    if not channel.is_approved(on):
        return "red", _("Approval has run out"), "alert"
    if channel.approved_until < on + LOOK_AHEAD:
        return "amber", _("Runs out soon"), "clock"
    return "green", _("Approved"), "check"


@keeps(Channel, may_keep_channels)
def channel(request, channel):
    """One channel: what holds for it, who holds it, and what can be changed."""
    held = [
        (one, day(one.starts_on)) for one in channel.holders.standing().select_related("user").order_by("user__name")
    ]
    page = {
        "channel": channel,
        "pill": _standing(channel),
        "since": day(channel.approved_on),
        "until": day(channel.approved_until),
        "stopped": channel.stopped_at and day(channel.stopped_at),
        "held": held,
        "is_short": len(held) < ENOUGH,
        "registered": Platform.objects.visible_to(request.user)
        .filter(pk=channel.pk)
        .exists(),  # all since there is one
    }
    return render(request, "organisation/channel.html", page)


@keeps(Channel, may_keep_channels)
def add_holder(request, channel):
    return ask(
        request,
        filled(HolderForm, request, channel=channel),
        lambda user, **when: ChannelHolder(channel=channel, user=user).take(**when),
        heading=_("Who holds %(channel)s?") % {"channel": channel.name},
        says=_("They can sign in to it, or have the phone or the keys. Never one person alone."),
        button=_("Add this person"),
        then=_page(channel),
    )


@keeps(Channel, may_keep_channels)
def end_holder(request, channel, held):
    one = get_object_or_404(channel.holders.select_related("user"), pk=held)
    return ask(
        request,
        filled(LastDayForm, request, dated=one),
        one.end,
        heading=_("%(name)s holds it no more") % {"name": one.user.name},
        says=_("Change the password or take back the phone on that day."),
        button=_("Save the last day"),
        then=_page(channel),
    )


def _page(channel):
    return reverse("home:channel", args=[channel.pk])
