"""Who hears of training that is due, on which days, and once; and what a lapsed role training stops, and what it never does."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, now

from harmony import between
from harmony.audit.transitions import Refused
from harmony.home.todo import tasks
from harmony.notifications import waits
from harmony.notifications.models import Notice
from harmony.people.models import Relationship
from incidents import access as incidents
from training import notices, reminding
from training.models import Owed, Requirement

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def at_nine(day):
    return datetime.combine(day, time(9), get_current_timezone())


def pass_days(first, last, *, only=None):
    """Every morning from one day to another, the sweep twice: who was told, as (days after the first, name)."""
    before = set(Notice.objects.values_list("pk", flat=True))
    day = first
    while day <= last:
        for _twice in range(2):
            reminding.settle(at_nine(day))
            waits.climb(at_nine(day), only or notices.WAITS)
        day += A_DAY
    told = Notice.objects.exclude(pk__in=before).filter(kind__in=("training", "role_training"))
    return sorted(((localdate(one.created_at) - first).days, one.recipient.name, one.sentence) for one in told)


def test_the_person_hears_before_and_then_each_week_with_their_lead_once(sam, leah, ruth, maria, course, done):
    annual = course()
    Relationship(user=leah).declare("manager", other=sam, by=leah)
    for user in (leah, ruth, maria):
        done(user, annual)
    one = done(sam, annual, 300)  # ends in two months or a little more
    done_on = one.completed_on
    last = done_on.replace(year=done_on.year + 1) if (done_on.month, done_on.day) != (2, 29) else None
    if last is None:
        pytest.skip("done on a leap day")
    told = [line for line in pass_days(last - 61 * A_DAY, last + 15 * A_DAY) if line[1] in ("Sam", "Leah Osei")]
    before = [(61 - days, "Sam", "training_due") for days in (60, 30, 7, 0)]
    after = [(61 + days, name, "training_late") for days in (7, 14) for name in ("Leah Osei", "Sam")]
    assert told == before + after
    owed = Owed.objects.open().get(user=sam)
    assert owed.due_on == last
    done(sam, annual, 0, at=at_nine(last + 15 * A_DAY))
    assert not [line for line in pass_days(last + 16 * A_DAY, last + 40 * A_DAY) if line[1] == "Sam"]
    assert not Owed.objects.open().filter(user=sam).exists()
    assert not Notice.objects.filter(kind="training", recipient=sam, stopped_at=None).exists()


def test_whoever_has_no_declared_lead_is_led_by_the_senior_lead(sam, ruth, course, done):
    annual = course(within_days=0)
    done(ruth, annual)
    first = localdate() + 1 * A_DAY
    told = {name for _day, name, sentence in pass_days(first, first) if sentence == "training_late"}
    assert {"Sam", "Ruth Hale"} <= told  # years late: once for all that has gone by
    assert not pass_days(first, first)


@pytest.fixture
def lapsed(amara, tom, gwen, course, done):
    """Amara’s role training ran out ten days ago; Tom has his."""
    role = course("DSO-L3", whom="", months=12)
    for post in ("dso", "deputy"):
        Requirement(course=role).ask("post", post, 14, starts_on=localdate() - 900 * A_DAY, for_role=True, by=amara)
    done(tom, role, 20)
    done(amara, role, 376)
    reminding.settle(now())
    return role


def test_a_lapsed_role_training_is_told_to_the_chair_and_asks_for_another_second_person(lapsed, amara, tom, gwen, case):
    waits.climb(now(), notices.WAITS)
    assert [one.recipient for one in Notice.objects.filter(kind="role_training")] == [gwen]
    assert [lapse.what for lapse in between.competence(amara)] == ["Course DSO-L3"]
    assert not list(between.competence(tom))
    case.lower_to, case.lower_asked_by = "low", gwen
    assert incidents.may_agree(tom, case) and not incidents.may_agree(amara, case)


@pytest.fixture
def mistaken(lapsed, report, tom, leah):
    """Tom asks to let Leah in again; Amara, whose training ran out, would be the second."""
    case = report().case
    case.recuse(leah, by=tom, why="It is about her")
    case.ask_to_let_in(leah, by=tom, why="It was another Leah")
    return case


def test_without_the_training_of_their_role_nobody_lets_somebody_in_again(mistaken, amara, leah, person):
    with pytest.raises(Refused, match="has run out"):
        mistaken.let_in(leah, by=amara)
    assert mistaken.recusals.filter(user=leah).exists()
    mistaken.let_in(leah, by=person("Ina Deane", "deputy"))
    assert not mistaken.recusals.filter(user=leah).exists()


def test_without_it_they_can_still_keep_somebody_out(mistaken, amara, leah):
    mistaken.leave_out(leah, by=amara, why="It is this one")
    assert mistaken.recusals.get(user=leah).asked_at is None


def test_the_page_of_it_says_why_and_names_no_one_whose_training_ran_out(client, mistaken, amara, tom, leah):
    page = reverse("incidents:let_in", args=[mistaken.pk, leah.pk])
    client.force_login(amara)
    shown = client.get(page).content.decode()
    assert "I agree: let them in" not in shown
    assert "Nobody is left who may agree" in shown and "Training that your role asks for has run out" in shown
    client.post(page, {"decision": "agree", "why": "It was"})
    assert mistaken.recusals.filter(user=leah).exists()
    client.force_login(tom)
    assert "<li>Amara" not in client.get(page).content.decode()


def test_it_never_stops_reporting_acknowledging_weighing_or_referring(lapsed, amara, report):
    case = report().case
    assert incidents.may_report(amara) and incidents.may_work(amara, case)
    case.acknowledge(by=amara)
    assert case.acknowledged_by == amara
    assert incidents.may_work(amara, case)


def test_each_page_of_it_is_for_whoever_may_know(client, lapsed, amara, tom, gwen, leah, sam):
    owed = Owed.objects.get(user=amara)
    address = owed.get_absolute_url()
    for user, says in (
        (amara, "I have done it"),
        (gwen, "It is Amara Okafor who needs it"),
        (tom, "See all they need"),
    ):
        client.force_login(user)
        shown = client.get(address).content.decode()
        assert says in shown and "Their role asks for it" in shown
    client.force_login(sam)
    assert client.get(address).status_code == 404
    assert [one.what for one in tasks(amara)][:1] == ["Training: Course DSO-L3"]
    client.force_login(amara)
    assert "Training: Course DSO-L3" in client.get("/").content.decode()
    assert any(line.what.startswith("People whose training") and line.count == 1 for line in between.week(amara, now()))
    assert client.get(reverse("training:owed", args=[sam.pk])).status_code == 404


def test_what_waits_to_be_checked_is_nobodys_to_do_again(sam, amara, maria, course, done):
    annual = course()
    done(sam, annual, 1, checked=False)
    reminding.settle(now())
    assert not Owed.objects.open().filter(user=sam).exists()
