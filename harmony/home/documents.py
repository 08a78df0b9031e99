"""The organisation's audit report for a period: figures, who looked, what was taken out, and whether the book holds.

No word of a case, no reference, no child. And nothing at all of a case that is kept apart from anybody who makes such a
report, but in that of chair, vice-chair and lead trustee: not in the figures, and not in the logs (decision 0133).
"""

from collections import Counter
from datetime import datetime, time, timedelta

from django.utils.dates import MONTHS
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from harmony.audit import book
from harmony.audit.events import plain, stamp
from harmony.audit.models import Entry
from harmony.documents import kinds
from harmony.documents.forms import PeriodForm
from harmony.documents.models import Export
from harmony.look.figures import pooled, said, to_hide
from harmony.look.words import clock_time, day, span
from harmony.people.models import Appointment, Post
from incidents.facts import KEPT_APART, Response, period
from incidents.kinds import Severity
from incidents.models import Case, Report

from . import access
from .lost import lost_between

DAILY = timedelta(days=31)  # up to here the log has a row for each day, beyond it for each month
LEADING = (Post.DSO, Post.DEPUTY, Post.LEAD, Post.TRUSTEE)


def register():
    kinds.register(
        kinds.Kind(
            code="audit-report",
            title=gettext_lazy("Safeguarding audit report"),
            label=lambda organisation: organisation.name,
            records=access.organisations_visible_to,
            may=access.may_report,
            gather=gather,
            passing=("book",),
            template="home/audit_report_pdf.html",
            about=gettext_lazy(
                "How many concerns there were, and how fast we were. Who opened cases, and what went out on paper. "
                "It names no child, no case and no reporter."
            ),
            classification=gettext_lazy("No child or reporter is named"),
            offered=True,
            asks=PeriodForm,
        )
    )


def gather(organisation, export, at):
    since, until = _start_of(export.since), _start_of(export.until + timedelta(days=1))
    user = export.requested_by
    facts = period(since, until, for_whom=user)
    out = kept_from(user)
    return {
        "period": _("%(since)s to %(until)s") % {"since": date(export.since), "until": date(export.until)},
        "in_short": in_short(facts),
        "apart": str(KEPT_APART),
        "tiles": tiles(facts),
        "levels": levels(user, since, until),
        "topics": topics(facts, user),
        "posts": posts(export.since, export.until),
        "opened": opened(out, since, until),
        "opened_by_day": export.until - export.since < DAILY,
        "exports": exports(out, since, until),
        "sign_ins": sign_ins(since, until),
        "proofs": [list(one) for one in lost_between(since, until)],
        "book": state_of_the_book(at),
    }


def date(on):
    """ "10 March 2026": in a table the day of the week is in the way."""
    return f"{on.day} {MONTHS[on.month]} {on.year}"


def _start_of(on):
    return datetime.combine(on, time.min, get_current_timezone())


def kept_from(user):
    """The roots that are in no log of theirs: cases that their figures leave out, and the reports behind them."""
    cases = Case.objects.exclude(pk__in=Case.objects.countable_by(user).values("pk"))
    reports = Report.objects.filter(case__in=cases)
    return {*cases.values_list("root", flat=True), *reports.values_list("root", flat=True)}


# How we responded


def in_short(facts):
    if not facts.filed:
        return _(
            "No concern was reported in this time. That may mean that all was well, or that people did not tell us."
        )
    words = ngettext("%(filed)d concern was reported.", "%(filed)d concerns were reported.", facts.filed)
    words = words % {"filed": facts.filed}
    if facts.read.done:
        read = _("Half of them were read within %(median)s. The longest wait was %(longest)s.")
        words += " " + read % {"median": span(facts.read.median), "longest": span(facts.read.longest)}
    if (kept := facts.kept["acknowledge"]).of:
        in_time = _("%(kept)d of %(of)d were read by the time that was promised.")
        words += " " + in_time % {"kept": kept.kept, "of": kept.of}
    if (reviews := facts.kept["review"]).of:
        made = ngettext(
            "%(kept)d of %(of)d review that was due was made in time.",
            "%(kept)d of %(of)d reviews that were due were made in time.",
            reviews.of,
        )
        words += " " + made % {"kept": reviews.kept, "of": reviews.of}
    if unread := facts.filed - facts.read.done:
        waiting = ngettext("%(count)d has not been read yet.", "%(count)d have not been read yet.", unread)
        words += " " + waiting % {"count": unread}
    return words


def tiles(facts):
    return [
        [str(facts.filed), _("concerns reported")],
        [_percent(facts.read.within_a_day), _("read within 24 hours, of those read")],
        [str(facts.closed), _("cases closed")],
        [str(facts.still_open), _("cases open now")],
    ]


def _percent(share):
    return "–" if share is None else f"{share:.0%}"


def levels(user, since, until):
    """Times for each level. A level with few cases is not told apart."""
    filed = Case.objects.countable_by(user).filed_within(since, until)
    cases = list(filed.values_list("severity", "filed_at", "acknowledged_at", "triaged_at", named=True))
    choices = [*((level.value, str(level.label)) for level in Severity), ("", _("Not assessed yet"))]
    counts = {code: sum(case.severity == code for case in cases) for code, _label in choices}
    hidden = set() if access.may_see_small_figures(user) else to_hide(counts)
    return [
        _level(label, [case for case in cases if case.severity == code], hidden=code in hidden)
        for code, label in choices
    ]


def _level(label, cases, *, hidden):
    read = Response.over(len(cases), [(case.filed_at, case.acknowledged_at) for case in cases])
    weighed = Response.over(len(cases), [(case.filed_at, case.triaged_at) for case in cases])
    times = [read.median, read.longest, weighed.median, weighed.longest]
    return {
        "level": label,
        "filed": said(len(cases), hidden=hidden),
        "times": ["–" if hidden or one is None else span(one) for one in times],
    }


def topics(facts, user):
    if access.may_see_small_figures(user):
        return [[label, str(count)] for label, count in sorted(facts.by_kind.items(), key=lambda one: -one[1])]
    rows = pooled(facts.by_kind)
    return rows if len(rows) > 1 else []


def posts(since, until):
    """Who held the posts that lead safeguarding, so that a gap is seen."""
    held = Appointment.objects.filter(post__in=LEADING, starts_on__lte=until).exclude(ends_on__lte=since)
    rows = sorted(held.select_related("user"), key=lambda one: (LEADING.index(one.post), one.starts_on))
    return [
        [str(one.get_post_display()), one.user.name, date(one.starts_on), date(one.ends_on) if one.ends_on else "–"]
        for one in rows
    ]


# Who looked, and what was taken out


def opened(out, since, until):
    """Who opened how many cases, by day or by month. Never which."""
    daily = until - since <= DAILY
    lines = _lines(since, until).filter(table_name=Case._meta.db_table, changes=None)
    seen = {}
    for line in lines.exclude(root__in=[plain(root) for root in out]).order_by("happened_at"):
        when = localdate(line.happened)
        times = seen.setdefault((when if daily else when.replace(day=1), line.actor_name), Counter())
        times[line.row_id] += 1
    return [
        [day(when) if daily else f"{MONTHS[when.month]} {when.year}", name, str(len(cases)), str(cases.total())]
        for (when, name), cases in seen.items()
    ]


def exports(out, since, until):
    made = Export.objects.filter(requested_at__gte=since, requested_at__lt=until).exclude(root__in=out)
    downloads = Counter(
        _lines(since, None)
        .filter(verb="download", table_name=Export._meta.db_table)
        .exclude(root__in=[plain(root) for root in out])
        .values_list("row_id", flat=True)
    )
    return [
        [
            date(localdate(one.requested_at)),
            one.requested_by.name,
            str(one.kind_of.title if one.kind_of else one.kind),
            str(one.get_purpose_display()),
            str(downloads[plain(one.pk)]),
        ]
        for one in made.select_related("requested_by").order_by("requested_at")
    ]


def sign_ins(since, until):
    verbs = _lines(since, until).filter(verb__startswith="sign in")
    came_in = verbs.filter(verb__startswith="sign in (")
    refused = verbs.filter(verb="sign in refused")
    people = came_in.order_by().values("actor_id").distinct().count()
    return [
        [_("Sign-ins"), str(came_in.count())],
        [_("People who signed in"), str(people)],
        [_("Sign-ins refused: wrong password, or nobody we know"), str(refused.count())],
    ]


def _lines(since, until):
    """Lines of the book about a time. Text sorts as time there."""
    lines = Entry.objects.filter(happened_at__gte=stamp(since))
    return lines.filter(happened_at__lt=stamp(until)) if until else lines


def state_of_the_book(at):
    """Walked from end to end while this report is made. What is broken is for `verify_audit` to name, not for paper."""
    with book.at_one_moment():
        broken = sum(1 for _one in book.breaks())
    seal = book.newest_seal()
    holds = _("Yes. Every line of the audit book is as it was written, checked %(at)s.") % {"at": clock_time(at)}
    breaks = ngettext(
        "No. There is %(count)d place where it does not hold. Whoever runs the system must find out why today.",
        "No. There are %(count)d places where it does not hold. Whoever runs the system must find out why today.",
        broken,
    )
    return {
        "holds": not broken,
        "says": breaks % {"count": broken} if broken else holds,
        "sealed": _("The newest seal is of %(at)s.") % {"at": clock_time(seal.made)}
        if seal
        else _("No seal has been made."),
    }
