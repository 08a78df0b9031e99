"""Supervision: due by role, read by the two who talked, and late for whoever leads."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from harmony.notifications import waits
from harmony.notifications.models import Notice
from harmony.people.models import Relationship
from training import notices, reminding
from training.models import Owed, Rhythm, Supervision
from training.times import standing

from .test_pages import boxes, page

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture
def six_weeks(maria):
    Rhythm().ask("post", "dso", 42, starts_on=localdate() - 400 * A_DAY, by=maria)


@pytest.fixture
def talked(ruth, amara):
    def hold(days_ago, cases=(), words="How the week was"):
        one = Supervision(user=amara)
        one.hold(localdate() - days_ago * A_DAY, words, "To rest", list(cases), "A day off", by=ruth)
        return one

    return hold


def test_it_is_due_six_weeks_after_the_last_time_or_after_they_began(six_weeks, talked, amara):
    today = localdate()
    [never] = standing(today)
    assert (never.user, never.last) == (amara.pk, None) and never.due_on < today
    talked(10)
    [one] = standing(today)
    assert one.due_on == today + 32 * A_DAY


def test_only_the_two_read_it_and_the_cases_they_may_see(client, six_weeks, ruth, amara, maria, report, case):
    kept_from_her = report(about=amara).case
    client.force_login(ruth)
    told = {"words": "How the week was", "cases": f"{case.reference}, {kept_from_her.reference.lower()}"}
    wrong = client.post(page("supervise", amara.pk), told | {"cases": "nothing"} | boxes("held_on", localdate()))
    assert "like 7KQ-M4XD" in wrong.content.decode()
    assert client.post(page("supervise", amara.pk), told | boxes("held_on", localdate())).status_code == 302
    client.force_login(amara)
    shown = client.get(page("my_supervision")).content.decode()
    assert "How the week was" in shown and case.reference in shown and kept_from_her.reference not in shown
    assert client.post(page("supervise", amara.pk), told).status_code == 404  # nobody supervises themselves
    client.force_login(maria)
    listed = client.get(page("supervisions")).content.decode()
    assert "Amara Okafor" in listed and "In time" in listed and "How the week was" not in listed
    assert "How the week was" not in client.get(page("my_supervision")).content.decode()


def test_late_supervision_is_on_the_same_ladder(six_weeks, talked, ruth, amara, gwen):
    Relationship(user=ruth).declare("manager", other=amara, by=ruth)
    talked(50)
    at = now()
    reminding.settle(at)
    owed = Owed.objects.open().get(user=amara, course=None)
    assert owed.due_on == localdate() - 8 * A_DAY
    waits.climb(at, notices.WAITS)
    assert {one.recipient.name for one in Notice.objects.filter(about=owed.pk)} == {"Amara Okafor", "Ruth Hale"}
    talked(0)
    reminding.settle(at)
    assert not Owed.objects.open().filter(user=amara, course=None, due_on__lt=localdate()).exists()


def test_how_often_is_said_by_role(client, maria):
    client.force_login(maria)
    assert "Say which." in client.post(page("add_rhythm"), {"whom": "post", "every_days": "42"}).content.decode()
    client.post(page("add_rhythm"), {"whom": "contact", "every_days": "84"})
    rhythm = Rhythm.objects.get()
    assert "every 84 days" in client.get(page("supervisions")).content.decode()
    client.post(page("end_rhythm", rhythm.pk), boxes("last_day", localdate()))
    assert not Rhythm.objects.standing(localdate() + A_DAY).exists()
    assert reverse("training:supervisions") == page("supervisions")
