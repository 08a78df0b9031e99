"""A case as the schedule sees it: when its time is over, what goes with it, and what is cleared once its keys are gone."""

from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from harmony import between
from harmony.retention import stores

from . import access
from .models import Case, CaseGrant, CasePerson, Monitoring
from .past import due
from .speak.models import Thread


def register():
    stores.register(
        stores.Store(
            code="case",
            name=_("Case"),
            # those one works; not those shared with one, or opened for an hour, to read
            records=lambda user: Case.objects.filter(access.cases_worked_by(user)),
            destroyed=lambda user: Case.objects.filter(access.destroyed_visible_to(user)),
            due=due,
            label=lambda case: case.reference,
            roots=roots,
        )
    )


def roots(case):
    """Its own, and those of what hangs on it with a key of its own: reports, and the answers for equality."""
    reports = case.reports.order_by("root").values_list("root", flat=True)
    return [case.root, *reports, *Monitoring.objects.filter(case=case).values_list("root", flat=True)]


@between.erased.offer
def clear_cases(roots, by, at):
    """Nobody opens it any more; no child's record leads to it, nobody has a share of it, and no six words open it."""
    gone = Case.objects.filter(root__in=roots, destroyed_at=None)
    cases = list(gone.values_list("pk", flat=True))
    gone.update(destroyed_at=at)
    CasePerson.objects.filter(case__in=cases).update(young_person=None, lives_in=None, works_in=None)
    CaseGrant.objects.filter(content_object__in=cases).delete()
    for thread in Thread.objects.filter(report__case__in=cases):
        Thread.objects.filter(pk=thread.pk).update(code=f"destroyed {uuid4().hex}")
    return ()
