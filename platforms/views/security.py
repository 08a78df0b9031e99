"""Security reviews: the list, one of them theme by theme, and its sign-off (S19)."""

from functools import partial

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from harmony import between
from harmony.look.words import clock_time, day
from harmony.people.asking import ask
from harmony.people.doors import allowed, opens
from harmony.people.unfinished import answered, filled

from .. import access, decisions
from ..checklist import QUESTIONS, themes
from ..models import Finding, SecurityCheck, SecurityReview
from ..security_forms import BeginSecurityForm, FindingForm, SecurityCheckForm, SignSecurityForm

A_PAGE = 25


@allowed(access.may_read_assessments)
def security(request):
    """What is under way, what is lacking, and what was signed off."""
    seen = SecurityReview.objects.visible_to(request.user).select_related("signed_by")
    page = Paginator(seen.filter(status="signed").order_by("-signed_at"), A_PAGE).get_page(request.GET.get("page"))
    lacking = Finding.objects.visible_to(request.user).open().select_related("owner")
    shown = {
        "under_way": [(one, day(localdate(one.due_at)), one.due_at < now()) for one in seen.open().order_by("due_at")],
        "lacking": [_finding(one) for one in lacking[:A_PAGE]],
        "page": page,
        "signed": [(one, clock_time(one.signed_at)) for one in page],
        "query": "",
        "may_begin": access.may_begin_security(request.user) and seen.open().count() < len(SecurityReview.Kind),
    }
    return render(request, "platforms/security.html", shown)


def _finding(finding):
    is_open = finding.status == Finding.Status.OPEN
    return finding, day(finding.due_on), is_open and finding.due_on < localdate()


@allowed(access.may_begin_security)
def begin(request):
    return ask(
        request,
        filled(BeginSecurityForm, request),
        SecurityReview().begin,
        heading=_("Begin a security review"),
        says=_(
            "The yearly one asks about everything, the quarterly one about what slips soonest. Each makes the next."
        ),
        button=_("Begin"),
        then=reverse("platforms:security"),
    )


@opens(SecurityReview, joined=("signed_by",))
def security_review(request, review):
    """Each theme with its answer; what the system knows of itself, now or when it was signed; what is lacking."""
    user, is_open = request.user, review.status == SecurityReview.Status.OPEN
    answers = {one.theme: one for one in review.checks.select_related("answered_by")}
    facts = between.own_facts(now()) if is_open else review.facts.all()
    writes = is_open and access.may_check_security(user)
    missing = review.missing() if is_open else []
    shown = {
        "review": review,
        "due": day(localdate(review.due_at)),
        "late": is_open and review.due_at < now(),
        "signed": review.signed_at and clock_time(review.signed_at),
        "themes": [(theme, answers.get(theme)) for theme in themes(review.kind)],
        "facts": facts,
        "findings": [_finding(one) for one in review.findings.select_related("owner")],
        "missing": missing,
        "writes": writes,
        "may_sign": is_open and access.may_sign_security(user, review),
        "ready": not missing,
    }
    return render(request, "platforms/security_review.html", shown)


def _page(review):
    return reverse("platforms:security_review", args=[review.pk])


@opens(SecurityReview, may=access.may_check_security)
def check(request, review, theme):
    """One theme; where something is lacking, it is written down next."""
    if theme not in themes(review.kind):
        raise Http404
    known = review.checks.filter(theme=theme).first()
    initial = {"outcome": known.outcome, "words": known.words} if known else {}
    form = filled(SecurityCheckForm, request, initial=initial)
    step = known.change if known else SecurityCheck(review=review, theme=theme).answer
    if answered(request, form) and form.take(step, by=request.user):
        lacks = form.cleaned_data["outcome"] == "lacks" and not review.findings.filter(theme=theme).exists()
        found = f"{reverse('platforms:find', args=[review.pk])}?theme={theme}"
        return redirect(found if lacks else _page(review))
    asked = {
        "form": form,
        "heading": dict(SecurityCheck._meta.get_field("theme").choices)[theme],
        "questions": QUESTIONS[theme],
        "back": _page(review),
    }
    return render(request, "platforms/security_check.html", asked, status=form.status)


@opens(SecurityReview, may=access.may_check_security)
def find(request, review):
    return ask(
        request,
        filled(FindingForm, request, kind=review.kind, initial={"theme": request.GET.get("theme", "")}),
        Finding(review=review).add,
        heading=_("What is lacking?"),
        says=_("Whoever sees to it hears of it on its day. Late, it goes to those who lead."),
        button=_("Write it down"),
        then=_page(review),
    )


@opens(SecurityReview, may=access.may_sign_security)
def sign(request, review):
    return ask(
        request,
        filled(SignSecurityForm, request),
        partial(decisions.sign_off, review),
        heading=_("Sign it off?"),
        says=_("It stays as it is now. What is lacking stays open until it is done, and the next review is made."),
        button=_("Sign it off"),
        then=_page(review),
    )
