"""What has to be looked after so that a concern can be dealt with: cover, people, the book, the machine."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from harmony.audit import book
from harmony.documents.models import Export
from harmony.encryption import keys
from harmony.look.words import by, clock_time, short_time
from harmony.people.access import ROTA_KEEPERS
from harmony.people.models import Appointment, Membership, Post, User

from .. import access, first_steps
from ..health import LONG, SILENT
from ..models import KeySheet
from ..runs import last_seen
from . import Part

MOST = 8
LATEST = 3
WAITS_FOR = {
    User.Status.INVITED: (gettext_lazy("Invited, not signed in yet"), "amber"),
    User.Status.ACTIVE: (gettext_lazy("Nothing here any more, can still sign in"), "red"),
}
STALE = timedelta(hours=26)  # a seal and a check a day, and two hours for a late start


def cover(here):
    """Who answers now and until when, and the next time while we are open in which nobody does."""
    if not here.user.holds(*ROTA_KEEPERS, Post.TRUSTEE, Post.VICE):
        return None
    on_call = [(reach.user.name, reach.phone, by(reach.until, at=here.at)) for reach in here.rota.on_call(here.at)]
    gaps = here.rota.gaps(here.at, here.at + first_steps.COVERED, here.organisation.hours)
    gap = next((gap for gap in gaps if gap.while_open), None) or next(iter(gaps), None)
    shown = {"on_call": on_call} | _own_absence(here)
    if gap is None:
        return Part("cover", shown)
    finding = _("Nobody is on call in part of your opening hours") if gap.while_open else ""
    times = {"since": short_time(gap.since, at=here.at), "until": short_time(gap.until, at=here.at)}
    return Part("cover", shown | {"gap": times, "while_open": gap.while_open}, finding=finding)


def _own_absence(here):
    """For whoever is rung, or would be but for being away: whether they are, and who is rung in their place."""
    away = here.rota.absence_of(here.user, here.at)
    if not away and here.user.pk not in {reach.user.pk for reach in here.rota.reachable(here.at)}:
        return {}
    return {"away": away, "sentence": here.rota.in_place_of(here.user, here.at)}


def steps(here):
    """The first steps, until the last is taken."""
    if not access.may_see_first_steps(here.user):
        return None
    found = first_steps.steps(here.at, organisation=here.organisation, contacts=here.contacts, rota=here.rota)
    left, done = ([step for step in found if step.done is whether] for whether in (False, True))
    return Part("steps", {"left": left, "done": done}) if left else None


def people(here):
    """Accounts that wait for somebody, by name, and help lines that nobody has rung for a year."""
    if not access.may_see_to_people(here.user):
        return None
    gone = Q(status=User.Status.ACTIVE) & ~Q(pk__in=Membership.objects.standing(localdate(here.at)).values("user"))
    gone &= ~Q(pk__in=Appointment.objects.standing(localdate(here.at)).values("user"))
    waiting = User.objects.filter(gone | Q(status=User.Status.INVITED)).order_by("status", "name")[: MOST + 1]
    rows = [(reverse("people:person", args=[one.pk]), one.name, WAITS_FOR[one.status]) for one in waiting]
    unchecked = sum(not one.is_checked(localdate(here.at)) for one in here.contacts)
    shown = {"rows": rows[:MOST], "are_more": len(rows) > MOST, "unchecked": unchecked}
    return Part("people", shown, finding=_left(len(rows), unchecked))


def _left(people, unchecked):
    left = people + bool(unchecked)
    words = ngettext("%(count)d thing to look after", "%(count)d things to look after", left)
    return words % {"count": left} if left and people <= MOST else ""


def the_book(here):
    """Whether the audit book is sealed and was found whole. Never a line of it."""
    if not access.may_see_the_book(here.user):
        return None
    seal, check = book.newest_seal(), book.newest_check()
    is_old = not check or here.at - check.happened > STALE
    shown = {
        "seal": seal and clock_time(seal.made),
        "digest": seal and seal.digest[:12],
        "checked": check and clock_time(check.happened),
        "holds": check and check.verb == book.HOLDS,
        "is_old": is_old,
        "may_report": access.may_report(here.user),
    }
    return Part("book", shown, finding=_of_the_book(shown), calls=is_old or not shown["holds"])


def _of_the_book(shown):
    if not shown["checked"]:
        return _("Nobody has checked the audit book yet")
    if not shown["holds"]:
        return _("The audit book does not hold")
    return _("The audit book was not checked today") if shown["is_old"] else _("The audit book holds")


def machine(here):
    """Keys and signs of life, a query each. The page behind it asks every part."""
    if not access.may_see_to_the_machine(here.user):
        return None
    beat = last_seen()
    waiting = Export.objects.waiting(here.at).filter(requested_at__lt=here.at - LONG).count()
    old_keys = keys.outdated().count()
    facts = [
        _fact(beat and here.at - beat <= SILENT, _("The background worker runs"), _("The background worker is silent")),
        _fact(
            not KeySheet.objects.lacking(here.at),
            _("Two trustees hold the key sheets"),
            _("The key sheets are not held by two trustees"),
        ),
        _fact(
            not old_keys,
            _("Every key is wrapped by the newest master key"),
            _("Some keys are wrapped by an older master key"),
        ),
        _fact(not waiting, _("No document waits for long"), _("A document has waited for long")),
    ]
    wrong = [says for is_well, says in facts if not is_well]
    return Part("machine", {"facts": facts}, finding=wrong[0] if wrong else "")


def _fact(is_well, well, not_well):
    return bool(is_well), well if is_well else not_well


def papers(here):
    """What an auditor may read and take out, and what they asked for last."""
    if not here.user.holds(Post.AUDITOR):
        return None
    asked = Export.objects.visible_to(here.user).order_by("-requested_at")[:LATEST]
    rows = [(one.get_absolute_url(), one.kind_of.title, short_time(one.requested_at, at=here.at), one) for one in asked]
    return Part("papers", {"rows": rows})
