"""From a waiting row to a message that is out: nothing lost, nothing said, nothing sent to whoever may not."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.core.management import call_command
from django.db import connection
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.notifications import dispatch
from harmony.notifications.dispatch import TRIES, claim, send_waiting
from harmony.notifications.models import Delivery, Notice, QuietHours
from incidents.models import Recusal
from tests.audit.test_at_once import at_once

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def state(notice, channel="mail"):
    return notice.deliveries.get(channel=channel).status


def test_it_says_one_sentence_and_where_to_sign_in(organisation, told, amara, report, settings):
    settings.SITE_URL = "https://safe.example.org"
    at = datetime(2026, 11, 24, 9, 0, tzinfo=LONDON)
    notice = told(amara, due=at.replace(hour=13), at=at)
    assert send_waiting(at) == 1
    [sent] = outbox.outbox
    assert sent.subject == "A message for you from HARMONY"
    assert sent.to == [amara.email]
    assert sent.extra_headers["Message-ID"] == f"<{notice.pk.hex}@safe.example.org>"
    assert "A case needs you by 1pm today." in sent.body
    assert "https://safe.example.org/inbox/" in sent.body
    assert notice.reference in sent.body
    for word in ("Zed", "bruise", notice.about.hex, str(notice.about), "concern", "Sam", "Amara"):
        assert word not in sent.body + sent.subject + str(sent.extra_headers)


def test_a_name_of_two_lines_stays_one_subject(organisation, told, amara):
    with event("rename", by="the tests", about=organisation):
        type(organisation).objects.update(name="HARMONY\nBcc: everybody@example.org")
    told(amara)
    assert send_waiting() == 1
    assert "\n" not in outbox.outbox[0].subject


def test_what_went_out_goes_out_once(organisation, told, amara, tom):
    told(amara, tom)
    assert send_waiting() == 2
    assert send_waiting() == 0
    call_command("dispatch", verbosity=0)
    assert len(outbox.outbox) == 2


def test_urgent_goes_first(organisation, told, amara, tom):
    told(tom, at=now() - timedelta(hours=1))
    told(amara, urgent=True)
    assert dispatch.take("mail").notice.recipient == amara


def test_whoever_is_kept_out_meanwhile_is_sent_nothing(organisation, told, amara, case):
    notice = told(amara)
    with event("recuse", by="the chair", about=case):
        Recusal.objects.create(case=case, user=amara)
    assert send_waiting() == 0
    assert outbox.outbox == []
    assert state(notice) == "dropped"


def test_whoever_was_suspended_meanwhile_is_sent_nothing(organisation, told, amara, ruth):
    notice = told(amara)
    amara.suspend(by=ruth, why="Under investigation")
    assert send_waiting() == 0
    assert state(notice) == "dropped"


def test_what_was_answered_or_read_meanwhile_is_not_sent(organisation, told, amara, tom, case):
    told(amara)
    Notice.objects.read()
    told(tom)
    with event("acknowledge", by=amara, about=case):
        Notice.objects.of(case, "read").stop()
    assert send_waiting() == 0
    assert set(Delivery.objects.values_list("status", flat=True)) == {"dropped"}


def test_a_dead_messengers_message_is_sent_by_the_next(organisation, told, amara):
    told(amara)
    assert dispatch.take("mail")  # and dies
    assert send_waiting() == 0
    assert send_waiting(now() + claim()) == 1


def test_a_slow_messenger_that_lost_its_turn_changes_nothing(organisation, told, amara):
    notice = told(amara)
    slow = dispatch.take("mail")
    assert send_waiting(now() + claim()) == 1
    assert dispatch.finish(slow, "failed") is False
    assert state(notice) == "sent"


def test_a_message_that_ends_its_messenger_again_and_again_is_given_up(organisation, told, amara):
    notice = told(amara)
    for turn in range(TRIES):
        assert dispatch.take("mail", now() + turn * claim())
    assert send_waiting(now() + TRIES * claim()) == 0
    assert state(notice) == "dead"


@pytest.mark.django_db(transaction=True)
def test_two_messengers_at_once_send_each_message_once(organisation, told, amara, tom, post_office):
    for rung in range(4):
        told(amara, tom, rung=rung)

    def work(n):
        try:
            return send_waiting()
        finally:
            connection.close()

    assert sum(at_once(work, 2, people=2)) == 8
    assert len({message["Message-ID"] for message in post_office.taken}) == len(post_office.taken) == 8


# when the other side fails


def test_a_real_server_takes_it(organisation, told, amara, post_office):
    notice = told(amara)
    assert send_waiting() == 1
    [message] = post_office.taken
    assert message["Message-ID"].startswith(f"<{notice.pk.hex}@")
    assert message["Auto-Submitted"] == "auto-generated"


def test_refused_for_good_is_given_up_at_once(organisation, told, amara, tom, post_office):
    post_office.answers = "550 nobody of that name"
    notice = told(amara)
    assert send_waiting() == 0
    delivery = notice.deliveries.get()
    assert (delivery.status, delivery.failure) == ("dead", "SMTPRecipientsRefused")


@pytest.mark.parametrize("how", ["later", "hangs", "is gone", "dies with it"])
def test_any_other_failure_is_tried_again_later(organisation, told, amara, post_office, settings, how):
    post_office.answers = "451 come back later" if how == "later" else ""
    post_office.hangs, post_office.dies = how == "hangs", how == "dies with it"
    if how == "is gone":
        settings.EMAIL_PORT = 9
    settings.EMAIL_TIMEOUT = 0.2
    notice, at = told(amara), now()
    assert send_waiting(at) == 0
    delivery = notice.deliveries.get()
    assert (delivery.status, delivery.attempts) == ("failed", 1)
    assert timedelta(seconds=20) < delivery.next_try_at - at < timedelta(seconds=40)
    settings.EMAIL_PORT = post_office.port
    post_office.answers, post_office.hangs, post_office.dies = "", False, False
    assert send_waiting(at) == 0
    assert send_waiting(at + timedelta(minutes=1)) == 1
    assert len({message["Message-ID"] for message in post_office.taken}) == 1


def test_a_server_that_hangs_holds_up_one_message_a_sweep(organisation, told, amara, tom, post_office, settings):
    post_office.hangs, settings.EMAIL_TIMEOUT = True, 0.2
    told(amara, tom)
    send_waiting()
    assert sorted(Delivery.objects.values_list("status", flat=True)) == ["failed", "pending"]


def test_waits_grow_to_an_hour_and_end_after_a_day():
    waits = [dispatch.wait(attempt) for attempt in range(1, TRIES)]
    assert max(waits) <= timedelta(minutes=78)
    assert timedelta(hours=14) < sum(waits, timedelta()) < timedelta(hours=32)


def test_after_so_many_tries_it_is_given_up_and_can_be_tried_again(organisation, told, amara, post_office):
    post_office.answers = "451 come back later"
    notice, at = told(amara), now()
    Delivery.objects.update(attempts=TRIES - 1)
    send_waiting(at)
    assert state(notice) == "dead"
    post_office.answers = ""
    assert Delivery.objects.try_again() == 1
    assert send_waiting() == 1


def test_the_log_says_what_kind_of_error_and_never_to_whom(organisation, told, amara, post_office, caplog):
    from harmony.look.logs import IdsOnly

    post_office.answers = f"550 {amara.email} is not known"
    told(amara)
    send_waiting()
    written = " ".join(IdsOnly().format(record) for record in caplog.records)
    assert "SMTPRecipientsRefused" in written
    assert amara.email not in written


# quiet hours


@pytest.fixture
def sleeps(amara):
    QuietHours(user=amara).begin(time(22), time(7), by=amara)
    return amara


@pytest.mark.parametrize(
    "at, waits_until",
    [
        (datetime(2026, 11, 24, 21, 59), None),
        (datetime(2026, 11, 24, 22, 0), datetime(2026, 11, 25, 7, 0)),
        (datetime(2026, 11, 25, 3, 0), datetime(2026, 11, 25, 7, 0)),
        (datetime(2026, 11, 25, 7, 0), None),
    ],
)
def test_what_can_wait_waits_until_its_reader_wakes(organisation, told, sleeps, at, waits_until):
    at = at.replace(tzinfo=LONDON)
    notice = told(sleeps, at=at)
    assert send_waiting(at) == (0 if waits_until else 1)
    if waits_until:
        delivery = notice.deliveries.get()
        assert (delivery.status, delivery.attempts) == ("pending", 0)
        assert delivery.next_try_at == waits_until.replace(tzinfo=LONDON)
        assert send_waiting(delivery.next_try_at) == 1


def test_nobody_silences_what_is_urgent(organisation, told, sleeps):
    at = datetime(2026, 11, 25, 3, 0, tzinfo=LONDON)
    told(sleeps, urgent=True, at=at)
    assert send_waiting(at) == 1


@pytest.mark.parametrize("hour, holds", [(9, False), (13, True), (12, True), (14, False)])
def test_quiet_may_lie_within_a_day(amara, hour, holds):
    hours = QuietHours(user=amara, since=time(12), until=time(14))
    at = datetime(2026, 11, 25, hour, tzinfo=LONDON)
    assert hours.end_at(at) == (at.replace(hour=14) if holds else None)


def test_what_was_written_before_the_clock_was_set_back_does_not_wait_for_that_time(organisation, told, amara):
    notice = told(amara, at=now() + timedelta(hours=1))
    assert send_waiting() == 1
    assert state(notice) == "sent"
