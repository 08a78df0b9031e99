"""Deciding on a platform, looking at it again, stopping its use meanwhile, and for good."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.look.forms import Form
from harmony.people.asking import ask
from harmony.people.doors import opens
from harmony.people.unfinished import filled

from .. import access, decisions
from ..forms import ApproveForm, LookAgainForm, RefuseForm, RetireForm, SendBackForm
from ..models import Assessment, Platform


def _page(platform):
    return reverse("platforms:platform", args=[platform.pk])


_decided = opens(Assessment, may=access.may_decide, joined=("platform",))
_reviewed = opens(Platform, may=access.may_review)


@_decided
def approve(request, assessment):
    platform = assessment.platform
    listed = _("From now on it can be chosen wherever a channel is asked for.") if platform.is_channel else ""
    return ask(
        request,
        filled(ApproveForm, request),
        partial(decisions.approve, assessment),
        heading=_("Approve %(name)s?") % {"name": platform.name},
        says=_("You did not assess it. Everybody who works here reads the conditions.")
        + (f" {listed}" if listed else ""),
        button=_("Approve it"),
        then=_page(platform),
        done=_("It may be used, on its conditions."),
    )


@_decided
def refuse(request, assessment):
    platform = assessment.platform
    return ask(
        request,
        filled(RefuseForm, request),
        partial(decisions.refuse, assessment),
        heading=_("Refuse %(name)s?") % {"name": platform.name},
        says=_(
            "Nobody uses it for our work. If it was a channel, it can be chosen no more, and what is out on it is taken down."
        ),
        button=_("Refuse it"),
        then=_page(platform),
        done=_("It is refused. Everybody reads why."),
    )


@_decided
def send_back(request, assessment):
    return ask(
        request,
        filled(SendBackForm, request),
        assessment.send_back,
        heading=_("What is missing?"),
        says=_("Whoever assessed it hears of it, and sends it again."),
        button=_("Send it back"),
        then=reverse("platforms:assessment", args=[assessment.pk]),
    )


@_reviewed
def look_again(request, platform):
    return ask(
        request,
        filled(LookAgainForm, request),
        platform.look_again,
        heading=_("Look at %(name)s again?") % {"name": platform.name},
        says=_("It is assessed anew, and somebody else decides. Until then everybody reads that it is under review."),
        button=_("Ask for a review"),
        then=_page(platform),
    )


@_reviewed
def pause(request, platform):
    return ask(
        request,
        filled(Form, request),
        platform.pause,
        heading=_("Stop its use until that is done?"),
        says=_("Nobody uses it until somebody has decided. It can be chosen nowhere meanwhile."),
        button=_("Stop its use"),
        then=_page(platform),
    )


@opens(Platform, may=access.may_keep, joined=("standing",))
def go_live(request, platform):
    return ask(
        request,
        filled(Form, request),
        platform.go_live,
        heading=_("Is %(name)s in use now?") % {"name": platform.name},
        says=_("Only when everything that makes it safe is in place."),
        button=_("Yes, it is in use"),
        then=_page(platform),
    )


@opens(Platform, may=access.may_retire)
def retire(request, platform):
    return ask(
        request,
        filled(RetireForm, request),
        platform.retire,
        heading=_("Stop using %(name)s for good?") % {"name": platform.name},
        says=_(
            "It can be chosen no more, and what is out on it is taken down. There is no step back: propose it anew."
        ),
        button=_("Stop using it"),
        then=_page(platform),
        done=_("It is not used any more. The register says why."),
    )
