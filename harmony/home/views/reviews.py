"""Who may do what, looked at each quarter: a line for each person, a sign-off, and the reviews before."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from harmony.audit.events import note_list
from harmony.look.words import clock_time, day
from harmony.people.doors import allowed

from .. import access
from ..forms import DecideAccessForm, NothingToSay
from ..models import AccessLine, AccessReview
from ..reviews import seen_now


@allowed(access.may_review_access)
def review(request, pk=None):
    """The one under way, or the last; the others by their address."""
    reviews = AccessReview.objects.visible_to(request.user)
    shown = get_object_or_404(reviews, pk=pk) if pk else reviews.first()
    return _drawn(request, shown)


def _drawn(request, review, form=None):
    lines = list(review.lines.select_related("user", "decided_by")) if review else []
    live = seen_now([line.user for line in lines if not line.decision])
    note_list("list", by=request.user, page="access review", references=[])
    page = {
        "review": review,
        "rows": [_row(line, live, request.user) for line in lines],
        "left": sum(not line.decision for line in lines),
        "opened": clock_time(review.opened_at) if review else "",
        "signed": clock_time(review.signed_at) if review and review.signed_at else "",
        "before": AccessReview.objects.visible_to(request.user).exclude(pk=review and review.pk),
        "form": form,
    }
    return render(request, "home/review.html", page, status=form.status if form else 200)


def _row(line, live, reader):
    rights, seen, proof = live.get(line.user_id) or (line.rights, line.last_seen_at, line.second_proof)
    decided = {"by": line.decided_by, "at": clock_time(line.decided_at)} if line.decision else None
    may = access.may_decide_access(reader, line) and line.review.status == AccessReview.Status.OPEN
    return {
        "line": line,
        "rights": rights,
        "seen": day(seen) if seen else "",
        "proof": proof,
        "decided": decided,
        "may": may,
    }


@require_POST
@allowed(access.may_review_access)
def decide(request, pk):
    line = get_object_or_404(
        AccessLine.objects.filter(review__in=AccessReview.objects.visible_to(request.user)).select_related(
            "review", "user"
        ),
        pk=pk,
    )
    form = DecideAccessForm(request.POST)
    if form.is_valid() and form.take(line.decide, by=request.user):
        return redirect(f"{_page(line.review)}#line-{line.pk}")
    return _drawn(request, line.review, form)


@require_POST
@allowed(access.may_review_access)
def sign_off(request, pk):
    found = get_object_or_404(AccessReview.objects.visible_to(request.user), pk=pk)
    form = NothingToSay(request.POST)
    if form.is_valid() and form.take(found.sign_off, by=request.user):
        messages.success(request, _("It is signed off, and kept. The next one comes with the next quarter."))
        return redirect(_page(found))
    return _drawn(request, found, form)


def _page(review):
    return reverse("home:access_review", args=[review.pk])
