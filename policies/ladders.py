"""How long people have to read a policy, and when its review is due: who hears, and when (S32).

A review: 60, 30 and 7 days before whoever looks after the policy; on the day the senior lead too; from the day after it,
and each week, the chair as well.
"""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone

from harmony.notifications.ladders import Ladder, Reminder, Rung

from . import access

READ, UNREAD, REVIEW = "policy_read", "policy_unread", "policy_review"  # the clocks
POLICY, REVIEWS = "policy", "policy_review"  # the kinds
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
LESSON, LESSON_LATE = "lesson", "lesson_late"  # something to do because of a lesson
WEEKS = 104  # after which somebody has met it otherwise


def _owners(policy, here):
    return here.present(here.holding(policy.owner)) or here.present(here.holding(*access.WRITERS))


def times_to_read(version):
    """When it comes out, a week before the day, on the day, and each week after it."""
    return [version.published_at, version.read_by - A_WEEK, *(version.read_by + A_WEEK * week for week in range(WEEKS))]


def _who_is_missing(version, here):
    return here.present(version.missing())


TO_READ = Reminder(POLICY, READ, POLICY, times_to_read, _who_is_missing)
NOT_READ = Ladder(
    POLICY,
    UNREAD,
    UNREAD,
    Rung(after=0.0, tell=lambda version, here: _owners(version.policy, here)),
    Rung(after=1.0, tell=lambda version, here: here.holding(access.Post.LEAD)),
    urgent=False,
    runs=lambda version: version.missing().exists(),
)


BEFORE = (60, 30, 7, 0)  # days


def review_times(review):
    before = [review.due_at - A_DAY * days for days in BEFORE]
    return before + [review.due_at + A_DAY + A_WEEK * week for week in range(WEEKS)]


def _who_reviews(review, here):
    """More of them the later it gets."""
    people = {one.pk: one for one in _owners(review.policy, here)}
    if here.at >= review.due_at:
        people |= {one.pk: one for one in here.holding(access.Post.LEAD)}
    if here.at >= review.due_at + A_DAY:
        people |= {one.pk: one for one in here.holding(access.Post.CHAIR)}
    return here.present(list(people.values()))


def _says(review, number):
    return "policy_review_late" if number > len(BEFORE) else REVIEW


TO_REVIEW = Reminder(REVIEWS, REVIEW, _says, review_times, _who_reviews)


MORNING = time(8)


def lesson_times(action):
    """A week before its day and on it, then each week after it."""
    on = datetime.combine(action.due_on, MORNING, get_current_timezone())
    return [on - A_WEEK, on, *(on + A_DAY + A_WEEK * week for week in range(WEEKS))]


def _who_acts(action, here):
    """Whoever has it; from the day after, the senior lead too; four weeks later the chair."""
    people = {action.owner.pk: action.owner} if action.owner.is_active else {}
    late = here.at - lesson_times(action)[1]
    if late >= A_DAY:
        people |= {one.pk: one for one in here.holding(access.Post.LEAD)}
    if late >= A_DAY + 4 * A_WEEK:
        people |= {one.pk: one for one in here.holding(access.Post.CHAIR)}
    return here.present(list(people.values()))


TO_ACT = Reminder(LESSON, LESSON, lambda action, number: LESSON_LATE if number > 2 else LESSON, lesson_times, _who_acts)
