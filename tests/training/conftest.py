"""Courses that somebody may need, and what somebody has done: on any day."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from harmony.people.models import Group, GroupMember, GroupWorker, YoungPerson
from training.models import Completion, Course, Requirement


@pytest.fixture
def maria(person):
    return person("Maria Training", "training")


@pytest.fixture
def course(amara):
    """course("PREV", topics=["sexting"], months=12, whom="everybody", within_days=14)"""

    def make(code="SG-ANN", topics=("sexting",), months=12, whom="everybody", within_days=14, since=None, at=None):
        since, step = since or localdate() - timedelta(days=2000), {"by": amara, "at": at}
        made = Course()
        made.add(code, f"Course {code}", **step)
        made.change("A morning.", topics, months, 60, since, **step)
        if whom:
            Requirement(course=made).ask(whom, "", within_days, starts_on=since, **step)
        return made

    return make


@pytest.fixture
def done(amara, maria, sol):
    """done(sam, prev, 400): so many days ago, written down by Maria and checked by Amara unless told otherwise."""

    def write(user, course, days_ago=0, checked=True, at=None):
        one = Completion.of(user, course, localdate(at) - timedelta(days=days_ago))
        by, checks = {maria: (amara, sol), amara: (maria, sol)}.get(user, (maria, amara))
        one.record("Certificate", by=by, at=at or now())
        if checked:
            one.verify(by=checks, at=at or now())
        return one

    return write


@pytest.fixture
def makers(sol, leah):
    group = Group()
    group.add("Makers", "11-13", by=sol)
    GroupWorker(group=group, user=leah).join(localdate() - timedelta(days=400), by=sol)
    return group


@pytest.fixture
def zed(makers, sol):
    one = YoungPerson()
    one.add("Zed A", "Zed Agyeman", None, "young", by=sol)
    GroupMember(group=makers, young_person=one).join(localdate() - timedelta(days=300), by=sol)
    return one
