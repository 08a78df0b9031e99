"""Young people and groups to test with."""

from datetime import date

import pytest

from harmony.audit.events import event
from harmony.people.models import Group, GroupMember, GroupWorker, YoungPerson


@pytest.fixture
def young(db):
    """young("Zed A", group): somebody in a group since 2020."""

    def make(name, *groups, born="2014-05-01"):
        with event("join", by="the tests"):
            one = YoungPerson.objects.create(name=name, born=born)
            for group in groups:
                GroupMember.objects.create(young_person=one, group=group, starts_on=date(2020, 1, 1))
        return one

    return make


@pytest.fixture
def child(young):
    return young("Zed A")


@pytest.fixture
def group(db):
    """group("Makers", leah): a group and who works with it."""

    def make(name, *workers):
        with event("start", by="the tests"):
            made = Group.objects.create(name=name)
            for worker in workers:
                GroupWorker.objects.create(user=worker, group=made, starts_on=date(2020, 1, 1))
        return made

    return make
