"""How long what belongs to no room is kept: the book, and who was here. And what waits for a decision, once a week."""

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony import between
from harmony.between import KeptFor

from . import access
from .models import Proposal


@between.retention_classes.offer
def classes():
    yield KeptFor(
        "book",
        _("The audit book: who did what, and when"),
        None,
        _("Each line, as it is written."),
        _("It shows whether a record is what was written. It holds no readable word of a record that was destroyed."),
        ("ico-storage", "nspcc-records"),
    )
    yield KeptFor(
        "people",
        _("Who worked here, and which posts they held"),
        6,
        _("The day they leave us."),
        _("We may have to say who was responsible. Claims can be made for six years."),
        ("ico-storage",),
    )


@between.week.offer
def past_their_time(user, at):
    if access.may_decide(user):
        waiting = Proposal.objects.visible_to(user).waiting()
        yield between.Line(
            _now("Records past their time, for two of you to decide on"), waiting.count(), reverse("retention:past")
        )
