"""One person's training: their own page, the same for those who keep it, and the steps on it."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.encryption.fields import load_keys
from harmony.look.words import day
from harmony.people.asking import ask
from harmony.people.doors import allowed, opens
from harmony.people.forms.fields import WhyForm
from harmony.people.models import User
from harmony.people.unfinished import filled

from .. import access
from ..forms.completions import CompletionForm, ExemptionForm
from ..models import Briefing, Completion, Evidence, Exemption, Induction
from ..needs import Stand
from ..phrases import LOOKS, in_words
from .checking import kept
from .days import Looked

A_PAGE = 25
# what is to be done first comes first
IN_ORDER = list(Stand)
SETTLED = (Stand.VALID, Stand.EXCUSED)


@allowed(access.may_have_training)
def mine(request):
    """What I need, what I have, and what is next."""
    return _drawn(request, request.user, own=True)


@opens(User, may=access.may_see_person)
def person(request, user):
    return _drawn(request, user, own=False)


def _drawn(request, user, own):
    looked = Looked.at(request)
    known, coverage = looked.coverage(of=user.pk)
    row = {course: cell for course, cell in coverage.row(user.pk).items() if cell.needed}
    done = list(
        user.completions.visible_to(request.user).select_related("version__course", "recorded_by", "verified_by")
    )
    excused = list(user.exemptions.lasting(localdate()).select_related("course"))
    load_keys([*done, *excused])
    ordered = sorted(row.items(), key=lambda one: (IN_ORDER.index(one[1].stand), one[1].day or localdate()))
    shown = {
        "person": user,
        "own": own,
        "looked": looked,
        "finding": _finding(row),
        "next": next(
            ((known.titles[course], in_words(cell), course) for course, cell in ordered if cell.stand not in SETTLED),
            None,
        ),
        "rows": [(known.titles[course], course, LOOKS[cell.stand], in_words(cell)) for course, cell in ordered],
        "done": [_done(one, request.user) for one in done],
        "to_read": own and _to_read(row),
        "excused": [(one, day(one.last_day)) for one in excused],
        "may_keep": access.may_keep(request.user),
        "may_supervise": own and access.may_see_supervision(user),
        "may_excuse": access.may_excuse(request.user, Exemption(user=user)),
        "induction": Induction.objects.visible_to(request.user).filter(user=user).first(),
        "may_see_inductions": own and access.may_see_inductions(user),
    }
    return render(request, "training/person.html", shown, status=looked.form.status)


def _to_read(row):
    """Our own courses among those that are not covered, or not for long: read here and now."""
    wanted = [course for course, cell in row.items() if cell.stand not in SETTLED]
    found = Briefing.objects.filter(version__course__in=wanted, version__starts_on__lte=localdate())
    newest = {}
    for briefing in found.select_related("version__course").order_by("version__number"):
        newest[briefing.version.course_id] = briefing
    return list(newest.values())


def _finding(row):
    told = {"covered": sum(cell.covered for cell in row.values()), "all": len(row)}
    says = _("%(covered)d of %(all)d needed courses are covered.") % told
    lack = sum(cell.gap for cell in row.values())
    more = ngettext("%(count)d is missing.", "%(count)d are missing.", lack) % {"count": lack} if lack else ""
    return f"{says} {more}".strip()


def _done(one, reader):
    struck = one.status == Completion.Status.STRUCK
    tone, icon = {"recorded": ("indigo", "search"), "verified": ("green", "check")}.get(one.status, ("plain", "cross"))
    return {
        "one": one,
        "on": day(one.completed_on),
        "pill": (tone, one.get_status_display(), icon),
        "verified": one.verified_at and {"who": one.verified_by, "when": day(one.verified_at)},
        "files": kept(one),
        "may_add_file": not struck and access.may_add_evidence(reader, Evidence(completion=one)),
        "may_verify": one.status == Completion.Status.RECORDED and access.may_verify(reader, one),
        "may_strike_out": not struck and access.may_strike_out(reader, one),
    }


@allowed(access.may_have_training)
def record_mine(request):
    """Something I have done. It counts once somebody else has looked at what shows it."""
    return _record(request, request.user, reverse("training:mine"), _("What have you done?"))


@opens(User, may=lambda user, person: access.may_keep(user))
def record(request, user):
    return _record(request, user, reverse("training:person", args=[user.pk]), user.name)


def _record(request, user, page, heading):
    return ask(
        request,
        filled(CompletionForm, request, initial={"course": request.GET.get("course")}),
        lambda course, completed_on, shown, **by: Completion.of(user, course, completed_on).record(shown, **by),
        heading=heading,
        says=_("Write it down as it is. It counts once somebody else has checked it."),
        button=_("Write this down"),
        then=page,
        done=_("It is written down. Somebody else checks it now."),
    )


@opens(User, may=lambda user, person: access.may_excuse(user, Exemption(user=person)))
def excuse(request, user):
    return ask(
        request,
        filled(ExemptionForm, request),
        lambda course, **told: Exemption(user=user, course=course).excuse(**told),
        heading=_("What need they not do?"),
        says=_("They count as excused, not as covered, on what the course teaches."),
        button=_("Excuse them until then"),
        then=reverse("training:person", args=[user.pk]),
    )


@opens(User, may=lambda user, person: access.may_excuse(user, Exemption(user=person)))
def end_exemption(request, user, held):
    exemption = get_object_or_404(user.exemptions.lasting(localdate()), pk=held)
    return ask(
        request,
        filled(WhyForm, request),
        lambda why, **by: exemption.end(why=why, **by),
        heading=_("Do they need it again?"),
        says=str(exemption.course),
        button=_("They need it again"),
        then=reverse("training:person", args=[user.pk]),
    )
