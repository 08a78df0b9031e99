"""What cases ask of somebody now."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.audit.events import note_list
from harmony.encryption.fields import load_keys
from harmony.look.words import by
from harmony.notifications.models import Notice
from incidents.access import ABOVE, CALLED, HANDLING
from incidents.kinds import Track
from incidents.models import Case, Report, SecondLook
from incidents.models.timing import needs_somebody

from . import Part

MOST = 5
OPEN = Q(closed_at=None)


def needs(here):
    """The most urgent cases of whoever works cases, and how many need them now. Those above have some when it came to that."""
    if not here.user.holds(*CALLED):
        return None
    seen = Case.objects.visible_to(here.user)
    counts = seen.aggregate(
        open=Count("pk", filter=OPEN),
        now=Count("pk", filter=needs_somebody(here.at)),
        added=Count("pk", filter=OPEN & Q(added_at__isnull=False)),
    )
    here.tell_the_menu("cases", counts["now"])
    if not counts["open"] and not here.user.holds(*HANDLING):
        return None
    rows = list(seen.filter(OPEN).select_related("owner").urgent_first(here.at)[:MOST])
    load_keys(rows)
    note_list("list", by=here.user, page="home", references=[case.reference for case in rows])
    shown = counts | {"rows": [_row(case, here.at) for case in rows]}
    return Part("needs", shown, finding=_how_many(counts), calls=counts["now"] > 0)


def _how_many(counts):
    if counts["now"]:
        words = ngettext("%(count)d case needs you now", "%(count)d cases need you now", counts["now"])
        return words % {"count": counts["now"]}
    return _("No case needs you now") if counts["open"] else _("No case is open")


def _row(case, at):
    return {
        "url": case.get_absolute_url(),
        "label": case.label,
        "reference": case.reference,
        "initials": case.initials,
        "severity": case.severity,
        "cannot_wait": case.is_urgent and not case.severity,
        "is_restricted": case.track == Track.WORKER or bool(case.raised_to),
        "was_added_to": bool(case.added_at),
        "owner": case.owner.name if case.owner and case.owner.is_active else "",
        "clock": case.next_clock(at),
    }


def looks(here):
    """Reporters who are not happy with an answer and ask this person to look again. Not a word of it."""
    if not here.user.holds(*ABOVE):
        return None
    asked = SecondLook.objects.visible_to(here.user).open().exclude(report__author=here.user).order_by("due_at")
    found = list(asked[: MOST + 1])
    if not found:
        return None
    rows = [(look.get_absolute_url(), by(look.due_at, at=here.at), look.due_at < here.at) for look in found[:MOST]]
    finding = ngettext(
        "%(count)d reporter asks you to look again", "%(count)d reporters ask you to look again", len(found)
    )
    return Part("looks", {"rows": rows}, finding=finding % {"count": len(found)})


def unsent(here):
    """Whom to ask about a report they never sent: those of whom this person was told. Nothing else of it."""
    if not here.user.holds(*ABOVE):
        return None
    told = {one.about: one for one in Notice.objects.filter(kind="unsent").visible_to(here.user).waiting()}
    drafts = Report.objects.unsent_visible_to(here.user).filter(pk__in=told).select_related("author")
    rows = [(told[draft.pk].link, draft.author.name, draft.author.phone) for draft in drafts]
    return Part("unsent", {"rows": rows}) if rows else None
