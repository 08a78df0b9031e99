"""What this room gives to others: the work of somebody who leaves, for somebody else to take over; and whom a page
must not offer to somebody who has told of them."""

from contextlib import suppress
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony import between
from harmony.audit.transitions import Refused
from harmony.people.models import User

from . import access, keeping, lines, rules  # noqa: F401 (how long things are kept; the rules, and what each rests on)
from .models import Action, Case, Report
from .proofs import counted
from .queue import Standing


@dataclass(frozen=True)
class Work:
    """Open work of one person. What is counted is what the asker may know of; what moves is all of it."""

    of: object
    cases: int
    actions: int

    def __bool__(self):
        return bool(self.cases or self.actions)

    def __str__(self):
        cases = ngettext("%(count)d open case", "%(count)d open cases", self.cases) % {"count": self.cases}
        actions = ngettext("%(count)d open action", "%(count)d open actions", self.actions) % {"count": self.actions}
        return f"{cases}, {actions}"

    def take_over(self, to, *, by):
        """Case by case, as far as `to` may have it: what they may not work becomes nobody's, and stands in the list so."""
        for case in Case.objects.still_open().filter(owner=self.of):
            case.hand_over(to, by=by)
        for action in Action.objects.open().filter(owner=self.of).select_related("case__owner"):
            with suppress(Refused):  # nobody may have it: whoever works the case still sees it there
                action.hand_over(to, by=by)


def handover(user, asked_by):
    """What is left open by somebody who leaves, as somebody else may know it."""
    cases = Case.objects.countable_by(asked_by).still_open()
    return Work(
        of=user,
        cases=cases.filter(owner=user).count(),
        actions=Action.objects.open().filter(owner=user, case__in=cases).count(),
    )


@between.related.offer
def keep_family_out(relationship, by):
    """Of every case in which the child has a part, closed ones too."""
    if relationship.kind in lines.CLOSE:
        with_the_child = Case.objects.filter(people__young_person=relationship.young_person)
        kept_out = relationship.user.recusals.values("case")
        for case in with_the_child.exclude(pk__in=kept_out).distinct().order_by("root"):
            case.keep_family_out([relationship.user], by=by)
    return ()


@between.handover.offer
def open_work(user, asked_by):
    """Offered even when the asker may know of nothing: what they may not count still becomes somebody else's."""
    work = handover(user, asked_by)
    takers = User.objects.active().exclude(pk=user.pk)
    yield between.Work(key="cases", what=str(work) if work else "", takers=takers, give=work.take_over)


@between.opens_records.offer
def has_a_share(user):
    yield user.casegrant_set.exists()


@between.case_label.offer
def case_label(reference, user):
    for case in Case.objects.visible_to(user).filter(reference=reference):
        yield between.CaseLabel(case.reference, case.get_absolute_url())


@between.week.offer
def week(user, at):
    """Of the cases this person may open: how many stand in each list, and the list."""
    cases, standing = reverse("incidents:cases"), Standing.of(Case.objects.visible_to(user), at)
    actions = Action.objects.of_cases_visible_to(user).late(at)
    yield between.Line(_("Cases that need somebody now"), standing.needing, cases)
    yield between.Line(_("Cases with something late"), standing.tiles["late"], f"{cases}?show=late")
    yield between.Line(_("Reviews due this week"), standing.tiles["reviews"], f"{cases}?show=reviews")
    yield between.Line(_("Cases that have gone quiet"), standing.tiles["quiet"], f"{cases}?show=quiet")
    passed_on = Case.objects.visible_to(user).to_look_at_again_by(user).count()
    yield between.Line(_("Passed on, for your second look"), passed_on, f"{cases}?show=passed-on")
    yield between.Line(_("Actions that are late"), actions.count(), f"{cases}?show=actions")


@between.about_child.offer
def there_is_a_record(young_person, user):
    """A mark on the ordinary file, without a word of what it is (R6)."""
    if not access.may_know_of_record(user):
        return
    if count := Case.objects.visible_to(user).about(young_person).count():
        yield between.Line(_("There is a record"), count, reverse("incidents:young_chronology", args=[young_person.pk]))


@between.not_to_ring.offer
def told_of(user):
    """Whoever has no part in an open case that this person reported, and whom their draft is about. One query for most."""
    draft = Q(status=Report.Status.DRAFT, about_us=True)
    sent = Q(case__closed_at=None, case__recusals__isnull=False)
    reports = list(Report.objects.filter(draft | sent, author=user).distinct())
    if not reports:
        return ()
    recused = User.objects.filter(recusals__case__in=[report.case_id for report in reports if report.case_id])
    named = [one for report in reports if not report.case_id for one in report.about]
    return {*recused, *access.kept_out(named)}


@between.facts.offer
def counts(since, until):
    """Of a whole year, less what is kept apart from anybody who leads or answers for us."""
    found = counted(None).filter(filed_at__date__range=(since, until))
    yield between.Line(_("Concerns that opened a case"), found.count())
    yield between.Line(_("Of these, closed by now"), found.filter(status=Case.Status.CLOSED).count())
