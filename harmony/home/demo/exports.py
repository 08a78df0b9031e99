"""What was taken out on paper in the year: asked for, made, fetched, and gone after its day.

The pages themselves are not set: their day is over, and a year of them would take a minute.
"""

from datetime import timedelta
from uuid import uuid4

from harmony.audit import book
from harmony.audit.events import note
from harmony.documents import kinds, making
from harmony.documents.access import WORKER
from harmony.documents.models import LASTS, Export
from harmony.organisation.models import Organisation

PAGES = {"chronology": 4, "audit-report": 3}
QUARTERS = (27, 12)  # weeks ago: the office makes the trustees' report
CASES = 3  # of those that were referred outside
PURPOSE = Export.Purpose.COUNCIL


def take_out(cast, told, traces, now):
    for case, at in _referred(told):
        asked = "For the strategy discussion. It goes to the social worker by secure mail."
        _make(case.owner or case.triaged_by, "chronology", case, PURPOSE, asked, traces, at)
    for weeks in QUARTERS:
        at = now - timedelta(weeks=weeks)
        period = {"since": (at - timedelta(weeks=13)).date(), "until": (at - timedelta(days=1)).date()}
        asked = "For the trustees’ meeting. Gwen Price takes it there."
        office = Organisation.current()
        _make(cast["sol"], "audit-report", office, Export.Purpose.TRUSTEES, asked, traces, at, **period)


def _referred(told):
    """The latest cases that were referred, each with a moment soon after."""
    cases = [telling.case for telling in told.values()]
    referred = [case for case in cases if case.refer and case.closed_at and (case.owner or case.triaged_by)]
    latest = sorted(referred, key=lambda case: case.triaged_at)[-CASES:]
    return [(case, case.triaged_at + timedelta(hours=2)) for case in latest]


def _make(user, code, record, purpose, words, traces, at, **period):
    traces.came(user, at - timedelta(minutes=2))
    kind = kinds.get(code)
    Export.of(kind, record, uuid4(), purpose, words, by=user, at=at, **period)
    export = making.take(at)
    at += timedelta(minutes=1)
    printed = making.fingerprint(kind.gather(record, export, at), kind.passing)
    seal = book.newest_seal()
    export.make(export.token, b"%PDF of the demo", PAGES[code], printed, seal.digest if seal else "", by=user, at=at)
    note("download", by=user, about=export, at=at + timedelta(minutes=1))
    export.expire(by=WORKER, at=at + LASTS)
