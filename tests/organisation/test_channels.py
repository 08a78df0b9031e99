"""The approved ways to reach young people: until a day, on conditions, held by two, and stopped for good (S25, R33)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from harmony.audit import guards
from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.audit.transitions import StateMoved
from harmony.organisation.models import Channel
from harmony.people.leaving import leave
from harmony.people.models import ChannelHolder
from harmony.people.models.channels import to_look_at
from platforms.models import Platform

from ..platforms.making import listed

pytestmark = pytest.mark.django_db
CAST = ("sam", "leah", "amara", "tom", "ruth", "gwen", "sol")
KEEPERS = {"amara", "tom", "ruth", "gwen", "sol"}
IN_TWO_MONTHS = timedelta(days=60)


@pytest.fixture
def club_phone(amara, ruth):
    return listed("Club phone", localdate() + IN_TWO_MONTHS, amara, ruth, "Kept in the office at night.")


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


def test_a_stopped_channel_is_approved_on_no_day_and_no_step_is_left(club_phone, amara, tom):
    club_phone.stop(by=tom, why="The number was sold.")
    assert not Channel.objects.approved().exists() and not Channel.objects.in_use().exists()
    for step in (
        lambda: club_phone.pause(by=amara),
        lambda: club_phone.renew("Day and night", localdate() + IN_TWO_MONTHS, by=amara),
        lambda: club_phone.stop(by=amara, why="Again"),
    ):
        with pytest.raises(StateMoved, match="Tom Ellery stopped this"):
            step()


def test_the_database_keeps_a_stopped_channel_as_it_is(club_phone, amara):
    club_phone.stop(by=amara, why="The number was sold.")
    here = Channel.objects.filter(pk=club_phone.pk)
    says = "This channel is not used any more. What was said of it stays. Propose it anew."
    assert refusal(lambda: here.update(conditions="Day and night")) == says
    assert refusal(lambda: here.delete()) == says


def test_the_database_knows_no_approval_that_ends_before_it_starts(club_phone):
    here = Channel.objects.filter(pk=club_phone.pk)
    assert refusal(lambda: here.update(approved_on=localdate() + IN_TWO_MONTHS * 2)) is None
    assert refusal(lambda: here.update(status="stopped")) is None  # without when and why
    assert refusal(lambda: here.update(status="forgotten")) is None


def test_a_paused_channel_is_in_use_and_not_approved(club_phone, amara):
    club_phone.pause(by=amara)
    assert Channel.objects.in_use().exists() and not Channel.objects.approved().exists()
    assert not club_phone.is_approved()


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
    assert not to_look_at(localdate() + IN_TWO_MONTHS).exists()


# the pages


def test_everybody_who_works_here_reads_the_list_and_keepers_say_who_holds_each(
    request, client, organisation, club_phone, hold
):
    hold(club_phone, request.getfixturevalue("leah"))
    held = club_phone.holders.get().pk
    steps = [page("channel", club_phone), page("add_holder", club_phone), page("end_holder", club_phone, held)]
    assert client.get(reverse("home:channels")).status_code == 302
    for who in CAST:
        client.force_login(request.getfixturevalue(who))
        said = client.get(reverse("home:channels")).content.decode()
        assert "Kept in the office at night." in said and "held by Leah Osei" in said
        assert (page("channel", club_phone) in said) is (who in KEEPERS)
        for step in steps:
            assert client.get(step).status_code == (200 if who in KEEPERS else 404), (who, step)


def test_two_hold_it_and_the_list_says_when_it_is_paused_or_stopped(client, organisation, club_phone, sol, leah, tom):
    client.force_login(tom)
    for user in (sol, leah):
        assert b"Two people at least hold it" in client.get(page("channel", club_phone)).content
        today = {f"starts_on_{part}": getattr(localdate(), part) for part in ("day", "month", "year")}
        client.post(page("add_holder", club_phone), {"user": str(user.pk)} | today)
    said = client.get(page("channel", club_phone)).content.decode()
    assert "Sol Reyes" in said and "Leah Osei" in said and "Two people at least" not in said
    platform = Platform.objects.get(pk=club_phone.pk)
    platform.look_again("again", pause=True, by=tom)
    assert b"Under review: do not use it" in client.get(reverse("home:channels")).content
    platform.retire(by=tom, why="The number was sold.")
    assert b"The number was sold." in client.get(reverse("home:channels")).content
    line = Entry.objects.filter(table_name="organisation_channel").last()
    assert (line.verb, line.actor_name) == ("stop", "Tom Ellery")


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
