"""Supervision: who has had it lately and who has not; one person's times; and how often each role has it."""

from functools import partial, wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony import between
from harmony.audit.events import note_list
from harmony.encryption.fields import load_keys
from harmony.look.words import day
from harmony.people.asking import ask
from harmony.people.doors import allowed, is_a_door, keeps, opens
from harmony.people.forms.fields import LastDayForm
from harmony.people.unfinished import answered, filled

from .. import access
from ..forms.supervision import AnswerForm, RhythmForm, SupervisionForm, SupportForm
from ..models import Rhythm, Supervision, Support
from ..times import standing

A_PAGE = 50
OFFERS = {
    Support.Status.OFFERED: ("amber", "clock"),
    Support.Status.TAKEN: ("green", "check"),
    Support.Status.DECLINED: ("plain", "cross"),
}


@allowed(access.may_see_supervision)
def supervisions(request):
    """Everybody who has it, or whom one supervises: when it was last, and by when it is again. The latest first."""
    found = standing(localdate())
    seen = {user.pk: user for user in access.supervised_by(request.user)}
    rows = sorted((one for one in found if one.user in seen), key=lambda one: one.due_on)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    note_list("list", by=request.user, page="supervision", references=[one.user.hex for one in page])
    shown = {
        "page": page,
        "rows": [
            (seen[one.user], one.last and day(one.last), day(one.due_on), _pill(one),
             access.may_supervise(request.user, Supervision(user=seen[one.user])))
            for one in page
        ],
        "rhythms": [(one, _every(one)) for one in Rhythm.objects.lasting(localdate())],
        "may_keep": access.may_keep(request.user),
    }  # fmt: skip
    return render(request, "training/supervisions.html", shown)


def _pill(one):
    if one.due_on < localdate():
        return "red", _("Late"), "alert"
    return (
        ("amber", _("Due soon"), "clock") if (one.due_on - localdate()).days <= 7 else ("green", _("In time"), "check")
    )


def _every(rhythm):
    return ngettext("every %(count)d day", "every %(count)d days", rhythm.every_days) % {"count": rhythm.every_days}


def one_they_supervise(view):
    """Hand the view somebody whom its reader leads; whoever only sees when they had it is told that it is not theirs."""

    @is_a_door
    @login_required
    @wraps(view)
    def door(request, pk):
        user = get_object_or_404(access.supervised_by(request.user), pk=pk)
        if not access.may_supervise(request.user, Supervision(user=user)):
            raise PermissionDenied(_("You can see this, but this step is not yours to take."))
        return view(request, user)

    return door


@one_they_supervise
def supervise(request, user):
    return ask(
        request,
        filled(SupervisionForm, request),
        Supervision(user=user).hold,
        heading=user.name,
        says=_("What you write is read by the two of you. Others see only that you talked, and when."),
        button=_("Write this down"),
        then=reverse("training:supervisions"),
        done=_("It is written down. They can read it."),
    )


@one_they_supervise
def offer_support(request, user):
    """After distressing work. They hear that there is an offer, and nobody else does."""
    return ask(
        request,
        filled(SupportForm, request),
        partial(Support.make, user),
        heading=_("Offer support to %(name)s") % {"name": user.name},
        says=_("Only the two of you see this. Tick what you can keep to. Why is not asked."),
        button=_("Offer this"),
        then=reverse("training:supervisions"),
        done=_("They hear that you have offered something, and answer if they like."),
    )


@opens(Support, joined=("user", "offered_by"))
def support(request, support):
    """The offer, for the two of them; whoever it is for may answer, or leave it."""
    may_answer = support.status == Support.Status.OFFERED and access.may_answer_support(request.user, support)
    form = filled(AnswerForm, request)
    steps = {Support.Status.TAKEN: support.take, Support.Status.DECLINED: support.decline}
    if answered(request, form) and form.take(lambda says, **by: steps[says](**by), by=request.user):
        return redirect(support)
    tone, icon = OFFERS[support.status]
    shown = {
        "support": support,
        "own": support.user_id == request.user.pk,
        "on": day(support.offered_at),
        "pill": (tone, support.get_status_display(), icon),
        "form": form if may_answer else None,
    }
    return render(request, "training/support.html", shown, status=form.status)


@allowed(access.may_have_training)
def my_supervision(request):
    """What I had, and what I held: mine to read."""
    return _drawn(request, Supervision.objects.visible_to(request.user))


def _drawn(request, found):
    page = Paginator(found.select_related("user", "supervisor").order_by("-held_on", "pk"), 10).get_page(
        request.GET.get("page")
    )
    load_keys(page.object_list)
    note_list("list", by=request.user, page="my supervision", references=[one.pk.hex for one in page])
    mine = next((one for one in standing(localdate()) if one.user == request.user.pk), None)
    shown = {
        "page": page,
        "rows": [(one, day(one.held_on), _labels(one, request.user)) for one in page],
        "offers": [
            (one, day(one.offered_at), OFFERS[one.status])
            for one in Support.objects.visible_to(request.user).select_related("user", "offered_by")[:A_PAGE]
        ],
        "due": mine and day(mine.due_on),
        "late": mine and mine.due_on < localdate(),
    }
    return render(request, "training/my_supervision.html", shown)


def _labels(supervision, user):
    """The cases that it touched, as far as this reader may see them; of others there is no trace."""
    return [label for reference in supervision.references for label in between.case_label(reference, user)]


@allowed(access.may_keep)
def add_rhythm(request):
    return ask(
        request,
        filled(RhythmForm, request),
        Rhythm().ask,
        heading=_("How often do they have supervision?"),
        says=_("Whoever has several roles has it as often as the closest of them asks."),
        button=_("They have it from today"),
        then=reverse("training:supervisions"),
    )


@keeps(Rhythm, access.may_keep)
def end_rhythm(request, rhythm):
    return ask(
        request,
        filled(LastDayForm, request, dated=rhythm),
        rhythm.end,
        heading=_("Do they no longer have it?"),
        says=f"{rhythm.of_whom}: {_every(rhythm)}",
        button=_("They do not have it after that"),
        then=reverse("training:supervisions"),
    )
