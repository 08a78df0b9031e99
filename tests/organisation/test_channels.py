"""The approved ways to reach young people: until a day, on conditions, held by two, and stopped for good (S25, R33)."""

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from harmony.audit import guards
from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.audit.transitions import Refused, StateMoved
from harmony.organisation.models import Channel
from harmony.people.leaving import leave
from harmony.people.models import ChannelHolder
from harmony.people.models.channels import to_look_at

pytestmark = pytest.mark.django_db
CAST = ("sam", "leah", "amara", "tom", "ruth", "gwen", "sol")
KEEPERS = {"amara", "tom", "ruth", "gwen", "sol"}
IN_A_MONTH = timedelta(days=60)


@pytest.fixture
def club_phone(amara):
    channel = Channel()
    channel.approve("Club phone", "Kept in the office at night.", localdate() + IN_A_MONTH, by=amara)
    return channel


@pytest.fixture
def hold(amara):
    def take(channel, *users, since=date(2026, 1, 1)):
        for user in users:
            ChannelHolder(channel=channel, user=user).take(since, by=amara)

    return take


def refusal(attempt):
    """What the database says when somebody goes round the steps."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), event("try", by="the tests"):
        attempt()
    return guards.sentence(caught.value)


def until(day):
    return {f"approved_until_{part}": getattr(day, part) for part in ("day", "month", "year")}


def page(name, channel, *more):
    return reverse(f"home:{name}", args=[channel.pk, *more])


# the record


def test_a_channel_is_approved_from_the_day_of_the_step_to_its_last_day(club_phone):
    today = localdate()
    assert club_phone.approved_on == today
    for days, whether in ((-1, False), (0, True), (60, True), (61, False)):
        on = today + timedelta(days=days)
        assert club_phone.is_approved(on) is whether
        assert Channel.objects.approved(on).exists() is whether


def test_an_approval_is_renewed_from_today_and_may_be_cut_short(club_phone, amara):
    tomorrow = localdate() + timedelta(days=1)
    club_phone.renew(tomorrow, by=amara)
    assert club_phone.approved_until == tomorrow
    with pytest.raises(Refused):
        club_phone.renew(localdate() - timedelta(days=1), by=amara)
    club_phone.refresh_from_db()
    assert club_phone.approved_until == tomorrow


def test_a_stopped_channel_is_approved_on_no_day_and_no_step_is_left(club_phone, amara, tom):
    club_phone.stop(by=tom, why="The number was sold.")
    assert not Channel.objects.approved().exists() and not Channel.objects.in_use().exists()
    for step in (
        lambda: club_phone.change("Club phone", "Day and night", by=amara),
        lambda: club_phone.renew(localdate() + IN_A_MONTH, by=amara),
        lambda: club_phone.stop(by=amara, why="Again"),
    ):
        with pytest.raises(StateMoved, match="Tom Ellery stopped this"):
            step()


def test_the_database_keeps_a_stopped_channel_as_it_is(club_phone, amara):
    club_phone.stop(by=amara, why="The number was sold.")
    here = Channel.objects.filter(pk=club_phone.pk)
    says = "This channel is not used any more. What was said of it stays. Approve it anew."
    assert refusal(lambda: here.update(conditions="Day and night")) == says
    assert refusal(lambda: here.update(status="approved", stopped_at=None, stopped_because="")) == says
    assert refusal(lambda: here.delete()) == says


def test_the_database_knows_no_approval_that_ends_before_it_starts(club_phone):
    here = Channel.objects.filter(pk=club_phone.pk)
    assert refusal(lambda: here.update(approved_until=localdate() - timedelta(days=1))) is None
    assert refusal(lambda: here.update(status="stopped")) is None  # without when and why
    assert refusal(lambda: here.update(status="paused")) is None


def test_a_name_is_given_once_while_it_is_used(club_phone, amara):
    says = "There is a channel with this name already. Choose another."
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        Channel().approve("CLUB phone", "Another", localdate(), by=amara)
    assert guards.sentence(caught.value) == says
    club_phone.stop(by=amara, why="Lost")
    Channel().approve("CLUB phone", "A new one", localdate(), by=amara)
    assert Channel.objects.in_use().get().conditions == "A new one"


# who holds it


def test_nobody_holds_a_channel_twice_at_once_nor_one_that_is_stopped(club_phone, hold, leah, sol, amara):
    hold(club_phone, leah)
    says = refusal(lambda: ChannelHolder.objects.create(channel=club_phone, user=leah, starts_on=localdate()))
    assert says == "They hold this channel already on one of these days."
    club_phone.holders.get().end(localdate() - timedelta(days=1), by=amara)
    hold(club_phone, leah, since=localdate())
    club_phone.stop(by=amara, why="Lost")
    says = refusal(lambda: ChannelHolder.objects.create(channel=club_phone, user=sol, starts_on=localdate()))
    assert says == "This channel is not used any more, so nobody can hold it."


def test_whoever_leaves_holds_no_channel_after_their_last_day(club_phone, hold, leah, sol, ruth):
    hold(club_phone, leah, sol)
    leave(leah, given=[], last_day=localdate(), why="A new job", by=ruth)
    tomorrow = localdate() + timedelta(days=1)
    assert [held.user for held in club_phone.holders.standing(tomorrow)] == [sol]
    assert list(to_look_at(tomorrow)) == [club_phone]


def test_a_channel_wants_a_look_when_one_holds_it_or_its_end_is_near(club_phone, hold, leah, sol, amara):
    hold(club_phone, leah)
    assert list(to_look_at()) == [club_phone]
    hold(club_phone, sol)
    assert not to_look_at().exists()
    assert list(to_look_at(localdate() + timedelta(days=31))) == [club_phone]
    club_phone.stop(by=amara, why="Lost")
    assert not to_look_at(localdate() + IN_A_MONTH).exists()


# the pages


def test_everybody_who_works_here_reads_the_list_and_keepers_change_it(request, client, organisation, club_phone, hold):
    hold(club_phone, request.getfixturevalue("leah"))
    held = club_phone.holders.get().pk
    add = reverse("home:add_channel")
    steps = [add, page("channel", club_phone), page("end_holder", club_phone, held)]
    steps += [page(name, club_phone) for name in ("change_channel", "renew_channel", "stop_channel", "add_holder")]
    assert client.get(reverse("home:channels")).status_code == 302
    for who in CAST:
        client.force_login(request.getfixturevalue(who))
        said = client.get(reverse("home:channels")).content.decode()
        assert "Kept in the office at night." in said and "held by Leah Osei" in said
        assert (add in said) is (page("channel", club_phone) in said) is (who in KEEPERS)
        for step in steps:
            assert client.get(step).status_code == (200 if who in KEEPERS else 404), (who, step)


def test_a_channel_is_approved_held_renewed_and_stopped_on_its_pages(client, organisation, sol, leah, tom):
    client.force_login(tom)
    answers = {"name": "Club phone", "conditions": "Kept in the office."} | until(localdate() + IN_A_MONTH)
    led = client.post(reverse("home:add_channel"), answers)
    channel = Channel.objects.get()
    assert led.url == page("channel", channel)
    for user in (sol, leah):
        assert b"Two people at least hold it" in client.get(led.url).content
        today = {f"starts_on_{part}": getattr(localdate(), part) for part in ("day", "month", "year")}
        client.post(page("add_holder", channel), {"user": str(user.pk)} | today)
    said = client.get(led.url).content.decode()
    assert "Sol Reyes" in said and "Leah Osei" in said and "Two people at least" not in said
    client.post(page("change_channel", channel), {"name": "Club mobile", "conditions": "By day only."})
    client.post(page("renew_channel", channel), until(localdate() + timedelta(days=90)))
    channel.refresh_from_db()
    assert (channel.name, channel.conditions) == ("Club mobile", "By day only.")
    assert channel.approved_until == localdate() + timedelta(days=90)
    client.post(page("stop_channel", channel), {"why": "The number was sold."})
    assert b"The number was sold." in client.get(reverse("home:channels")).content
    line = Entry.objects.filter(table_name="organisation_channel").last()
    assert (line.verb, line.actor_name, line.reason) == ("stop", "Tom Ellery", "The number was sold.")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": "", "conditions": " "}, "Answer this: Name"),
        ({"name": "club PHONE"}, "There is a channel with this name already."),
        ({"name": "x" * 61}, "60"),
        ({"conditions": "a\0b"}, "There is a character here that we cannot keep."),
        ({"conditions": "x" * 1001}, "1,?000"),
        (until(date(2020, 1, 1)), "This day has gone by."),
        (until(date(2190, 1, 1)), "That is more than a year from now."),
        ({"approved_until_month": "13"}, "Add the month"),
        ({"approved_until_year": "<script>"}, "Add the year in full"),
    ],
)
def test_a_wrong_answer_is_met_with_what_to_do_and_changes_nothing(client, organisation, club_phone, tom, wrong, says):
    client.force_login(tom)
    right = {"name": "Newsletter", "conditions": "Only with permission."} | until(localdate() + IN_A_MONTH)
    answer = client.post(reverse("home:add_channel"), right | wrong)
    words = answer.content.decode()
    assert answer.status_code == 200 and "govuk-error-summary" in words and re.search(says, words)
    assert "<script>alert" not in words and Channel.objects.count() == 1


def test_a_step_on_a_channel_that_somebody_stopped_meanwhile_says_who(client, organisation, club_phone, tom, sol):
    club_phone.stop(by=sol, why="Lost")
    client.force_login(tom)
    answer = client.post(page("stop_channel", club_phone), {"why": "It was lost on the bus."})
    assert answer.status_code == 409
    assert "Sol Reyes stopped this" in answer.content.decode() and "on the bus" in answer.content.decode()


def test_what_names_no_record_is_no_answer(client, organisation, club_phone, tom, sam):
    client.force_login(tom)
    for who in ("7", "", "\ud800", str(club_phone.pk)):
        answer = client.post(page("add_holder", club_phone), {"user": who.encode("utf-8", "surrogatepass")})
        assert answer.status_code == 200 and not ChannelHolder.objects.exists()
    missing = reverse("home:channel", args=["0" * 8 + "-0000-4000-8000-" + "0" * 12])
    assert client.get(missing).status_code == 404
    assert client.get(page("end_holder", club_phone, club_phone.pk)).status_code == 404


def test_keepers_are_asked_to_look_again_and_nobody_else(client, organisation, club_phone, tom, sam):
    says = "1 way to reach young people: look again"
    for user, is_asked in ((tom, True), (sam, False)):
        client.force_login(user)
        assert (says in client.get("/").content.decode()) is is_asked
