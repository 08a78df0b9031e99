"""How long we keep what, as everybody here may read it; and what is past its time, for whoever decides on it."""

from functools import partial, wraps

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from harmony import between
from harmony.audit.events import note_list
from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time
from harmony.organisation.models import GuidanceSource
from harmony.people.doors import allowed, confirmed, is_a_door, opens
from harmony.people.unfinished import answered, filled

from . import access, stores
from .forms import DestroyForm, HoldForm, LiftForm, LongerForm
from .models import Hold, Longer, Proposal
from .schedule import how_long

A_PAGE, AT_ONCE = 30, 100


@allowed(access.may_see_schedule)
def schedule(request):
    """The longest first: what is kept for ever, then by years. Whoever decides sees how much waits, of what they may see."""
    sources = {source.code: source for source in GuidanceSource.objects.exclude(code="")}
    classes = sorted(between.retention_classes(), key=lambda one: (one.years is not None, -(one.years or 0), one.code))
    rows = [(one, how_long(one), [sources[code] for code in one.rests_on if code in sources]) for one in classes]
    shown = {"rows": rows, "counts": counts(request.user) if access.may_see_register(request.user) else None}
    return render(request, "retention/schedule.html", shown)


def counts(user):
    """(how many, in words, where) of what this person may see. An auditor is told of what was destroyed alone."""
    seen = Proposal.objects.visible_to(user)
    if access.may_decide(user):
        yield seen.waiting().count(), _("past their time"), "past"
        yield Hold.objects.visible_to(user).standing().count(), _("under a legal hold"), "held"
    yield seen.destroyed().count(), _("destroyed"), "destroyed"


@allowed(access.may_see_register)
def past(request):
    """What waits for a decision, what is held, and what was destroyed: of each, what this person may see."""
    seen, classes = Proposal.objects.visible_to(request.user), _classes()
    waiting = seen.waiting().select_related("agreed_by")
    first = list(waiting[:AT_ONCE])
    destroyed = seen.destroyed().select_related("agreed_by", "destroyed_by").order_by("-destroyed_at")
    page = Paginator(destroyed, A_PAGE).get_page(request.GET.get("page"))
    held = Hold.objects.visible_to(request.user).standing().select_related("placed_by")
    shown = {
        "waiting": [(one, classes.get(one.code)) for one in first],
        "more": waiting.count() - len(first),
        "held": list(held),
        "destroyed": [(one, classes.get(one.code)) for one in page],
        "page": page,
        "decides": access.may_decide(request.user),
    }
    named = [one.reference for one in (*first, *shown["held"], *page)]
    note_list("list records past their time", by=request.user, page="past", references=named)
    return render(request, "retention/past.html", shown)


def _classes():
    return {one.code: one for one in between.retention_classes()}


_opens = partial(opens, Proposal, joined=("agreed_by", "destroyed_by"))


@_opens()
def proposal(request, proposal):
    return _drawn(request, "proposal", proposal)


@_opens()
@confirmed
def agree(request, proposal):
    """The first of two, or the second: then it is destroyed. Whoever comes later still sees that it was."""
    if proposal.destroyed_at:
        return redirect(proposal)
    form = filled(DestroyForm, request)
    step = proposal.destroy if proposal.agreed_by_id else proposal.agree
    if answered(request, form) and form.take(step, by=request.user):
        return redirect(proposal)
    return _drawn(request, "agree", proposal, form=form)


@_opens()
def longer(request, proposal):
    if proposal.destroyed_at:
        return redirect(proposal)
    form = filled(LongerForm, request)
    if answered(request, form) and form.take(proposal.keep, by=request.user):
        return redirect("retention:past")
    return _drawn(request, "longer", proposal, form=form)


def _drawn(request, template, proposal, form=None):
    one = _classes().get(proposal.code)
    record = proposal.record_for(request.user)
    shown = {
        "proposal": proposal,
        "class": one,
        "how_long": one and how_long(one),
        "form": form,
        "record": record,
        "store": stores.get(proposal.kind),
        "is_held": Hold.objects.standing().filter(about=proposal.about).exists(),
        "kept_before": _kept_before(proposal),
        "was_first": proposal.agreed_by_id == request.user.pk,
        "may_agree": proposal.status in Proposal.WAITING and access.may_agree(request.user, proposal),
        "agreed": proposal.agreed_at and clock_time(proposal.agreed_at),
        "destroyed": proposal.destroyed_at and clock_time(proposal.destroyed_at),
    }
    return render(request, f"retention/{template}.html", shown, status=form.status if form else 200)


def _kept_before(proposal):
    """(who, until when, why) of each time that somebody kept it longer."""
    kept = list(Longer.objects.filter(proposal__about=proposal.about).select_related("said_by").order_by("said_at"))
    load_keys(kept)
    return [(one.said_by.name, one.until, one.why) for one in kept] if not proposal.destroyed_at else []


def on_record(view):
    """Hand the view a record of any kind that this person may decide on; to everybody else it is not there."""

    @is_a_door
    @login_required
    @wraps(view)
    def door(request, kind, pk):
        store = stores.get(kind)
        if not store or not access.may_decide(request.user):
            raise Http404
        return view(request, store, get_object_or_404(store.records(request.user), pk=pk))

    return door


@on_record
def hold(request, store, record):
    """The hold that stands on it; or the form to place one."""
    held = Hold.objects.visible_to(request.user).standing().filter(about=record.pk).select_related("placed_by").first()
    form = None if held and request.method == "GET" else filled(HoldForm, request)
    if form and answered(request, form) and form.take(partial(Hold.on, store, record), by=request.user):
        return redirect("retention:hold", store.code, record.pk)
    shown = {"store": store, "record": record, "label": store.label(record), "held": held, "form": form}
    if held:
        load_keys([held])
        shown |= {"placed": clock_time(held.placed_at), "may_lift": access.may_lift(request.user, held)}
    return render(request, "retention/hold.html", shown, status=form.status if form else 200)


@opens(Hold, joined=("placed_by",))
def lift(request, hold):
    """By a second person, who says why."""
    form = filled(LiftForm, request)
    if answered(request, form) and form.take(hold.lift, by=request.user):
        return redirect("retention:hold", hold.kind, hold.about)
    return render(request, "retention/lift.html", {"hold": hold, "form": form}, status=form.status)
