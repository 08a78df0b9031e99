"""For those who answer for the whole: how much is reported, what is late, how promises were kept.

No case, and no figure under five, nor what would give one away (decision 0190).
"""

from datetime import datetime, time, timedelta
from itertools import pairwise

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.look.charts import bars
from harmony.look.figures import SMALL, blurred, is_small, kept_in_words, said, shown, to_hide
from harmony.look.words import day
from harmony.people.models import Post
from incidents.facts import KEPT_APART, reviews
from incidents.kinds import Severity
from incidents.models import Case
from incidents.models.timing import late

from .. import access
from . import Part

WEEKS, PERIODS = 12, 4  # whole weeks that one figure spans, up to last Sunday; how many such figures stand side by side
OPEN = Q(closed_at=None)
# what was promised: its words, when it was due, when it was done
PROMISES = (
    ("read", "acknowledge_due", "acknowledged_at"),
    ("weighed", "triage_due", "triaged_at"),
    ("told", "tell_due", "told_at"),
)


def numbers(here):
    """One question for all the cases, and two for their reviews."""
    if not access.may_see_numbers(here.user):
        return None
    mondays = _mondays(here.at)
    counted = Case.objects.countable_by(here.user)
    counts = counted.aggregate(
        open=Count("pk", filter=OPEN),
        late=Count("pk", filter=OPEN & late(here.at)),
        **{f"filed_{number}": Count("pk", filter=_filed(*span)) for number, span in enumerate(_spans(mondays))},
        **{f"{name}_{what}": Count("pk", filter=which) for name, what, which in _promises(mondays[-2:], here.at)},
        **{f"level_{code or 'none'}": Count("pk", filter=OPEN & Q(severity=code)) for code in ("", *Severity.values)},
    )
    filed = [counts[f"filed_{number}"] for number in range(PERIODS)]
    figures = {
        "trend": _trend(filed, mondays),
        "chart": _chart(filed, mondays),
        "open": shown(counts["open"]),
        "late": shown(counts["late"]) if counts["late"] else "",
        "promises": _promised(counts, reviews(counted, *mondays[-2:], here.at)),
        "levels": _levels(counts, here.user),
        "apart": KEPT_APART,
        "list": _list(here.user),
    }
    return Part("numbers", figures, finding=_late(counts["late"]), calls=counts["late"] > 0)


# What was reported: whole weeks, so that no figure grows by one on the day on which somebody speaks up


def _mondays(at):
    """The midnights between the periods, oldest first. The last one ends last Sunday."""
    monday = localdate(at) - timedelta(days=localdate(at).weekday())
    days = [monday - timedelta(weeks=WEEKS * number) for number in reversed(range(PERIODS + 1))]
    return [datetime.combine(day, time.min, get_current_timezone()) for day in days]


def _spans(mondays):
    return pairwise(mondays)


def _filed(since, until):
    return Q(filed_at__gte=since, filed_at__lt=until)


def _trend(filed, mondays):
    """ "24 concerns were reported in the 12 weeks up to Sunday 22 November 2026. That is 3 more than …" """
    before, count = filed[-2:]
    words = ngettext("%(shown)s concern was reported", "%(shown)s concerns were reported", count)
    if is_small(count):
        words = _("%(shown)s concerns were reported")
    words = _("%(words)s in the %(weeks)d weeks up to %(day)s.") % {
        "words": words % {"shown": shown(count)},
        "weeks": WEEKS,
        "day": day(mondays[-1].date() - timedelta(days=1)),
    }
    return f"{words} {_beside(count, before)}".strip()


def _beside(count, before):
    if is_small(count) and is_small(before):
        return ""
    if count == before:
        return _("That is as many as in the 12 weeks before.")
    if is_small(count) or is_small(before):
        more, fewer = _("That is more than in the 12 weeks before."), _("That is fewer than in the 12 weeks before.")
    else:
        more = _("That is %(count)d more than in the 12 weeks before.")
        fewer = _("That is %(count)d fewer than in the 12 weeks before.")
    return (more if count > before else fewer) % {"count": abs(count - before)}


def _chart(filed, mondays):
    """A bar for each twelve weeks of the last year, almost. A small one is drawn as four, whatever it is."""
    ends = [monday.date() - timedelta(days=1) for monday in mondays[1:]]
    pairs = [
        (f"{end.day} {MONTHS[end.month]} {end.year}", blurred(count)) for end, count in zip(ends, filed, strict=True)
    ]
    headings = {"label_heading": _("12 weeks up to"), "value_heading": _("Concerns")}
    return bars(_("Concerns reported in each 12 weeks"), pairs, **headings, says=shown, grows=False)


# What was promised


def _promises(period, at):
    """How many had this promised and over by now, and how many of them had it kept."""
    for name, due, met in PROMISES:
        over = (Q(**{f"{met}__isnull": False}) | Q(**{f"{due}__lt": at})) & Q(**{f"{due}__isnull": False})
        yield name, "of", _filed(*period) & over
        yield name, "kept", _filed(*period) & over & Q(**{f"{met}__lte": F(due)})


def _promised(counts, reviewed):
    """Of the reports of these weeks, and of the reviews that were due in them."""
    labels = {"read": _("Read in time"), "weighed": _("Weighed in time"), "told": _("Reporter told in time")}
    found = [_promise(labels[name], counts[f"{name}_of"], counts[f"{name}_kept"]) for name, _due, _met in PROMISES]
    return [*found, _promise(_("Reviewed in time"), reviewed.of, reviewed.kept)]


def _promise(label, of, kept):
    tone = "amber" if of >= SMALL and kept < of else "plain"
    return {"label": label, "says": kept_in_words(of, kept), "tone": tone}


# What is open


def _levels(counts, user):
    """[(level, how many)], or none where nothing can be told apart."""
    labels = {"none": _("Not assessed"), **{level.value: level.label for level in Severity}}
    found = {code: counts[f"level_{code}"] for code in (*Severity.values, "none")}
    hidden = set() if access.may_see_small_figures(user) else to_hide(found)
    if hidden == set(found) or not counts["open"]:
        return []
    return [(labels[code], said(count, hidden=code in hidden)) for code, count in found.items()]


def _late(count):
    if not count:
        return _("Nothing is late in any case")
    return _("Something is late") if is_small(count) else _("Something is late in %(count)d cases") % {"count": count}


def _list(user):
    """Where whoever works some of them finds those; the numbers lead nowhere."""
    return reverse("incidents:cases") if user.holds(Post.LEAD, Post.CHAIR, Post.VICE) else ""
