"""How long before and after its day somebody hears of training that is due, and who hears with them."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localtime

from harmony.notifications.ladders import Reminder
from harmony.people.models import Relationship, User

from . import access

DUE, FOR_ROLE = "training", "role_training"  # the clocks, and the kinds
CLOCKS = (DUE, FOR_ROLE)
NEW_HERE, DBS, DBS_COPY = "induction", "dbs", "dbs_copy"
SUPPORT = "support"  # told once, and on no ladder: nobody is chased to be looked after
BEFORE = (60, 30, 7, 0)  # days; then weekly
A_WEEK = timedelta(weeks=1)
MORNING = time(8)


def morning(day):
    return datetime.combine(day, MORNING, get_current_timezone())


class Common(Reminder):
    """60, 30, 7 and 0 days before `due_on`, at eight in the morning, and then each week without end."""

    def passed(self, record, at):
        gone_by = sum(morning(record.due_on - timedelta(days=days)) <= at for days in BEFORE)
        late = localtime(at).replace(tzinfo=None) - datetime.combine(record.due_on, MORNING)
        return gone_by + max(0, late // A_WEEK)


class Late(Reminder):
    """From eight in the morning after its last day, and then each week: for those who need not hear before."""

    def passed(self, record, at):
        late = localtime(at).replace(tzinfo=None) - datetime.combine(self.due(record) + timedelta(days=1), MORNING)
        return max(0, late // A_WEEK + 1)

    def due(self, record):
        return record.due_on


class CopyLate(Late):
    """Of a copy on paper: after its last day."""

    def due(self, record):
        return record.copy_until


def whose_and_their_lead(owed, here):
    """The person; once its day has gone by, whoever leads them too. Whoever is away hears of it when they are back."""
    people = [owed.user] if owed.user.is_active else []
    late = localtime(here.at).date() > owed.due_on
    return here.present([*people, *(leads_of(owed.user, here) if late else [])])


def leads_of(user, here):
    """Their line managers as declared; where there is none the senior lead, and for that one the chair."""
    on = localtime(here.at).date()
    managing = Relationship.objects.standing(on).filter(kind=Relationship.Kind.MANAGER, other=user)
    managers = list(User.objects.active().filter(pk__in=managing.values("user")))
    above = here.holding(access.Post.LEAD), here.holding(access.Post.CHAIR)
    return managers or next((those for those in above if those and user not in those), [])


def chair(owed, here):
    """Or the vice-chair, where there is none or it is about the chair. They hear of it however far away they are."""
    return next(
        (
            those
            for post in (access.Post.CHAIR, access.Post.VICE)
            if (those := [one for one in here.holding(post) if one != owed.user])
        ),
        [],
    )


def due_or_late(owed, number):
    return "training_late" if number > len(BEFORE) else "training_due"


REMINDER = Common(DUE, DUE, due_or_late, None, whose_and_their_lead)
TELLS_THE_CHAIR = Late(FOR_ROLE, FOR_ROLE, "role_training_late", None, chair)


def whose_and_who_sees_to_it(record, here):
    """The person; from a week before, those who see to it that somebody new is safe to begin too."""
    soon = record.due_on - localtime(here.at).date() <= A_WEEK
    people = [record.user] if record.user.is_active else []
    return here.present([*people, *(who_sees_to_it(record, here) if soon else [])])


def who_sees_to_it(record, here):
    return [one for one in here.holding(*access.INDUCTORS) if one != record.user]


INDUCTION = Common(NEW_HERE, NEW_HERE, "induction_open", None, whose_and_who_sees_to_it)
RENEWAL = Common(DBS, DBS, "dbs_due", None, whose_and_who_sees_to_it)
COPIES = CopyLate(
    DBS_COPY, DBS_COPY, "copy_late", None, lambda record, here: here.present(who_sees_to_it(record, here))
)
