"""What can be done next with a platform or an assessment, for whoever may: (label, address), the first as a button."""

from django.urls import reverse
from django.utils.translation import gettext as _

from .. import access
from ..models import Assessment, Platform


def steps(platform, user):
    status, found = platform.status, []

    def step(label, name, record=platform):
        found.append((label, reverse(f"platforms:{name}", args=[record.pk])))

    pending = platform.pending if access.may_read_assessments(user) else None
    if status == Platform.Status.PROPOSED and access.may_assess(user, platform):
        step(_("Begin to assess it"), "assess")
    if pending:
        step(_("Go to the assessment"), "assessment", pending)
    if status == Platform.Status.APPROVED and access.may_keep(user):
        step(_("It is in use now"), "go_live")
    if status in (Platform.Status.APPROVED, Platform.Status.LIVE) and access.may_review(user):
        step(_("Look at it again"), "look_again")
    if status == Platform.Status.REVIEW and not platform.is_paused and access.may_review(user):
        step(_("Stop its use until that is done"), "pause")
    if access.may_keep(user):
        step(_("Whether families read this"), "show")
    if status not in Platform.OVER and access.may_retire(user):
        step(_("Stop using it for good"), "retire")
    return found


def steps_of(assessment, user):
    status, found = assessment.status, []

    def step(label, name):
        found.append((label, reverse(f"platforms:{name}", args=[assessment.pk])))

    if status == Assessment.Status.ASKED and access.may_take_on(user, assessment):
        step(_("Take it on"), "take_on")
    if status == Assessment.Status.OPEN and access.may_write(user, assessment):
        step(_("Send it for a decision"), "send")
    if status == Assessment.Status.SENT and access.may_decide(user, assessment):
        step(_("Approve it"), "approve")
        step(_("Refuse it"), "refuse")
        step(_("Send it back"), "send_back")
    if status in (Assessment.Status.OPEN, Assessment.Status.SENT) and access.may_drop(user, assessment):
        step(_("Let somebody else go on with it"), "hand_back")
    return found
