"""The clocks of a case: by when each step is due, when it was done, and the steps that change the times.

What counts as how long is in incidents/clocks.py. Here the answers are kept: lateness is a question to these columns.
"""

from datetime import UTC, datetime, time, timedelta
from operator import itemgetter

from django.db import models
from django.db.models import F, Q, Value, When
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.audit.transitions import ANY, Refused, StateMoved, transition
from harmony.encryption.fields import EncryptedTextField
from harmony.look.words import Clock
from harmony.organisation.worktime import moment, working_time
from harmony.people.models import User
from harmony.people.rota import Rota

from .. import access
from ..clocks import Clocks, Due
from ..kinds import Severity
from ..levels import is_more_serious
from .numbers import current

AHEAD = timedelta(days=14)  # how far the rota is looked at: a promise for later than that is none
NEARLY, SOON = timedelta(hours=2), timedelta(days=1)  # left of a clock that needs somebody now; of an urgent case's
END_OF_DAY = time(17)  # what is promised for a day is due with its working hours
HOUR = timedelta(hours=1)
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
TRIAGED = {"triaged"}
FROM_HIGH_UP = {Severity.CRITICAL, Severity.HIGH}
# each clock, in the order of the steps: its words, the column that says it was met (none: met means that it moves on)
NAMES = {
    "acknowledge": (_("First read"), "acknowledged_at"),
    "triage": (_("Weigh it"), "triaged_at"),
    "contact": (_("Contact outside"), "contacted_at"),
    "tell": (_("Tell the reporter"), "told_at"),
    "promise": (_("Tell the reporter more"), None),
    "plan": (_("Agree the plan"), "planned_at"),
    "review": (_("Review"), None),
    "recheck": (_("Second look"), None),
}
UNMET = {name: Q(closed_at=None) & (Q(**{met: None}) if met else Q()) for name, (_label, met) in NAMES.items()}
RUNS = UNMET | {"quiet": Q(closed_at=None)}  # no step is owed by then, and somebody is told of it
UNREAD, UNWEIGHED = Q(status="submitted"), Q(status="acknowledged")
UNPROMISED_YET = UNREAD & Q(rises_at=None) | UNWEIGHED & Q(triage_due=None)  # waits since it could have been done
URGENT = Q(severity=Severity.CRITICAL) | Q(pressing=True, triaged_at=None)


def clocks_at(at, readers=()):
    """The clocks as the organisation has set them; with the hours in which one of these readers can be reached."""
    cover = Rota(at, at + AHEAD).cover(at, at + AHEAD, of=readers) if readers else ()
    numbers = current()
    return Clocks(numbers.levels, working_time(numbers.opens), cover, numbers.quiet)


def due_at_filing(at, *, pressing, track, readers, by_the_hour=False):
    """The columns of a case that nobody has weighed yet.

    `by_the_hour`: `at` is the hour in which it came, rounded down, and no time may say more. So nothing is due before two
    hours after that: at whichever minute it came, an hour at least is left.
    """
    due = clocks_at(at, readers).filed(at, pressing=pressing, track=track)
    found = {"rises_at": due.rises} | {f"{name}_due": getattr(due, name) for name in NAMES}
    if by_the_hour:
        return {
            name: when and max(when, at + (HOUR if name == "rises_at" else 2 * HOUR)) for name, when in found.items()
        }
    return found


# what nobody promised waits from when it could have been done: reading from filing on, weighing from reading on
UNPROMISED = {"acknowledge": "filed_at", "triage": "acknowledged_at"}


def since(name):
    """From when on a clock is late, for the database."""
    return Coalesce(f"{name}_due", UNPROMISED[name]) if name in UNPROMISED else F(f"{name}_due")


def indexes():
    """Of each clock those cases for which it still runs: what the sweep and the list ask for."""
    return [
        *(models.Index(since(name), name=f"cases_by_{name}_since", condition=UNMET[name]) for name in UNPROMISED),
        *(
            models.Index(fields=[f"{name}_due"], name=f"cases_by_{name}_due", condition=unmet & _is_due(name))
            for name, unmet in RUNS.items()
        ),
    ]


def _is_due(name):
    return Q(**{f"{name}_due__isnull": False})


class TimedQuerySet(models.QuerySet):
    def overdue(self, at):
        """With a step that should have been done by now."""
        return self.filter(late(at))

    def with_next_due(self):
        """`soonest`: when the next step is due, or NEVER."""
        times = [
            models.Case(When(unmet & _is_due(name), then=F(f"{name}_due")), default=Value(NEVER))
            for name, unmet in UNMET.items()
        ]
        return self.alias(soonest=Least(*times, output_field=models.DateTimeField()))

    def needing_somebody(self, at):
        """Late or nearly due (an urgent one within a day), with words nobody has read, sinking, or quiet."""
        return self.filter(needs_somebody(at))

    def quiet(self, at):
        return self.filter(grown_quiet(at))


def late(at, within=timedelta(0)):
    found = Q(pk__in=())
    for name, unmet in UNMET.items():
        found |= unmet & Q(**{f"{name}_due__lt": at + within})
    return found


def needs_somebody(at):
    left_alone = Q(closed_at=None) & (Q(added_at__isnull=False) | sinking(at))
    return late(at, NEARLY) | (URGENT & late(at, SOON)) | left_alone | grown_quiet(at)


def grown_quiet(at):
    """Open, and nobody has written in it for too long (models/writing.py)."""
    return Q(closed_at=None, quiet_due__lte=at)


def sinking(at):
    """Nobody has read it, and half the time to do so is over; or nobody has weighed it, and the time to do so is over; or
    no time was promised for that. What nobody has weighed never sinks (decision 0081)."""
    return UNREAD & Q(rises_at__lte=at) | UNWEIGHED & Q(triage_due__lt=at) | UNPROMISED_YET


class Timed(models.Model):
    """What a case owes, by when: an abstract part of `Case`."""

    pressing = models.BooleanField(default=False)  # its reporter said something that cannot wait
    rises_at = models.DateTimeField(null=True, blank=True)  # unread from here on, it counts as urgent
    acknowledge_due = models.DateTimeField(null=True, blank=True)
    triage_due = models.DateTimeField(null=True, blank=True)
    # somebody outside was told, or it was decided that nobody need be
    contact_due = models.DateTimeField(null=True, blank=True)
    contacted_at = models.DateTimeField(null=True, blank=True)
    contacted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    tell_due = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # for the first time
    told_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    promise_due = models.DateTimeField(null=True, blank=True)  # by when they were promised to hear more
    reviews_from = models.DateTimeField(null=True, blank=True)  # what reviews are counted from
    review_due = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)  # for the last time
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    triaged_as = models.CharField(max_length=8, choices=Severity, blank=True)  # `severity` is what it is now
    lower_to = models.CharField(max_length=8, choices=Severity, blank=True)  # asked for, and not yet agreed
    lower_why = EncryptedTextField(blank=True)
    lower_asked_at = models.DateTimeField(null=True, blank=True)
    lower_asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def due(self):
        return Due(**{name: getattr(self, f"{name}_due") for name in NAMES}, rises=self.rises_at)

    @property
    def met(self):
        """The clocks that have been met. A review is never met for good."""
        return {name for name, (_label, met) in NAMES.items() if met and getattr(self, met)}

    def next_due(self):
        """(when, which clock) of what is due next; None where nothing is."""
        due = {name: getattr(self, f"{name}_due") for name in NAMES if name not in self.met and not self.closed_at}
        running = [(when, name) for name, when in due.items() if when]
        return min(running, key=itemgetter(0), default=None)  # of two at once, the earlier step

    def next_clock(self, at, *, brief=False):
        """The same as components/clock.html shows it; brief in a row of a list."""
        if not (following := self.next_due()):
            return self._nothing_promised()
        due, name = following
        return Clock.of(due, started=self.began(name), label=NAMES[name][0], at=at, brief=brief)

    def _nothing_promised(self):
        said = {
            "submitted": _now("First read: no time was promised"),
            "acknowledged": _now("Weigh it: no time was promised"),
        }
        if self.status not in said:
            return None
        return Clock("soon", _now("Nobody was on call"), 0, "", label=said[self.status])

    def step_to(self, severity):
        """The step that leads to this level: taken at once, or asked for."""
        asks = self.severity in FROM_HIGH_UP and is_more_serious(self.severity, severity)
        return self.ask_to_lower if asks else self.reweigh

    @transition(source=TRIAGED, to=None, may=access.may_work, reason=True, done=_("weighed this again"))
    def reweigh(self, severity, refer=None, refer_reason="", *, by, at, why):
        """Another level, with a reason. Lowering from High or Critical is asked for, and agreed by somebody else."""
        if severity == self.severity:
            raise Refused(_now("It has this level already. Choose another one."))
        if is_more_serious(severity, self.severity):
            self._raise(severity, at)
            self._refer(refer, refer_reason, by, at)
        elif self.severity in FROM_HIGH_UP:
            raise Refused(_now("To lower this level, somebody else must agree. Ask them first."))
        else:
            self._lower(severity, at)
        said = self._levels(severity)
        self.severity = severity
        self._log(_now("Level changed from %(before)s to %(now)s.") % said, why, by, at)
        self._forget_what_was_asked()

    @transition(source=TRIAGED, to=None, may=access.may_work, reason=True, done=_("asked to lower this"))
    def ask_to_lower(self, severity, *, by, at, why):
        """From High or Critical down: it stays as it is until a second person agrees."""
        if self.step_to(severity) != self.ask_to_lower:
            raise Refused(_now("Nobody else needs to agree to this. Change the level yourself."))
        if self.lower_to:
            raise StateMoved(_now("Somebody has asked for this already."))
        self.lower_to, self.lower_why, self.lower_asked_at, self.lower_asked_by = severity, why, at, by
        self._log(_now("Asked to change the level from %(before)s to %(now)s.") % self._levels(severity), why, by, at)

    @transition(source=TRIAGED, to=None, may=access.may_agree, done=_("agreed to lower this"))
    def agree(self, *, by, at):
        self._asked_for()
        self._lower(self.lower_to, at)
        said = {**self._levels(self.lower_to), "name": self.lower_asked_by.name}
        words = _now("Level changed from %(before)s to %(now)s, as %(name)s asked.") % said
        self.severity = self.lower_to
        self._log(words, self.lower_why, by, at)
        self._forget_what_was_asked()

    @transition(source=TRIAGED, to=None, may=access.may_be_second, reason=True, done=_("kept this level"))
    def decline(self, *, by, at, why):
        """The level stays. Whoever asked may take it back in the same way."""
        self._asked_for()
        self._log(_now("The level stays %(before)s.") % self._levels(self.lower_to), why, by, at)
        self._forget_what_was_asked()

    @transition(source=TRIAGED, to=None, may=access.may_work, done=_("decided to refer this to nobody"))
    def leave_unreferred(self, reason, *, by, at):
        """What was to be referred is not after all."""
        self._refer(False, reason, by, at)

    @transition(source=ANY, to=None, may=access.may_work, done=_("told the reporter"))
    def tell_reporter(self, words, asks=False, more_on=None, says_who_talks=False, *, by, at):
        """What whoever reported it may know. It stands on the page of their own report, as often as there is more.

        `asks`: it is a question to them. `more_on`: the day by which they hear more; then that is a clock of the case.
        `says_who_talks`: it says who talks with those who asked for that.
        """
        for report in self.reports.all():
            last = report.replies.last()
            if not last or last.words != words:  # sent twice is told once
                report.replies.create(author=by, words=words, asks=asks, more_on=more_on, told_at=at)
        if says_who_talks:
            self.reports.filter(support_answered_at=None).exclude(support_asked_at=None).update(support_answered_at=at)
            self._stop(at, "support")
        if not self.told_at:
            self.told_at, self.told_by = at, by
        self.promise_due = moment(more_on, END_OF_DAY) if more_on and not self.closed_at else None
        self._stop(at, "tell", "promise")
        self._stop(at, "tell")
        self._messages_are_answered(at)
        self._has_words_for_its_reporters(by, at)

    def _weighed(self, by, at):
        """At triage: the times of its level, and the decision about contact outside."""
        due = clocks_at(at).weighed(
            self.due, self.severity, filed_at=self.filed_at, at=at, track=self.track, met=self.met
        )
        self.triaged_as, self.reviews_from = self.severity, at
        self._owe(due)
        self._refer(self.refer, self.refer_reason, by, at)
        self._is_heard_of(at)

    def _raise(self, severity, at):
        self._advice_is_not_enough(at)
        self._owe(clocks_at(at).raised(self.due, severity, at=at, met=self.met, track=self.track))
        self.reviews_from = at
        self.contacted_at = self.contacted_by = None  # judged again
        self._forget_the_test()
        self._forget_asked_to_close()

    def _lower(self, severity, at):
        began = {"filed_at": self.filed_at, "reviews_from": self.reviews_from}
        self._owe(clocks_at(at).lowered(self.due, severity, **began, at=at, met=self.met, track=self.track))

    def _owe(self, due):
        self.contact_due, self.tell_due, self.plan_due = due.contact, due.tell, due.plan
        self.review_due = due.review

    def _refer(self, refer, reason, by, at):
        """Not to refer is a decision too (R5): with its reason, it meets the clock."""
        if refer is not None:
            self.refer, self.refer_reason = refer, reason
        if refer is False:
            self._contacted(at, by)

    def _contacted(self, at, by):
        if not self.contacted_at:
            self.contacted_at, self.contacted_by = at, by
        self._stop(at, "contact")

    def _begin_reviews(self, at):
        self.reviews_from, self.review_due = at, clocks_at(at).review(self.severity, at)

    def _asked_for(self):
        if not self.lower_to:
            raise StateMoved(_now("Nobody asks for this any more."))

    def _forget_what_was_asked(self):
        self.lower_to = self.lower_why = ""
        self.lower_asked_at = self.lower_asked_by = None

    def _levels(self, severity):
        return {"before": self.get_severity_display(), "now": Severity(severity).label}
