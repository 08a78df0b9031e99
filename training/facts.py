"""What coverage is worked out from: as it is now, or as it was known at a moment gone by (needs.py has the rules).

told()                 # of the tables: ten queries, however many people and courses there are
told(known_at=moment)  # out of the book: what a page would have said then, whatever was put right since
"""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils.timezone import get_current_timezone

from harmony.audit.past import Past
from harmony.people.models import Appointment, GroupWorker, Membership, User

from .given import Counts, Done, Excused, Facts, Held, Rule, Taught, Whom
from .models import Completion, Course, Equivalent, Exemption, Requirement, Version

READ = (
    User, Membership, Appointment, GroupWorker, Course, Version, Requirement, Equivalent, Completion, Exemption
)  # fmt: skip
PERSONAL = {
    User: "pk",
    Membership: "user",
    Appointment: "user",
    GroupWorker: "user",
    Completion: "user",
    Exemption: "user",
}
SPAN = ("starts_on", "ends_on")


@dataclass
class Told:
    """The facts, and what people and courses are called."""

    facts: Facts
    names: dict
    titles: dict  # in the order in which courses stand


def end_of(day):
    """The last moment of a day here."""
    return datetime.combine(day, time.max, get_current_timezone())


def told(known_at=None, of=None):
    """`of`: the key of one person, where nobody else is looked at."""
    rows = Past(known_at, READ).rows if known_at else _rows_of(of)
    courses = sorted(rows(Course, "position", "title", "id"))
    return Told(
        facts=Facts(
            held=_held(rows),
            rules=_rules(rows),
            taught=_taught(rows),
            done=_done(rows),
            counts=[Counts(*row) for row in rows(Equivalent, "done_id", "instead_of_id", *SPAN)],
            excused=[Excused(*row) for row in rows(Exemption, "user_id", "course_id", *SPAN)],
        ),
        names=dict(rows(User, "id", "name")),
        titles={key: title for _position, title, key in courses},
    )


def _rows_of(person):
    def rows(model, *names):
        found = model._base_manager.order_by()
        if person and model in PERSONAL:
            found = found.filter(**{PERSONAL[model]: person})
        return found.values_list(*names)

    return rows


def _held(rows):
    """Whoever is one of us, holds a post, or works with a group."""
    working = set(Membership.WORKING)
    return [
        *(Held(user, Whom.MEMBERSHIP, kind, *span)
          for user, kind, *span in rows(Membership, "user_id", "kind", *SPAN) if kind in working),
        *(Held(user, Whom.POST, post, *span) for user, post, *span in rows(Appointment, "user_id", "post", *SPAN)),
        *(Held(user, Whom.GROUP, group, *span) for user, group, *span in rows(GroupWorker, "user_id", "group_id", *SPAN)),
    ]  # fmt: skip


def _rules(rows):
    asked = rows(
        Requirement, "course_id", "whom", "membership", "post", "group_id", "within_days", "for_days", *SPAN, "for_role"
    )
    return [
        Rule(course, whom, membership or post or group or "", *rest)
        for course, whom, membership, post, group, *rest in asked
    ]


def _taught(rows):
    names = ("id", "course_id", "number", "topics", "months", "renewal_days", "starts_on", "again_days")
    return [
        Taught(key, course, number, frozenset(topics.split()), *rest)
        for key, course, number, topics, *rest in rows(Version, *names)
    ]


def _done(rows):
    recorded = rows(Completion, "user_id", "version_id", "completed_on", "status")
    return [
        Done(user, version, on, status == Completion.Status.VERIFIED)
        for user, version, on, status in recorded
        if status != Completion.Status.STRUCK
    ]
