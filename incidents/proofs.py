"""Whether what the policy statement promises of cases is kept now: each by a rule, with the sentence that says why."""

from django.urls import reverse
from django.utils.translation import gettext as _

from harmony import between
from harmony.between import Proof

from . import access, fairness
from .kinds import UNPLANNED, Kind, Severity, Track
from .models import Case, CasePerson, CaseStep
from .models.playbooks import in_force
from .plans import CHILDREN


def counted(user):
    """What this person may count; for nobody in particular, cases that are kept from nobody at all."""
    return Case.objects.countable_by(user) if user else Case.objects.filter(recusals=None)


@between.proofs.offer
def children_come_first(user, at):
    """S1: no report waits longer to be read than it may."""
    if counted(user).filter(acknowledged_at=None, acknowledge_due__lte=at).exists():
        yield Proof("S1", "red", _("A report has waited longer to be read than it may."), reverse("incidents:cases"))
    else:
        yield Proof("S1", "green", _("No report waits longer to be read than it may."), reverse("incidents:cases"))


@between.proofs.offer
def every_kind_can_be_told(user, at):
    """S7: what can be reported."""
    says = _("A report can be about any of %(count)d kinds of harm, online and not.") % {"count": len(Kind)}
    yield Proof("S7", "green", says, reverse("incidents:begin"))


@between.proofs.offer
def parents_are_thought_of(user, at):
    """S13: of each serious case it is decided whether parents are told."""
    weighed = counted(user).exclude(triaged_at=None).filter(severity__in=(Severity.HIGH, Severity.CRITICAL))
    if weighed.filter(parents="").exists():
        yield Proof("S13", "red", _("A serious case was weighed without deciding whether parents are told."))
    else:
        yield Proof("S13", "green", _("Of each serious case it was decided whether parents are told, and why."))


@between.proofs.offer
def each_has_a_track_of_its_own(user, at):
    """S18: what has to be done where a child caused harm, and where one of us may have."""
    where, followed = reverse("incidents:playbooks"), in_force().values()
    for_children = any(set(one.caused_by.split()) & CHILDREN for one in followed)
    if for_children and any(one.track == Track.WORKER for one in followed):
        says = _("There are steps for harm by another child, and for concerns about one of us.")
        yield Proof("S18", "green", says, where)
    else:
        yield Proof("S18", "red", _("New cases follow no steps for harm by a child, or by one of us."), where)


@between.proofs.offer
def steps_are_not_left_out(user, at):
    """S26: of what was closed, every required step is done or it is said why not."""
    where = reverse("incidents:playbooks")
    closed = counted(user).filter(status=Case.Status.CLOSED).exclude(outcome__in=UNPLANNED)
    if CaseStep.objects.open().filter(case__in=closed).exists():
        yield Proof("S26", "red", _("A case was closed with a required step left open."), where)
    else:
        says = _("No case was closed before each required step was done, or a reason given.")
        yield Proof("S26", "green", says, where)


@between.proofs.offer
def plans_are_looked_at_again(user, at):
    """S29: no review of a case is late."""
    if counted(user).still_open().filter(review_due__lte=at).exists():
        yield Proof(
            "S29", "amber", _("A case was not looked at again when it should have been."), reverse("incidents:cases")
        )
    else:
        yield Proof("S29", "green", _("Every open case was looked at again in time."), reverse("incidents:cases"))


@between.proofs.offer
def adults_are_asked(user, at):
    """S10: an adult who was harmed goes their own way: adult social care is proposed, and they say what they want."""
    open_cases = counted(user).still_open().exclude(triaged_at=None)
    harmed = CasePerson.objects.filter(case__in=open_cases, part=CasePerson.Part.AFFECTED, grown=CasePerson.Grown.ADULT)
    if harmed.filter(voices=None).exists():
        says = _("An adult who was harmed was not asked yet what they want to happen.")
        yield Proof("S10", "amber", says, reverse("incidents:cases"))
    else:
        says = _("An adult who was harmed has routes of their own, and each was asked what they want to happen.")
        yield Proof("S10", "green", says, reverse("incidents:cases"))


@between.proofs.offer
def all_are_answered_alike(user, at):
    """S12: no group whose times can be told waits much longer than all together (fairness.py); no figure is given."""
    page = reverse("incidents:fairness") if user and access.may_see_fairness(user) else ""
    uneven = fairness.is_uneven(counted(user), at)
    if uneven is None:
        says = _("Too few people said who they are, so we cannot tell whether all are answered alike.")
        yield Proof("S12", "amber", says, page)
    elif uneven:
        yield Proof("S12", "amber", _("One group waited much longer than others until their report was read."), page)
    else:
        yield Proof("S12", "green", _("Of those who said who they are, no group waited much longer than others."), page)


@between.proofs.offer
def plans_think_of_all(user, at):
    """S28: no plan is agreed before it answers for whoever was harmed, for bystanders and for us; and each is made in time."""
    page = reverse("incidents:cases")
    late = counted(user).still_open().exclude(triaged_at=None).filter(planned_at=None, plan_due__lte=at)
    if late.exists():
        yield Proof("S28", "amber", _("A case has no plan yet, and its time for one has gone by."), page)
    else:
        says = _("Each plan that was due thinks of whoever was harmed, of bystanders and of us all.")
        yield Proof("S28", "green", says, page)
