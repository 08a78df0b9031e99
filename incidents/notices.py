"""What people are told about in this room, who may still see it, and where the link leads."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from harmony.notifications import sentences, sources
from harmony.notifications.sentences import Sentence
from harmony.people.models import User

from . import access
from .models import Action, Allegation, Case, Duty, Emergency, Meeting, Referral, Report, SecondLook, Transfer


def register():
    sentences.register(SENTENCES)
    for source in SOURCES:
        sources.register(source)


def _case(notice):
    return reverse("incidents:case", args=[notice.about])


def _own_report(notice):
    return reverse("incidents:report", args=[notice.about])


def _whom_to_ask(notice):
    return reverse("incidents:unsent", args=[notice.pk])


def _second_look(notice):
    return reverse("incidents:second_look", args=[notice.about])


def _allegation(notice):
    return reverse("incidents:allegation", args=[notice.root])  # it stands in the chain of its case


def _beside(page):
    """Of what hangs on a case, and stands in its chain."""
    return lambda notice: reverse(page, args=[notice.root, notice.about])


def _emergency(notice):
    return reverse("incidents:emergency", args=[notice.about])


def _own_duty(notice):
    return reverse("incidents:my_duty", args=[notice.about])


def _duties(notice):
    return reverse("incidents:duties", args=[notice.root])  # it stands in the chain of its case


def _who_looks_together(user):
    found = User.objects.active().filter(pk=user.pk)
    return found if access.may_see_register(user) else found.none()


def _own_action(notice):
    return reverse("incidents:my_action", args=[notice.about])


def _action(notice):
    return reverse("incidents:actions", args=[notice.root])  # it stands in the chain of its case


SOURCES = (
    sources.Source("case", Case.objects.visible_to, _case),
    sources.Source("allegation", Allegation.objects.visible_to, _allegation),
    sources.Source("referral", Referral.objects.visible_to, _beside("incidents:referral")),
    sources.Source("transfer", Transfer.objects.visible_to, _beside("incidents:transfer")),
    sources.Source("meeting", Meeting.objects.visible_to, _beside("incidents:meeting")),
    sources.Source("register", _who_looks_together, lambda notice: reverse("incidents:register"), what=_("A reminder")),
    sources.Source("emergency", Emergency.objects.visible_to, _emergency),
    sources.Source("look", SecondLook.objects.visible_to, _second_look),
    # what somebody was asked to do, for themselves, and for whoever has the case
    sources.Source("action", lambda user: Action.objects.visible_to(user), _own_action),
    sources.Source("case_action", lambda user: Action.objects.of_cases_visible_to(user), _action),
    # that they may have a duty to tell, for themselves; and for whoever works the case
    sources.Source("duty", Duty.objects.visible_to, _own_duty),
    sources.Source("case_duty", Duty.objects.of_cases_visible_to, _duties),
    # what somebody sent, and what they have not sent, for themselves
    sources.Source("report", lambda user: Report.objects.visible_to(user).filed(), _own_report),
    sources.Source("draft", lambda user: Report.objects.visible_to(user).drafts(), _own_report),
    # that somebody has not sent one; whom it is about lies encrypted in it, so the database alone cannot say
    sources.Source("unsent", Report.objects.unsent_visible_to, _whom_to_ask, may=access.may_ask),
)

SENTENCES = {
    "case": Sentence(_("A case needs you now."), _("A case needs you by %(due)s.")),
    "case_late": Sentence(_("A case has waited too long. It needs you now.")),
    "case_second": Sentence(_("A colleague asks you to agree to a step in a case.")),
    "case_more": Sentence(_("There is more to read in a case.")),
    "reply_unread": Sentence(_("Somebody who wrote to us has not read our answer yet. Think of how to reach them.")),
    "case_alike": Sentence(_("Something in a case stands in another case too. Look at the people in it.")),
    "case_quiet": Sentence(_("Nobody has written in a case for a long time. Look at it.")),
    "emergency_opened": Sentence(_("Somebody opened a case in an emergency. See who, and why.")),
    "emergency_asked": Sentence(_("A case was opened in an emergency. What was done is not written down yet.")),
    "register": Sentence(_("It is time to look at low-level concerns together, as each quarter.")),
    "case_answered": Sentence(_("Somebody answered what they were asked to do in a case.")),
    "action_asked": Sentence(_("You were asked to do something.")),
    "action": Sentence(_("You were asked to do something by today.")),
    "action_late": Sentence(_("Something you were asked to do is late.")),
    "case_action": Sentence(_("Something in a case was not done in time.")),
    "duty": Sentence(_("Something is asked of you in person. Read what it is today.")),
    "duty_late": Sentence(_("Something is asked of you in person, and is not answered yet.")),
    "report_read": Sentence(_("Your report was read.")),
    "report_moved": Sentence(_("There is news about your report.")),
    "second_look": Sentence(_("Somebody asks you to look at something again.")),
    "second_look_late": Sentence(_("Somebody still waits for an answer. It needs you now.")),
    "unsent": Sentence(_("You have a report that you have not sent yet.")),
    "somebody_unsent": Sentence(_("Somebody has a report that was begun and not sent. See whom to ask.")),
}
