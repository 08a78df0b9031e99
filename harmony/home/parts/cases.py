"""What cases ask of somebody now; and, for those who answer for the whole, numbers without content."""

from datetime import timedelta

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.audit.events import note_list
from harmony.encryption.fields import load_keys
from harmony.look.words import by
from harmony.notifications.models import Notice
from harmony.people.models import Post
from incidents.access import ABOVE, HANDLING
from incidents.facts import KEPT_APART
from incidents.kinds import Severity, Track
from incidents.models import Case, Report, SecondLook
from incidents.models.timing import late, needs_somebody

from .. import access
from ..figures import SMALL, said, to_hide
from . import Part

MOST = 5
PERIOD = timedelta(weeks=12)
OPEN = Q(closed_at=None)
# what was promised: its words, when it was due, when it was done
PROMISES = (
    ("read", "acknowledge_due", "acknowledged_at"),
    ("weighed", "triage_due", "triaged_at"),
    ("told", "tell_due", "told_at"),
)


def needs(here):
    """The most urgent cases of whoever works cases, and how many need them now."""
    if not here.user.holds(*HANDLING, *ABOVE):
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


def numbers(here):
    """The last twelve weeks in numbers: promises kept or not, what is open and late. No case, and no small figure."""
    if not access.may_see_numbers(here.user):
        return None
    counted = Case.objects.countable_by(here.user)
    counts = counted.aggregate(
        filed=Count("pk", filter=_recent(here.at)),
        open=Count("pk", filter=OPEN),
        late=Count("pk", filter=OPEN & late(here.at)),
        **{f"{name}_{what}": Count("pk", filter=which) for name, what, which in _promises(here.at)},
        **{f"level_{code or 'none'}": Count("pk", filter=OPEN & Q(severity=code)) for code in ("", *Severity.values)},
    )
    promises = [_promise(name, counts) for name, _due, _met in PROMISES]
    counts["raised"] = _raised_to(here.user)
    shown = {
        "counts": counts,
        "apart": KEPT_APART,
        "promises": promises,
        "levels": _levels(counts, here.user),
        "list": _list(here.user),
    }
    return Part("numbers", shown, finding=_late(counts), calls=counts["late"] > 0)


def _raised_to(user):
    """What waits for this person: no figure of the whole, but of what they may open."""
    raised_to = [post for post in ABOVE if user.holds(post)]
    return Case.objects.visible_to(user).filter(OPEN, raised_to__in=raised_to).count() if raised_to else 0


def _recent(at):
    return Q(filed_at__gte=at - PERIOD)


def _promises(at):
    """How many had this promised and over by now, and how many of them had it kept."""
    for name, due, met in PROMISES:
        over = _recent(at) & (Q(**{f"{met}__isnull": False}) | Q(**{f"{due}__lt": at})) & Q(**{f"{due}__isnull": False})
        yield name, "of", over
        yield name, "kept", over & Q(**{f"{met}__lte": F(due)})


def _promise(name, counts):
    """In words; where there are few, nothing that could point at one."""
    of, kept = counts[f"{name}_of"], counts[f"{name}_kept"]
    labels = {"read": _("Read in time"), "weighed": _("Weighed in time"), "told": _("Reporter told in time")}
    if of < SMALL:
        return {"label": labels[name], "says": _("Too few to show"), "tone": "plain"}
    words = _("%(kept)d of %(of)d") % {"kept": kept, "of": of}
    return {"label": labels[name], "says": words, "tone": "plain" if kept == of else "amber"}


def _levels(counts, user):
    labels = {"none": _("Not assessed"), **{level.value: level.label for level in Severity}}
    found = {code: counts[f"level_{code}"] for code in (*Severity.values, "none")}
    hidden = set() if access.may_see_small_figures(user) else to_hide(found)
    return [(labels[code], said(count, hidden=code in hidden)) for code, count in found.items()]


def _late(counts):
    if not counts["late"]:
        return _("Nothing is late in any case")
    words = ngettext("Something is late in %(count)d case", "Something is late in %(count)d cases", counts["late"])
    return words % {"count": counts["late"]}


def _list(user):
    """Where whoever works some of them finds those; the numbers lead nowhere."""
    return reverse("incidents:cases") if user.holds(Post.LEAD, Post.CHAIR, Post.VICE) else ""
