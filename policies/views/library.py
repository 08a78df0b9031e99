"""The library: what is in force, for whoever works here; and what is in the making, for whoever makes it (S2)."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.look.forms import Form
from harmony.look.words import by, clock_time, day
from harmony.organisation.access import may_see_guidance
from harmony.people.asking import ask
from harmony.people.doors import allowed, opens
from harmony.people.unfinished import answered, filled

from .. import access, first_drafts
from ..forms import CompanionsForm, PolicyForm
from ..models import Policy, Version
from ..models.acknowledgements import agreed, asked, waiting_for

TONES = {
    Version.Status.PUBLISHED: ("green", "check"),
    Version.Status.APPROVED: ("teal", "check"),
    Version.Status.CHANGES: ("amber", "alert"),
    Version.Status.IN_REVIEW: ("amber", "clock"),
}


def pill(version):
    tone, icon = TONES.get(version.status, ("plain", ""))
    return tone, version.get_status_display(), icon


@allowed(lambda user: user.is_active)
def library(request):
    found = Policy.objects.visible_to(request.user).prefetch_related("versions")
    shown = {
        "live": [_row(policy) for policy in found if policy.live],
        "making": [policy for policy in found if policy.in_the_making] if access.may_read_drafts(request.user) else [],
        "none": [policy for policy in found if not policy.live and not policy.in_the_making],
        "may_write": access.may_write(request.user),
        "may_read_drafts": access.may_read_drafts(request.user),
        "may_see_guidance": may_see_guidance(request.user),
    }
    shown["may_begin"] = shown["may_write"] and bool(first_drafts.missing())
    shown["to_read"] = waiting_for(request.user)
    shown["making"] = [(one, one.in_the_making, pill(one.in_the_making)) for one in shown["making"]]
    return render(request, "policies/library.html", shown)


def _row(policy):
    return {"policy": policy, "version": policy.live, "since": day(policy.live.published_at)}


@opens(Policy)
def policy(request, policy):
    """Its versions, the newest first; what is read beside it; and what can be done next."""
    sees = policy.versions.visible_to(request.user).select_related("author", "approved_by")
    page = {
        "policy": policy,
        "live": policy.live,
        "making": policy.in_the_making if access.may_read_drafts(request.user) else None,
        "versions": [_version(one) for one in sees],
        "companions": [(one, *_companion(one)) for one in policy.companions],
        "may_write": access.may_write(request.user),
        "approved_by": policy.get_approver_display(),
        "read": _read(policy) if policy.live and access.may_see_who_agreed(request.user) else None,
        "review": policy.reviews.visible_to(request.user).open().first(),
    }
    return render(request, "policies/policy.html", page)


def _read(policy):
    """(how many agreed, how many are asked, by when)"""
    everybody, live = asked(policy), policy.live
    given = everybody.filter(pk__in=agreed(live).values("user")).count()
    return given, everybody.count(), live.read_by and by(live.read_by)


def _version(version):
    when = version.published_at or version.approved_at or version.begun_at
    return {"version": version, "pill": pill(version), "when": clock_time(when)}


def _companion(policy):
    """What stands beside its name where it cannot be read, or is out of date (S5)."""
    if not policy.live:
        return "red", _("Not in force"), "alert"
    return "green", _("In force"), "check"


def _page(policy):
    return reverse("policies:policy", args=[policy.pk])


@allowed(access.may_write)
def add(request):
    form, made = filled(PolicyForm, request), Policy()
    if answered(request, form) and form.take(made.add, slug=form.slug, by=request.user):
        return redirect("policies:begin", made.pk)
    asked = {"form": form, "heading": _("Which policy is it?"), "button": _("Go on to its words")}
    asked |= {
        "says": _("Its words come next: written here, or brought in from a file."),
        "back": reverse("policies:library"),
    }
    return render(request, "people/ask.html", asked, status=form.status)


@allowed(access.may_write)
def first(request):
    """Nobody begins with an empty page: the six that the statement names, as drafts."""
    return ask(
        request,
        filled(Form, request),
        first_drafts.add,
        heading=_("Begin with our drafts?"),
        says=_(
            "You get up to six drafts in plain words, each paragraph marked with what it promises. Change what is not true of you before you send them on."
        ),
        button=_("Add the drafts"),
        then=reverse("policies:library"),
    )


def _may_write(user, policy):
    return access.may_write(user)


@opens(Policy, may=_may_write)
def change(request, policy):
    known = {name: getattr(policy, name) for name in ("title", "owner", "approver", "asked_of", "is_public")}
    return ask(
        request,
        filled(PolicyForm, request, policy=policy, initial=known),
        policy.change,
        heading=_("About this policy"),
        button=_("Save this"),
        then=_page(policy),
    )


@opens(Policy, may=_may_write)
def companions(request, policy):
    return ask(
        request,
        filled(CompanionsForm, request, policy=policy),
        policy.accompany,
        heading=_("What is read beside it?"),
        says=_("Each is a link on the page of the other. A warning stands there when one is missing or out of date."),
        button=_("Save these"),
        then=_page(policy),
    )


@opens(Policy, may=_may_write)
def begin(request, policy):
    made = Version(policy=policy)
    form = filled(Form, request)
    if answered(request, form) and form.take(made.begin, by=request.user):
        return redirect("policies:version", made.pk)
    asked = {
        "form": form,
        "heading": _("Begin a new version"),
        "says": _("It begins with the words of the version before it. What is in force stays so until you publish."),
        "button": _("Begin it"),
        "back": _page(policy),
    }
    return render(request, "people/ask.html", asked, status=form.status)
