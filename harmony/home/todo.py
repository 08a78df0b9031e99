"""What waits for one person, by date. Never a name, never a word of a case."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.look.words import day
from harmony.organisation.access import may_keep_channels, may_set_up
from harmony.organisation.models import GuidanceSource
from harmony.people.models.channels import to_look_at
from incidents.access import CALLED
from incidents.models import Action, Case, Duty
from platforms import access as platforms
from platforms.models import Assessment, Control, Finding, SecurityReview
from policies.models import LessonAction
from policies.models.acknowledgements import waiting_for
from training import access as training
from training.models import Completion, Owed

from . import contact

SHOWN = 10


@dataclass(frozen=True)
class Task:
    what: str
    url: str
    more: str = ""
    due: str = ""
    tone: str = "plain"
    icon: str = ""


def tasks(user, at=None):
    """What one was asked to do, soonest first; then what one keeps right."""
    today = localdate(at)
    return [
        *_duties(user, at),
        *_actions(user, today),
        *_second_looks(user),
        *_policies(user, today),
        *_lessons(user, today),
        *_training(user, today),
        *_training_to_check(user),
        *_channels(user, today),
        *_exceptions(user, today),
        *_guidance(user, today),
        *_controls(user, today),
        *_findings(user, today),
        *_platforms(user),
        *_security(user),
    ]


def _duties(user, at):
    """What the law asks of one in person, before all else; a red one is a day old."""
    for duty in Duty.objects.visible_to(user).owed(at).select_related("case")[:SHOWN]:
        late = duty.due_at <= (at or now())
        yield Task(
            _("Asked of you in person, about %(reference)s") % {"reference": duty.case.reference},
            duty.get_absolute_url(),
            due=_("Answer it today"),
            tone="red" if late else "amber",
            icon="alert" if late else "clock",
        )


def _second_looks(user):
    """What a colleague passed on as not about safety: one line for all, to the list of them."""
    waiting = Case.objects.visible_to(user).to_look_at_again_by(user) if user.holds(*CALLED) else Case.objects.none()
    if count := waiting.count():
        says = ngettext("%(count)d case to look at a second time", "%(count)d cases to look at a second time", count)
        more = _("A colleague says that it is not about safety. Somebody else looks within a week.")
        yield Task(
            says % {"count": count}, f"{reverse('incidents:cases')}?show=passed-on", more, tone="amber", icon="clock"
        )


def _policies(user, today):
    """What one is asked to read and agree to."""
    for version in waiting_for(user, today)[:SHOWN]:
        late = localdate(version.read_by) < today
        yield Task(
            _("Read and agree: %(title)s") % {"title": version.policy.title},
            reverse("policies:version", args=[version.pk]),
            due=(_("Late: %(day)s") if late else _("By %(day)s")) % {"day": day(localdate(version.read_by))},
            tone="red" if late else "amber",
            icon="alert" if late else "clock",
        )


def _lessons(user, today):
    """What one was given to do because of something we learned."""
    for action in LessonAction.objects.open().filter(owner=user).order_by("due_on")[:SHOWN]:
        late = action.due_on < today
        yield Task(
            _("Something to do because of what we learned"),
            reverse("policies:lesson", args=[action.lesson_id]),
            due=(_("Late: %(day)s") if late else _("By %(day)s")) % {"day": day(action.due_on)},
            tone="red" if late else "amber",
            icon="alert" if late else "clock",
        )


def _actions(user, today):
    held = Action.objects.visible_to(user).open().select_related("case").order_by("due_on")[:SHOWN]
    for action in held:
        late = action.due_on < today
        yield Task(
            _("Something to do in %(reference)s") % {"reference": action.case.reference},
            reverse("incidents:my_action", args=[action.pk]),
            due=_("Late: %(day)s") % {"day": day(action.due_on)}
            if late
            else _("By %(day)s") % {"day": day(action.due_on)},
            tone="red" if late else "amber",
            icon="alert" if late else "clock",
        )


def _training(user, today):
    """One's own: what is due within two months, or late."""
    held = Owed.objects.open().filter(user=user).select_related("course").order_by("due_on")[:SHOWN]
    for owed in held:
        late, on = owed.due_on < today, {"day": day(owed.due_on)}
        yield Task(
            _("Training: %(course)s") % {"course": owed.course} if owed.course_id else _("Supervision"),
            owed.get_absolute_url(),
            due=_("Late: %(day)s") % on if late else _("By %(day)s") % on,
            tone="red" if late else "amber",
            icon="alert" if late else "clock",
        )


def _training_to_check(user):
    """What others did, for those who keep it and have not written it down themselves."""
    if not training.may_keep(user):
        return
    waiting = Completion.objects.to_check().exclude(user=user).exclude(recorded_by=user)
    if count := waiting.count():
        says = ngettext("%(count)d training to check", "%(count)d trainings to check", count)
        yield Task(says % {"count": count}, reverse("training:to_check"), tone="amber", icon="clock")


def _channels(user, today):
    """Approvals that run out and channels that one person holds alone, for whoever keeps them right."""
    if may_keep_channels(user) and (count := to_look_at(today).count()):
        says = ngettext(
            "%(count)d way to reach young people: look again",
            "%(count)d ways to reach young people: look again",
            count,
        )
        more = _("An approval runs out within a month, or one person holds it alone.")
        yield Task(says % {"count": count}, reverse("home:channels"), more, tone="amber", icon="alert")


def _exceptions(user, today):
    """What colleagues ask to be allowed for a while, for whoever may decide on it."""
    if count := contact.to_decide(user, today).count():
        says = ngettext(
            "%(count)d exception to the contact rules to decide on",
            "%(count)d exceptions to the contact rules to decide on",
            count,
        )
        yield Task(says % {"count": count}, reverse("home:contact"), tone="amber", icon="clock")


def _guidance(user, today):
    """Sources that were not looked up again in time, or whose page has moved."""
    if may_set_up(user) and (count := GuidanceSource.objects.lapsed(today).count()):
        says = ngettext(
            "%(count)d source of guidance: look it up again", "%(count)d sources of guidance: look them up again", count
        )
        yield Task(says % {"count": count}, reverse("home:guidance"), tone="amber", icon="clock")


def _controls(user, today):
    """What one was asked to put in place, so that something we use is safe."""
    held = Control.objects.visible_to(user).open().in_force().filter(owner=user).order_by("due_on")[:SHOWN]
    for control in held:
        late, on = control.due_on < today, {"day": day(control.due_on)}
        yield Task(
            _("Put in place: %(what)s") % {"what": control.words},
            reverse("platforms:control", args=[control.pk]),
            due=_("Late: %(day)s") % on if late else _("By %(day)s") % on,
            tone="red" if late else "amber",
            icon="alert" if late else "clock",
        )


def _findings(user, today):
    """What a security review found lacking, and one was asked to mend."""
    for finding in Finding.objects.open().filter(owner=user).order_by("due_on")[:SHOWN]:
        late, on = finding.due_on < today, {"day": day(finding.due_on)}
        yield Task(
            _("Mend: %(what)s") % {"what": finding.words},
            reverse("platforms:finding", args=[finding.pk]),
            due=_("Late: %(day)s") % on if late else _("By %(day)s") % on,
            tone="red" if late else "amber",
            icon="alert" if late else "clock",
        )


def _security(user):
    """Reviews in which each theme has its answer, for whoever signs and answered none."""
    for review in SecurityReview.objects.ready() if user.holds(*platforms.DECIDERS) else ():
        if platforms.may_sign_security(user, review):
            says = _("A security review waits for you to sign it off")
            yield Task(says, reverse("platforms:security_review", args=[review.pk]), tone="amber", icon="clock")


def _platforms(user):
    """Assessments that wait for a decision, for whoever decides and did not assess."""
    if not user.holds(*platforms.DECIDERS):
        return
    others = Assessment.objects.exclude(platform__assessments__assessor=user)
    if count := others.filter(status=Assessment.Status.SENT).count():
        says = ngettext(
            "%(count)d assessment waits for your decision", "%(count)d assessments wait for your decision", count
        )
        yield Task(says % {"count": count}, reverse("platforms:register"), tone="amber", icon="clock")
