"""What this room gives to others: what somebody still has to put in place or mend, counts of the year, and whether promises are kept."""

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony import between
from harmony.audit.events import event
from harmony.between import Proof, Rule
from harmony.people.models import User

from .models import Assessment, Control, Finding, Hazard, Platform, SecurityReview


@between.rules.offer
def rules():
    says = _("Each platform is assessed before it is used, and again when its use changes.")
    return [Rule("R32", says, ("nspcc-online", "S9", "S24"))]


@between.handover.offer
def what_is_to_be_put_in_place(user, asked_by):
    held = Control.objects.open().in_force().filter(owner=user)
    if count := held.count():
        says = ngettext("%(count)d control of a platform", "%(count)d controls of platforms", count) % {"count": count}
        takers = User.objects.active().exclude(pk=user.pk)
        yield between.Work(key="controls", what=says, takers=takers, give=lambda taker, by: _give(held, taker, by))


@between.handover.offer
def what_is_to_be_mended(user, asked_by):
    held = Finding.objects.open().filter(owner=user)
    if count := held.count():
        says = ngettext("%(count)d finding of a security review", "%(count)d findings of security reviews", count)
        takers = User.objects.active().exclude(pk=user.pk)
        work = {"key": "findings", "what": says % {"count": count}, "takers": takers}
        yield between.Work(**work, give=lambda taker, by: _give(held, taker, by))


def _give(held, taker, by):
    """Where nobody takes them they stay, and the office is reminded of them."""
    for one in held if taker else ():
        with event("hand over", by=by, about=one):
            one.give(taker, by=by)


@between.facts.offer
def counts(since, until):
    def within(found, field):
        return found.filter(**{f"{field}__date__gte": since, f"{field}__date__lte": until}).count()

    decided = Assessment.objects.filter(status__in=("approved", "refused"))
    yield between.Line(_("Platforms proposed"), within(Platform.objects, "proposed_at"))
    yield between.Line(_("Assessments of platforms decided"), within(decided, "decided_at"))
    signed = SecurityReview.objects.filter(status="signed")
    yield between.Line(_("Security reviews signed off"), within(signed, "signed_at"))


def _page():
    return reverse("platforms:register")


@between.proofs.offer
def nothing_unassessed_is_used(user, at):
    """S24: whatever is used was decided on, and is looked at again within its year."""
    used = Platform.objects.in_use()
    late = used.filter(standing__ends_on__lt=localdate(at)).count()
    if not used.exists():
        yield Proof("S24", "red", _("No platform or system is in the register."), _page())
    elif late:
        says = ngettext(
            "%(count)d platform was not looked at again within its year.",
            "%(count)d platforms were not looked at again within their year.",
            late,
        )
        yield Proof("S24", "red", says % {"count": late}, _page())
    else:
        yield Proof("S24", "green", _("Whatever we use was assessed, and somebody else approved it."), _page())


@between.proofs.offer
def each_has_a_purpose_and_safeguards(user, at):
    """S8: good uses, said in words, each with what makes it safe."""
    used = Platform.objects.in_use()
    lacking = used.filter(standing__uses="").count()
    if not used.exists():
        yield Proof("S8", "red", _("Nothing in the register is in use."), _page())
    elif lacking:
        says = ngettext(
            "%(count)d platform was approved before there was a register, and says no purpose.",
            "%(count)d platforms were approved before there was a register, and say no purpose.",
            lacking,
        )
        yield Proof("S8", "amber", says % {"count": lacking}, _page())
    else:
        yield Proof("S8", "green", _("Each platform in use says what it is for and on what conditions."), _page())


@between.proofs.offer
def risks_are_seen_to(user, at):
    """S9: rated before and after, and what makes it safer is in place by its day."""
    rated = Hazard.objects.filter(assessment__platform__in=Platform.objects.in_use())
    late = Control.objects.open().in_force().filter(due_on__lt=localdate(at)).count()
    if not rated.exists():
        yield Proof("S9", "red", _("No risk of a platform was written down."), _page())
    elif late:
        says = ngettext("%(count)d control is late.", "%(count)d controls are late.", late)
        yield Proof("S9", "amber", says % {"count": late}, _page())
    else:
        yield Proof("S9", "green", _("Risks are rated before and after controls, and no control is late."), _page())


@between.proofs.offer
def security_is_reviewed(user, at):
    """S19: signed off within the year, the next one is not late, and what was lacking is mended by its day."""
    page = reverse("platforms:security")
    late = Finding.objects.overdue(at).count()
    if not SecurityReview.objects.filter(kind="full", status="signed").exists():
        yield Proof("S19", "red", _("No yearly review of security was ever signed off."), page)
    elif SecurityReview.objects.open().filter(due_at__lt=at).exists():
        yield Proof("S19", "red", _("A review of the security of our systems is late."), page)
    elif late:
        says = ngettext(
            "%(count)d thing that a security review found lacking is late.",
            "%(count)d things that a security review found lacking are late.",
            late,
        )
        yield Proof("S19", "amber", says % {"count": late}, page)
    else:
        says = _("The security of our systems was reviewed in time, and nothing that it found is late.")
        yield Proof("S19", "green", says, page)
