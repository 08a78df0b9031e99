"""Who has opened a case, from the book; and the case on one page, for paper."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.paginator import Paginator
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _now

from harmony.audit.events import note, plain, stamp
from harmony.audit.models import Entry, load_reasons
from harmony.look.words import day, hour
from harmony.people.unfinished import answered, filled

from ..forms.opened import LogForm, PrintForm
from ..known import known_people
from ..record import looks, planned, seen_by, steps_in_words
from ..timeline import timeline
from ..verbs import UNSEEN, said
from .cases import drawn, facts
from .door import exports_case, works_case

A_PAGE = 30
UNTOLD = {"recuse", "ask_to_let_in", "leave_out"}  # whose reason is for an auditor alone (N7)


@dataclass(frozen=True)
class Visit:
    """What one person did on one day."""

    on: str
    who: str
    did: str
    times: list  # (clock time, what, why), newest first
    in_an_emergency: bool = False


@works_case
def access_log(request, case):
    """Who opened or changed it, by person and day. One person's, or the last days', can be shown alone."""
    book = Entry.objects.filter(root=case.root.hex).exclude(verb__in=UNSEEN)
    chosen = LogForm(request.GET, people=dict(book.order_by().values_list("actor_id", "actor_name").distinct()))
    chosen.is_valid()
    groups = _by_person_and_day(_lines(book, **chosen.cleaned_data))
    page = Paginator(list(groups.items()), A_PAGE).get_page(request.GET.get("page"))
    load_reasons(line for _key, lines in page for line in lines)
    hours = [(plain(one.user_id), one.opened_at, one.ends_at) for one in case.emergencies.all()]
    shown = {"page": page, "rows": [_visit(*key, lines, hours) for key, lines in page], "query": chosen.query}
    return drawn(request, "access_log", case, tab="access_log", chosen=chosen, **shown)


@exports_case
def print_case(request, case):
    """The whole case on one page. What it is for is asked first, and stands in the book (R!)."""
    form = filled(PrintForm, request)
    if not answered(request, form):
        return drawn(request, "print_case", case, tab="case", form=form)
    purpose = form.cleaned_data["purpose"]
    note("print", by=request.user, about=case, why=purpose)
    shown = facts(case) | seen_by(case, request.user)
    shown |= {"moments": timeline(case), "people": known_people(case, request.user)}
    shown |= {"plan": list(planned(case)), "steps_in_words": steps_in_words(case)}
    shown |= {"looks": looks(case, request.user), "purpose": purpose}
    return drawn(request, "printed", case, tab="case", **shown)


def _lines(book, who="", days=""):
    if who:
        book = book.filter(actor_id=who)
    if days:
        first = localdate() - timedelta(days=int(days) - 1)
        book = book.filter(happened_at__gte=stamp(datetime.combine(first, time.min, get_current_timezone())))
    return book.order_by("-seq").only("event", "actor_id", "actor_name", "verb", "why", "happened_at")


def _by_person_and_day(lines):
    """{(day, name): a line for each event}, newest first."""
    events, groups = {}, {}
    for line in lines:
        events.setdefault(line.event, line)
    for line in events.values():
        groups.setdefault((localdate(line.happened), line.actor_name), []).append(line)
    return groups


def _visit(on, who, lines, hours):
    """`hours`: (who, from, until) of each time it was opened in an emergency; what falls within is marked."""
    did = [
        _now("%(did)s (%(count)d times)") % {"did": said(verb), "count": count} if count > 1 else str(said(verb))
        for verb, count in Counter(line.verb for line in lines).items()
    ]
    times = [(hour(line.happened), said(line.verb), _why(line)) for line in lines]
    marked = any(who == line.actor_id and begun <= line.happened < end for line in lines for who, begun, end in hours)
    return Visit(day(on), who, ", ".join(did), times, marked)


def _why(line):
    return "" if line.verb in UNTOLD else line.reason
