"""What this room gives to others: figures for the week, and whose role training has run out."""

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from harmony import between

from . import access
from .models import Completion, Owed


@between.week.offer
def week(user, at):
    """The digest of those who keep training: how many have a gap, and what waits to be checked."""
    if access.may_keep(user):
        late = Owed.objects.late(localdate(at)).exclude(course=None).values("user").distinct().count()
        yield between.Line(_("People whose training has run out or is not done"), late, reverse("training:matrix"))
        late = Owed.objects.late(localdate(at)).filter(course=None).count()
        yield between.Line(_("People whose supervision is late"), late, reverse("training:supervisions"))
        waiting = Completion.objects.to_check().count()
        yield between.Line(_("Training that waits to be checked"), waiting, reverse("training:to_check"))


@between.competence.offer
def competence(user, at=None):
    """What their role asks them to have learned and has run out: its title and its last day. One query."""
    late = Owed.objects.late(localdate(at)).filter(user=user, for_role=True).select_related("course")
    for owed in late:
        yield between.Lapse(owed.course.title, owed.due_on)


@between.rules.offer
def rules():
    """What each rests on (S3)."""
    yield between.Rule("R44", _lazy("Everybody is taught each form of abuse that the statement names."), ("kcsie", "S27"))
    yield between.Rule("R46", _lazy("Whoever works cases has supervision, and it is written down."), ("working-together", "S23"))
