"""A meeting of agencies about a case: who was asked, the report that is owed, who went, what was decided, where the minutes are.

Strategy meetings, child protection conferences, core groups and their like are called by others. What is ours: to be there, to
send a report in time, and to keep what was decided (R7, practice.md 2.1).
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import NEW, Refused, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.look.words import clock_time
from harmony.notifications.models import Notice
from harmony.people.models import User

from .. import access
from ..levels import Length
from .cases import Case
from .owed import A_WORKING_DAY, Owed, OwedQuerySet
from .timing import clocks_at

MINUTES_WITHIN = Length(10, "wd")  # then they are asked for


class Meeting(Recorded, Owed):
    class Kind(models.TextChoices):
        STRATEGY = "strategy", _("Strategy meeting or discussion")
        INITIAL = "initial", _("First child protection conference")
        REVIEW = "review", _("Review child protection conference")
        CORE = "core", _("Core group")
        IN_NEED = "in-need", _("Child in need or family help meeting")
        ALLEGATION = "allegation", _("Meeting about an allegation, with the designated officer (LADO)")
        ADULT = "adult", _("Safeguarding meeting about an adult")
        OTHER = "other", _("Another meeting")

    class Status(models.TextChoices):
        COMING = "coming", _("To come")
        HELD = "held", _("It took place, and one of us was there")
        MISSED = "missed", _("It took place without us")
        CANCELLED = "cancelled", _("It did not take place")

    case = models.ForeignKey(Case, models.PROTECT, related_name="meetings")
    root = RootField("case")
    kind = models.CharField(max_length=10, choices=Kind)
    status = models.CharField(max_length=9, choices=Status)
    happens_at = models.DateTimeField()
    place = EncryptedTextField(blank=True)  # or the link
    chair = EncryptedTextField(blank=True)
    invited = EncryptedTextField()  # who of us, and who else
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    report_due = models.DateTimeField(null=True, blank=True)
    report_sent_at = models.DateTimeField(null=True, blank=True)
    attended = EncryptedTextField(blank=True)  # who was there; or why nobody of us was
    decisions = EncryptedTextField(blank=True)
    minutes = EncryptedTextField(blank=True)  # where they are
    minutes_at = models.DateTimeField(null=True, blank=True)

    objects = OwedQuerySet.as_manager()
    guards = [
        Guard(
            on=("DELETE",), refuse_when="1 = 1", say=gettext_noop("A meeting stays. Say that it did not take place.")
        ),
        Guard(
            on=("UPDATE",),
            refuse_when="OLD.status <> 'coming' AND NEW.status <> OLD.status",
            say=gettext_noop("What was said of this meeting stays. Write what is right in the chronology."),
        ),
    ]

    class Meta:
        ordering = ["-happens_at"]
        indexes = [models.Index(fields=["due_at"], name="meetings_owed", condition=Q(due_at__isnull=False))]
        constraints = [
            models.CheckConstraint(
                name="meeting_status_known", condition=Q(status__in=["coming", "held", "missed", "cancelled"])
            ),
            models.CheckConstraint(
                name="a_coming_meeting_owes_something",
                condition=~Q(status="coming") | Q(due_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Meeting about {self.case}"

    def get_absolute_url(self):
        return reverse("incidents:meeting", args=[self.case_id, self.pk])

    @property
    def owes_report(self):
        return bool(self.status in ("", self.Status.COMING) and self.report_due and not self.report_sent_at)

    @transition(source=NEW, to=Status.COMING, may=access.may_refer, done=_("wrote this meeting down"))
    def invite(self, kind, happens_at, place, chair, invited, report_due, *, by, at):
        """Somebody asked us to come."""
        if self.case.closed_at:
            raise Refused(_now("This case is closed. Reopen it first."))
        self.kind, self.asked_by, self.asked_at = kind, by, at
        self._set(happens_at, place, chair, invited, report_due, at)
        words = [_now("We are asked to come: %(when)s.") % {"when": clock_time(happens_at)}, invited]
        self._tell_the_case("note", words, at, by, at)

    @transition(source={Status.COMING}, to=None, may=access.may_refer, done=_("changed this meeting"))
    def change(self, happens_at, place, chair, invited, report_due, *, by, at):
        """Another time or place."""
        was = self.happens_at
        self._set(happens_at, place, chair, invited, report_due, at)
        if was != happens_at:
            words = _now("It was moved from %(was)s to %(now)s.")
            self._tell_the_case("note", [words % {"was": clock_time(was), "now": clock_time(happens_at)}], at, by, at)

    @transition(source={Status.COMING}, to=None, may=access.may_refer, done=_("sent the report for this"))
    def send_report(self, words, happened_at, *, by, at):
        """To whom and how: it stands in the chronology."""
        self.report_sent_at = happened_at
        self._owe_next(at)
        self._tell_the_case("contact", [_now("Our report was sent."), words], happened_at, by, at)

    @transition(source={Status.COMING}, to=Status.HELD, may=access.may_refer, done=_("wrote up this meeting"))
    def hold(self, attended, decisions, minutes="", *, by, at):
        self._over(attended, decisions, minutes, at)
        there = _now("Who was there: %(names)s") % {"names": attended}
        self._tell_the_case("meeting", [there, decisions], self.happens_at, by, at)

    @transition(
        source={Status.COMING}, to=Status.MISSED, may=access.may_refer, done=_("said that nobody of us was there")
    )
    def miss(self, attended, decisions="", minutes="", *, by, at):
        """Nobody of us was there; `attended` says why."""
        self._over(attended, decisions, minutes, at)
        words = [_now("Nobody of us was there: %(why)s") % {"why": attended}, decisions]
        self._tell_the_case("meeting", words, self.happens_at, by, at)

    @transition(
        source={Status.COMING},
        to=Status.CANCELLED,
        may=access.may_refer,
        reason=True,
        done=_("called this meeting off"),
    )
    def cancel(self, *, by, at, why):
        self.due_at, self.moved_at = None, at
        Notice.objects.of(self, "meeting").stop(at)
        self._tell_the_case("note", [_now("It does not take place."), why], at, by, at)

    @transition(source={Status.HELD, Status.MISSED}, to=None, may=access.may_refer, done=_("got the minutes of this"))
    def get_minutes(self, minutes, decisions="", *, by, at):
        """Where they are kept; and what was decided, where that was not known before."""
        self.minutes, self.minutes_at, self.decisions = minutes, at, self.decisions or decisions
        self.due_at, self.moved_at = None, at
        Notice.objects.of(self, "meeting").stop(at)
        self._tell_the_case("note", [_now("Minutes: %(where)s") % {"where": minutes}, decisions], at, by, at)

    def _set(self, happens_at, place, chair, invited, report_due, at):
        if report_due and report_due > happens_at:
            raise Refused(_now("The report is due before the meeting. Check both times."))
        self.happens_at, self.place, self.chair, self.invited = happens_at, place, chair, invited
        self.report_due = report_due
        self._owe_next(at)

    def _owe_next(self, at):
        """The report first; then, a working day after it, what came of the meeting."""
        Notice.objects.of(self, "meeting").stop(at)
        written_up = clocks_at(at).after(A_WORKING_DAY, self.happens_at)
        self.moved_at, self.due_at = at, self.report_due if self.owes_report else written_up

    def _over(self, attended, decisions, minutes, at):
        if self.happens_at > at:
            raise Refused(_now("This meeting is still to come. Change its time first, if it was earlier."))
        self.attended, self.decisions, self.minutes = attended, decisions, minutes
        self.minutes_at = at if minutes else None
        self._owe(None if minutes else MINUTES_WITHIN, at, at)
        Notice.objects.of(self, "meeting").stop(at)

    def _tell_the_case(self, kind, words, happened_at, by, at):
        lines = "\n\n".join(filter(None, [f"{self.get_kind_display()}.", *words]))
        self.case.write(kind, lines, min(happened_at, at), significant=kind != "note", by=by, at=at)
