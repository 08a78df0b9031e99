"""Coverage as at a day gone by is what a page of that day said, whatever was put right since; and asks few questions."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from harmony.audit.past import Past
from harmony.people.models import Group, GroupWorker, Membership, User
from training.facts import told
from training.models import Equivalent, Exemption, Requirement
from training.needs import Coverage

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def as_seen(on, known_at=None):
    """{(person, course): where they stand}, by name."""
    known = told(known_at)
    coverage = Coverage(known.facts, on)
    return {
        (known.names[user], known.titles[course]): coverage.cell(user, course)
        for user in coverage.people
        for course in known.titles
        if coverage.cell(user, course).needed
    }


def test_each_day_reads_afterwards_as_it_did_then(sam, leah, amara, maria, sol, course, done):
    """A year of steps, each seen at once, and every one of those pages found again at its end: to the letter."""
    begin, seen = now(), []
    annual = course("SG-ANN", since=localdate(begin) - timedelta(days=500), at=begin)
    prevent = course("PREV", whom="contact", within_days=5, since=localdate(begin), at=begin)
    group = Group()
    group.add("Makers", "", by=sol, at=begin)

    def step(number):
        at = begin + number * A_DAY
        return {"by": amara, "at": at}, at

    def join(by, at):
        GroupWorker(group=group, user=sam).join(localdate(at), by=sol, at=at)

    def write_down(by, at):
        write_down.made = done(sam, annual, 3, checked=False, at=at)

    held = Membership.objects.get(user=leah)
    steps = [
        join,
        write_down,
        lambda **by: write_down.made.verify(**by),
        lambda **by: Exemption(user=leah, course=annual).excuse("On leave", localdate() + 40 * A_DAY, **by),
        lambda **by: write_down.made.strike_out(why="Somebody else’s certificate", **by),
        lambda by, at: done(sam, annual, 400, at=at),  # written down late: that day knew nothing of it
        lambda **by: Equivalent(done=annual, instead_of=prevent).count(localdate(begin), **by),
        lambda **by: annual.change("", ["sexual"], 6, 30, **by),
        lambda **by: prevent.requirements.get().end(localdate() + 8 * A_DAY, **by),
        lambda **by: Requirement(course=prevent).ask("post", "dso", 3, **by),
        lambda by, at: held.end(localdate(at) - 20 * A_DAY, by=amara, at=at),  # put right afterwards
        lambda by, at: leah.change_details("Leah Osei-Mensah", "", by=leah, at=at),
    ]
    for number, take in enumerate(steps, start=1):
        told_to, at = step(number)
        take(**told_to)
        evening = at + timedelta(hours=1)
        seen.append((localdate(at), evening, as_seen(localdate(at))))
    assert len({str(page) for _on, _evening, page in seen}) >= 9  # they differ: nothing was compared with itself
    for on, evening, page in seen:
        assert as_seen(on, evening) == page


def test_the_past_of_what_was_removed_or_is_kept_secret(sam, amara):
    assert ("Sam",) in set(Past(now(), [User]).rows(User, "name"))
    assert not set(Past(now() - timedelta(days=1), [User]).rows(User, "name"))
    with pytest.raises(ValueError, match="password"):
        list(Past(now(), [User]).rows(User, "password"))


def test_ten_questions_however_many_there_are(sam, course, done, django_assert_num_queries):
    with django_assert_num_queries(10):
        told()
    annual = course()
    course("PREV")
    done(sam, annual)
    with django_assert_num_queries(10):
        told()
    with django_assert_num_queries(1):
        told(now())
