"""Somebody new: what is missing before they may work with young people, the decision on their DBS check, and references."""

from functools import partial

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.audit.events import note_list
from harmony.encryption.fields import load_keys
from harmony.look.forms import Form
from harmony.look.words import day, short_day
from harmony.people.asking import ask
from harmony.people.doors import allowed, opens
from harmony.people.models import Membership, User
from harmony.people.unfinished import filled

from .. import access, ready
from ..forms.induction import AnswerForm, DbsForm, InductionForm, ReferenceForm
from ..models import DbsCheck, Induction, Reference

A_PAGE = 25
LOOKS = {
    Reference.Status.ASKED: ("amber", "clock"),
    Reference.Status.GOOD: ("green", "check"),
    Reference.Status.DOUBT: ("red", "alert"),
    Reference.Status.NONE: ("plain", "cross"),
}


@allowed(access.may_see_inductions)
def inductions(request):
    """Everybody who is on their way in, whoever begins first at the top; and whose check is to be renewed."""
    found = Induction.objects.visible_to(request.user).open().select_related("user")
    page = Paginator(found.order_by("starts_on", "pk"), A_PAGE).get_page(request.GET.get("page"))
    note_list("list", by=request.user, page="inductions", references=[one.pk.hex for one in page])
    lacks = {key: sum(not item.is_done for item in mine) for key, mine in ready.items(list(page), now()).items()}
    checks = DbsCheck.objects.visible_to(request.user).newest().select_related("user").order_by("renew_on", "pk")
    shown = {
        "page": page,
        "rows": [(one, day(one.starts_on), _pill(lacks[one.pk], one)) for one in page],
        "checks": [(one, short_day(one.renew_on), one.renew_on <= localdate()) for one in checks[:A_PAGE]],
        "may_begin": access.may_begin_inductions(request.user),
    }
    return render(request, "training/inductions.html", shown)


def _pill(many, induction):
    if not many:
        return "green", _("Everything is here"), "check"
    says = ngettext("%(count)d missing", "%(count)d missing", many) % {"count": many}
    return ("red" if induction.starts_on <= localdate() else "amber"), says, "alert"


@allowed(access.may_begin_inductions)
def begin_induction(request):
    working = Membership.objects.lasting(localdate()).filter(kind__in=Membership.WORKING)
    people = User.objects.exclude(status=User.Status.LEFT).filter(pk__in=working.values("user"), induction=None)
    return ask(
        request,
        filled(InductionForm, request, people=people.exclude(pk=request.user.pk).order_by("name")),
        lambda user, **told: Induction(user=user).begin(**told),
        heading=_("Who is new?"),
        says=_("From now on one page says what they still need. They see it too."),
        button=_("Begin"),
        then=reverse("training:inductions"),
    )


@opens(Induction, joined=("user", "decided_by"))
def induction(request, induction):
    """What is missing, first of all."""
    user = induction.user
    found = ready.items([induction], now())[induction.pk]
    references = list(user.references.select_related("read_by"))
    load_keys(references)
    lacking = [item.what for item in found if not item.is_done]
    shown = {
        "induction": induction,
        "own": user.pk == request.user.pk,
        "starts": day(induction.starts_on),
        "late": induction.starts_on <= localdate() and bool(lacking),
        "decided": induction.decided_on and day(induction.decided_on),
        "open": induction.status == Induction.Status.OPEN,
        "items": found,
        "lacking": lacking,
        "checks": list(user.dbs_checks.all()),
        "references": [(one, short_day(one.asked_on), one.read_on and short_day(one.read_on), LOOKS[one.status],
                        one.status in (Reference.Status.ASKED, Reference.Status.DOUBT)) for one in references],
        "may_induct": access.may_induct(request.user, induction),
        "may_list": access.may_see_inductions(request.user),
    }  # fmt: skip
    return render(request, "training/induction.html", shown)


@opens(Induction, may=access.may_induct)
def clear_induction(request, induction):
    return ask(
        request,
        filled(Form, request),
        partial(ready.clear, induction),
        heading=_("May they work with young people?"),
        says=_("%(name)s: only once nothing is missing. It is written down that you said so.")
        % {"name": induction.user},
        button=_("Yes, they may"),
        then=_page(induction),
    )


@opens(Induction, may=access.may_induct)
def end_induction(request, induction):
    return ask(
        request,
        filled(Form, request),
        induction.end,
        heading=_("Are they not coming?"),
        says=_("Nobody is reminded any more. What was written down stays."),
        button=_("They are not coming"),
        then=_page(induction),
    )


@opens(Induction, may=access.may_induct)
def decide_dbs(request, induction):
    return _decide(request, induction.user, _page(induction))


@opens(DbsCheck, may=access.may_decide_dbs, joined=("user",))
def renew_dbs(request, check):
    """Of somebody who has worked here for long, too."""
    return _decide(request, check.user, reverse("training:inductions"))


def _decide(request, user, page):
    return ask(
        request,
        filled(DbsForm, request),
        DbsCheck(user=user).decide,
        heading=_("What did you decide?"),
        says=_("About the DBS check of %(name)s. We keep the decision and its days, and nothing of the certificate.")
        % {"name": user},
        button=_("Write this down"),
        then=page,
    )


@opens(Induction, may=access.may_induct)
def ask_reference(request, induction):
    return ask(
        request,
        filled(ReferenceForm, request),
        Reference(user=induction.user).ask,
        heading=_("Who speaks for them?"),
        says=_("Two people who know them. Ask how they are with children."),
        button=_("Write this down"),
        then=_page(induction),
    )


@opens(Reference, may=access.may_decide_dbs, joined=("user",))
def hear_reference(request, reference):
    steps = {"good": reference.vouch, "doubt": reference.question, "none": reference.give_up}
    return ask(
        request,
        filled(AnswerForm, request, reference=reference),
        lambda says, **by: steps[says](**by),
        heading=_("What came of it?"),
        says=reference.of,
        button=_("Write this down"),
        then=_page(getattr(reference.user, "induction", None)),
    )


@opens(DbsCheck, joined=("user", "decided_by"))
def dbs(request, check):
    """One decision: until when it holds, and whether a copy on paper is still there."""
    shown = {
        "check": check,
        "seen": day(check.seen_on),
        "renew": day(check.renew_on),
        "late": check.renew_on <= localdate(),
        "copy_until": check.copy_until and day(check.copy_until),
        "copy_late": check.copy_until and check.copy_until < localdate(),
        "copy_gone": check.copy_gone_on and day(check.copy_gone_on),
        "may_decide": access.may_decide_dbs(request.user, check),
        "induction": getattr(check.user, "induction", None),
    }
    return render(request, "training/dbs.html", shown)


@opens(DbsCheck, may=access.may_decide_dbs)
def destroy_copy(request, check):
    return ask(
        request,
        filled(Form, request),
        check.destroy_copy,
        heading=_("Is the copy shredded?"),
        says=_("The one on paper, and any photo or scan of it."),
        button=_("It is gone"),
        then=reverse("training:dbs", args=[check.pk]),
    )


def _page(induction):
    return reverse("training:induction", args=[induction.pk]) if induction else reverse("training:inductions")
