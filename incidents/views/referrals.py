"""Referrals of a case to somebody outside: what was considered, each step, what is owed next, and whom to ring."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from harmony.encryption.fields import load_keys
from harmony.look.words import Clock, clock_time
from harmony.people.unfinished import answered, filled

from ..forms import referrals as forms
from ..models import Referral
from ..referring import GROUPS, chosen_of, offered, shown_of
from ..ringing import lines_for, proposed
from .cases import drawn
from .door import works_case


@dataclass(frozen=True)
class Asked:
    """A page that asks for one step of a referral, or of a meeting."""

    form: type
    verb: str
    title: object
    link: object
    says: object = ""


ASKED = {
    "told": Asked(
        forms.TellForm,
        "tell",
        _("Write down what you told them"),
        _("I told them by phone, or face to face"),
        _("Ring first, then write it down. What you told them goes to them in writing within one working day."),
    ),
    "sent": Asked(
        forms.SendForm,
        "send",
        _("Write down what you sent"),
        _("I sent it in writing"),
        _(
            "Their own form, or a letter. They decide within one working day. If you hear nothing in two, you are reminded."
        ),
    ),
    "confirmed": Asked(forms.ConfirmForm, "confirm", _("They say that they have it"), _("They say that they have it")),
    "answered": Asked(forms.AnswerForm, "", _("What did they decide?"), _("They have decided")),
    "chased": Asked(
        forms.ChaseForm,
        "chase",
        _("Write down that you chased them"),
        _("I chased them"),
        _("Also if nobody answered."),
    ),
    "challenged": Asked(
        forms.ChallengeForm,
        "challenge",
        _("Challenge their decision"),
        _("I challenged their decision, or their silence"),
        _(
            "Follow the council’s own way to do this. Each stage goes to somebody further up, on their side and on ours."
        ),
    ),
    "not-made": Asked(
        forms.LeaveForm,
        "leave",
        _("Do not make this referral"),
        _("It is not made after all"),
        _("Not to refer is a decision too. Its reason stands in the chronology."),
    ),
    "ended": Asked(forms.ConcludeForm, "conclude", _("How did it end?"), _("It has ended")),
}
# what comes next, the likeliest first
NEXT = {
    "considered": ("told", "sent", "not-made"),
    "verbal": ("sent",),
    "written": ("answered", "confirmed", "chased", "challenged"),
    "acknowledged": ("answered", "chased", "challenged"),
    "not_accepted": ("challenged", "ended"),
    "challenged": ("answered", "chased", "challenged", "ended"),
    "accepted": ("ended",),
}
TONES = {"accepted": "green", "not_accepted": "red", "challenged": "amber", "not_made": "plain", "concluded": "plain"}
OWES = {
    "considered": _("Decide"),
    "verbal": _("Send it in writing"),
    "not_accepted": _("Challenge it, or say why not"),
}


@works_case
def referrals(request, case):
    """What was referred, what was not and why; and the meetings."""
    found, meetings = list(case.referrals.select_related("council")), list(case.meetings.all())
    load_keys([case, *found, *meetings])
    return drawn(
        request,
        "referrals",
        case,
        tab="referrals",
        referrals=[(one, _tone(one), clock_of(one, OWES.get(one.status, _("Hear from them")))) for one in found],
        meetings=[(one, clock_of(one, owed_for(one))) for one in meetings],
    )


def clock_of(record, label):
    """Of what is owed next; None where nothing is, or the case is closed."""
    if not record.due_at or record.case.closed_at:
        return None
    return Clock.of(record.due_at, started=record.moved_at, label=label, at=now())


def owed_for(meeting):
    if meeting.status != meeting.Status.COMING:
        return _("Ask for the minutes")
    return _("Send our report") if meeting.owes_report else _("Write down what came of it")


@works_case
def add_referral(request, case):
    councils, adult = proposed(case), any(one.is_harmed_adult for one in case.people.all())
    first = {"agency": "adults"} if adult else {}
    form = filled(forms.ReferralForm, request, council=councils[0].council, **first)
    referral = Referral(case=case)
    if answered(request, form) and form.take(referral.consider, by=request.user):
        return redirect(referral)
    return drawn(request, "add_referral", case, tab="referrals", form=form, councils=councils, adult=adult)


@works_case
def referral(request, case, referral):
    one = _of(case, referral)
    steps = list(one.steps.select_related("taken_by"))
    load_keys([case, one, *steps])
    offered = [] if case.closed_at else [(name, ASKED[name]) for name in _offered(one)]
    shown = {
        "referral": one,
        "tone": _tone(one),
        "clock_here": clock_of(one, OWES.get(one.status, _("Hear from them"))),
        "steps": [(step, clock_time(step.happened_at)) for step in steps],
        "first": offered[:1],
        "others": offered[1:],
        "lines": lines_for(one),
    }
    return drawn(request, "referral", case, tab="referrals", **shown)


@works_case
def referral_step(request, case, referral, name):
    if name not in ASKED:
        raise Http404
    one, asked = _of(case, referral), ASKED[name]
    form = filled(asked.form, request)
    if answered(request, form) and form.take(_step(one, asked, form), by=request.user):
        return redirect(one)
    return drawn(request, "referral_step", case, tab="referrals", form=form, asked=asked, referral=one)


@works_case
def choose_facts(request, case, referral):
    """Which facts its PDF holds; then what it is for."""
    one = _of(case, referral)
    load_keys([case, one])
    known = {"offered": offered(case, request.user), "titles": GROUPS, "chosen": chosen_of(one)}
    form = filled(forms.ChooseForm, request, **known)
    if answered(request, form) and form.take(one.choose, by=request.user):
        return redirect("incidents:black_out", case.pk, one.pk)
    return drawn(request, "choose_facts", case, tab="referrals", form=form, referral=one)


@works_case
def black_out(request, case, referral):
    """The paper on the screen, as it will be made; and which words it leaves out."""
    one = _of(case, referral)
    load_keys([case, one])
    form = filled(forms.BlackOutForm, request, initial={"masks": one.masks, "masks_why": one.masks_why})
    if answered(request, form) and form.take(one.black_out, by=request.user):
        return redirect("incidents:black_out", case.pk, one.pk)
    paper = shown_of(one, request.user)
    return drawn(request, "black_out", case, tab="referrals", form=form, referral=one, paper=paper)


def _step(referral, asked, form):
    if asked.verb:
        return getattr(referral, asked.verb)
    return referral.accept if form.is_accepted else referral.refuse


def _of(case, referral):
    return get_object_or_404(case.referrals.select_related("council", "case"), pk=referral)


def _offered(referral):
    """The steps that it can take from where it stands."""
    last = referral.stage == 3
    return [name for name in NEXT.get(referral.status, ()) if not (last and name == "challenged")]


def _tone(referral):
    return TONES.get(referral.status, "indigo")
