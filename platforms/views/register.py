"""May I use it? The register, for whoever works here; what families read of it, for anybody; and proposing something new."""

from functools import partial
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.look.words import clock_time, day
from harmony.organisation.access import may_keep_channels
from harmony.people.asking import ask
from harmony.people.doors import allowed, open_to_all, opens
from harmony.people.unfinished import answered, filled

from .. import access, decisions
from ..answers import ages, answer
from ..forms import ProposeForm, ShowForm
from ..models import Assessment, Platform
from .steps import steps

A_PAGE = 25


@allowed(access.may_propose)
def register(request):
    """By name, each with its answer. Whoever asks for one that is not there is told so, and may propose it."""
    asked = " ".join(request.GET.get("q", "").replace("\0", "").split())[:60]
    found = Platform.objects.visible_to(request.user).select_related("standing").order_by("name", "proposed_at")
    if asked:
        found = found.filter(Q(name__icontains=asked) | Q(purpose__icontains=asked))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": [_row(platform) for platform in page],
        "q": asked,
        "query": f"{urlencode({'q': asked})}&" if asked else "",
        "waiting": _waiting(request.user),
        "reads_security": access.may_read_assessments(request.user),
    }
    return render(request, "platforms/register.html", shown)


def _row(platform):
    found, standing = answer(platform), platform.standing
    return {
        "platform": platform,
        "answer": found,
        "ages": ages(standing) if found.may and standing.is_for_young else "",
    }


def _waiting(user):
    """What waits for this person, of those who assess and decide."""
    if not access.may_read_assessments(user):
        return []
    open_now = Assessment.objects.visible_to(user).pending().select_related("platform", "assessor")
    asked = [(one.platform, one, one.get_status_display()) for one in open_now.order_by("asked_at")]
    proposed = Platform.objects.filter(status=Platform.Status.PROPOSED).order_by("proposed_at")
    return [(one, None, one.get_status_display()) for one in proposed] + asked


@allowed(access.may_propose)
def propose(request):
    made = Platform()
    form = filled(ProposeForm, request, initial={"name": request.GET.get("name", "").replace("\0", "")[:60]})
    if answered(request, form) and form.take(partial(decisions.propose, made), by=request.user):
        return redirect("platforms:platform", made.pk)
    asked = {
        "form": form,
        "heading": _("What would you like to use?"),
        "says": _(
            "An app, a game, a tool, a phone, a system. Somebody looks at it, and somebody else decides. You hear what they say."
        ),
        "button": _("Propose it"),
        "back": reverse("platforms:register"),
    }
    return render(request, "people/ask.html", asked, status=form.status)


@opens(Platform, joined=("standing", "proposed_by"))
def platform(request, platform):
    """The answer first, then its conditions; for those who look after it, how it came to that and what comes next."""
    user, standing = request.user, platform.standing
    reads, found = access.may_read_assessments(user), answer(platform)
    shown = {
        "platform": platform,
        "answer": found,
        "standing": standing if found.may or reads else None,
        "lines": standing.conditions.splitlines() if standing else [],
        "ages": ages(standing) if standing else "",
        "ended": platform.ended_on and day(platform.ended_on),
        "proposed": clock_time(platform.proposed_at),
        "families_read": platform.is_public and not found.wait,
        "steps": steps(platform, user),
        "history": _history(platform, user) if reads else [],
        "controls": _controls(platform) if reads else [],
        "holders": reverse("home:channel", args=[platform.pk]) if may_keep_channels(user) and platform.channel else "",
    }
    return render(request, "platforms/platform.html", shown)


def _history(platform, user):
    found = platform.assessments.visible_to(user).select_related("assessor", "decided_by")
    return [(one, one.decided_at and clock_time(one.decided_at)) for one in found]


def _controls(platform):
    if not platform.standing or platform.status in Platform.OVER:
        return []
    found = platform.standing.controls().select_related("owner").order_by("status", "due_on", "words")
    return [(one, day(one.due_on), one.status == one.Status.DONE) for one in found]


@opens(Platform, may=access.may_keep)
def show(request, platform):
    return ask(
        request,
        filled(ShowForm, request, initial={"is_public": platform.is_public}),
        platform.show,
        heading=_("May families read about %(name)s?") % {"name": platform.name},
        button=_("Save this"),
        then=reverse("platforms:platform", args=[platform.pk]),
    )


@open_to_all
def public(request):
    """Strangers read it: what we use with young people and families, how; and what we do not use."""
    found = Platform.objects.public().select_related("standing").order_by("name")
    rows = [(one, answer(one), one.standing) for one in found]
    shown = {
        "used": [
            (one, said, standing, ages(standing), standing.conditions.splitlines())
            for one, said, standing in rows
            if said.may
        ],
        "not_used": [(one, said) for one, said, _standing in rows if not said.may],
    }
    return render(request, "platforms/public.html", shown)
