"""What comes each Monday: a summary for those who work cases, the seal and the numbers for those who answer for it all.

The summary is a page; its e-mail says that it is ready. The other e-mail holds the seal of the book, which is worth
something only outside, and figures of the whole organisation: none of them small, none of a case kept apart (0133).
"""

from datetime import timedelta

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from harmony import between
from harmony.audit import book
from harmony.look.figures import to_hide
from harmony.look.words import clock_time
from harmony.notifications.inbox import unanswered_reminders
from harmony.notifications.ladders import Weekly
from harmony.notifications.waits import Wait
from harmony.people.models import User
from incidents.facts import KEPT_APART, period
from incidents.models import Case

from . import access

PERIOD = timedelta(weeks=12)


def lines(user, at=None):
    """The summary of one person: what each room says, and reminders about no case that nobody has answered."""
    reminders = between.Line(_("Reminders that nobody has answered"), unanswered_reminders(), reverse("home:running"))
    return [*between.week(user, at or now()), reminders]


def letter(user, notice, at):
    """The seal, and the last twelve weeks in numbers."""
    seal = book.newest_seal()
    facts = period(at - PERIOD, at, for_whom=user, at=at)
    counts = {
        _("Concerns reported"): facts.filed,
        _("Closed"): facts.closed,
        _("Open now"): facts.still_open,
        _("With something late"): Case.objects.countable_by(user).overdue(at).count(),
    }
    shown = {
        "digest": seal.digest if seal else "",
        "sealed": clock_time(seal.made) if seal else "",
        "figures": [(label, _said(count, hidden=label in to_hide({label: count}))) for label, count in counts.items()],
        "apart": KEPT_APART,
    }
    return render_to_string("home/weekly.txt", shown)


def _said(count, *, hidden):
    """These figures are no parts of one another, so none can be had from the rest."""
    return _("fewer than 5") if hidden else str(count)


def _themselves(user, here):
    return here.present([user])


def _each_monday(code, posts):
    """For whoever holds one of these posts on the day."""
    ladder = Weekly(code, code, code, _themselves)
    return Wait(ladder, lambda at: ladder.untold(User.objects.holding(*posts, on=localdate(at)), at), "name")


WAITS = [_each_monday("week", access.CASE_READERS), _each_monday("numbers", access.ANCHORS)]
