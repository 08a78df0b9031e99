"""The yearly reviews: which are due, the facts of the year, minutes, and who signs them off (S32)."""

from datetime import timedelta

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from harmony import between
from harmony.encryption.fields import load_keys
from harmony.look.forms import Form
from harmony.look.words import by as by_when
from harmony.look.words import clock_time, day
from harmony.people.asking import ask
from harmony.people.doors import allowed, opens
from harmony.people.unfinished import filled

from .. import access
from ..forms import EarlyForm, MinutesForm
from ..models import Review

A_WARNING = timedelta(days=60)


@allowed(access.may_read_drafts)
def reviews(request):
    """What is to be done, the soonest first; then what was signed off."""
    at = now()
    found = list(Review.objects.visible_to(request.user).select_related("policy", "signed_by").order_by("due_at"))
    shown = {
        "open": [(one, by_when(one.due_at, at=at), _pill(one, at)) for one in found if one.status != one.Status.SIGNED],
        "signed": [(one, clock_time(one.signed_at)) for one in reversed(found) if one.status == one.Status.SIGNED],
    }
    return render(request, "policies/reviews.html", shown)


def _pill(review, at):
    if review.status == Review.Status.SIGNED:
        return "green", review.get_status_display(), "check"
    if review.due_at <= at:
        return "red", _("Late"), "alert"
    soon = review.due_at <= at + A_WARNING
    return ("amber" if soon else "plain"), review.get_status_display(), "clock"


@opens(Review, joined=("policy", "minuted_by", "signed_by"))
def review(request, review):
    """What the year brought, as it stands now or as it stood when the minutes were written."""
    load_keys([review])
    at, user = now(), request.user
    done = review.status == Review.Status.SIGNED
    facts = review.counted
    if not done:  # as it stands now, and where it is found
        facts = [(line.what, line.count, line.url) for line in between.facts(review.since, localdate(at))]
    page = {
        "review": review,
        "policy": review.policy,
        "facts": facts,
        "since": day(review.since),
        "due": by_when(review.due_at, at=at),
        "pill": _pill(review, at),
        "minuted": review.minuted_at and clock_time(review.minuted_at),
        "signed": review.signed_at and clock_time(review.signed_at),
        "may_minute": not done and access.may_write(user),
        "may_sign": review.status == Review.Status.MINUTED and access.may_sign_review(user, review),
        "may_call": review.status == Review.Status.DUE and access.may_write(user),
    }
    return render(request, "policies/review.html", page)


def _page(review):
    return reverse("policies:review", args=[review.pk])


def _may_write(user, review):
    return access.may_write(user)


@opens(Review, may=_may_write, joined=("policy",))
def minute(request, review):
    known = {"minutes": review.minutes, "decision": review.decision}
    return ask(
        request,
        filled(MinutesForm, request, initial=known),
        review.minute,
        heading=_("What did you talk about, and what did you decide?"),
        says=_("Write who was there. Somebody else, of those who approve the policy, signs it off."),
        button=_("Keep these minutes"),
        then=_page(review),
    )


@opens(Review, may=_may_write, joined=("policy",))
def early(request, review):
    return ask(
        request,
        filled(EarlyForm, request),
        review.call_early,
        heading=_("Review it early?"),
        says=_("It is due within two weeks then."),
        button=_("Review it early"),
        then=_page(review),
    )


@opens(Review, may=access.may_sign_review, joined=("policy",))
def sign(request, review):
    return ask(
        request,
        filled(Form, request),
        review.sign_off,
        heading=_("Sign this review off?"),
        says=_("You did not prepare it. The next one is due in a year."),
        button=_("Sign it off"),
        then=_page(review),
    )
