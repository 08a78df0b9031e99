"""Whether everything runs: for machines that watch, on a page, and on the command line."""

from datetime import timedelta
from io import StringIO

import pytest
from celery import current_app
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.db.utils import OperationalError
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit import dialects, triggers
from harmony.audit.events import event
from harmony.home import health, tasks
from harmony.home.models import Run
from harmony.home.runs import scheduled
from harmony.notifications import dispatch, telling, waits
from harmony.notifications.ladders import Ladder
from harmony.notifications.models import Delivery, Notice
from harmony.notifications.tasks import climb, send_waiting
from harmony.notifications.waits import Wait

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]


@pytest.fixture(autouse=True)
def _alive():
    """Everything has just run."""
    tasks.live.apply()
    Run.objects.update(started_at=now(), good_at=now())


def wrong(**at):
    return [fact.name for fact in health.facts(**at) if not fact.is_well]


def test_a_machine_that_runs_is_well(client):
    assert wrong() == []
    assert client.get(reverse("home:live")).content == b"live\n"
    ready = client.get(reverse("home:ready"))
    assert ready.status_code == 200
    assert "worker: well" in ready.text


def test_a_worker_that_fell_silent_is_seen():
    assert wrong(at=now() + timedelta(minutes=2)) == []
    assert wrong(at=now() + timedelta(minutes=4)) == ["worker", "sweeps"]
    Run.objects.all().delete()
    assert wrong() == ["worker"]


@pytest.mark.parametrize("name", ["live", "ready"])
def test_a_machine_that_watches_is_not_sent_on(client, name):
    for address in (f"/health/{name}", f"/health/{name}/"):
        assert client.get(address).status_code == 200


def test_every_sweep_is_waited_for_from_its_first_day_on():
    assert set(Run.objects.values_list("name", flat=True)) == {entry["task"] for _label, entry in scheduled()}
    Run.objects.update(since=now() - timedelta(minutes=4), good_at=None)
    live(good_at=now())
    assert wrong() == ["sweeps"]
    Run.objects.update(since=now())
    assert wrong() == []


def live(**facts):
    Run.objects.note("harmony.home.tasks.live", **facts)


@pytest.mark.parametrize(
    ("task", "well", "late"),
    [
        ("harmony.notifications.tasks.send_waiting", 2, 4),  # comes every few seconds, and may take minutes
        ("harmony.documents.tasks.expire", 29, 31),
        ("harmony.audit.tasks.check_book", 71 * 60, 73 * 60),
    ],
)
def test_a_sweep_that_did_not_run_three_times_is_seen(client, sol, task, well, late):
    for minutes, found in ((well, []), (late, ["sweeps"])):
        Run.objects.note(task, good_at=now() - timedelta(minutes=minutes))
        assert wrong() == found
    cache.clear()
    assert client.get(reverse("home:ready")).status_code == 503
    client.force_login(sol)
    assert "Background work was not done as often as it should be: " in client.get(reverse("home:running")).text


def test_a_sweep_that_fails_is_said_with_the_kind_of_its_error_and_no_word_of_it(client, sol, monkeypatch, caplog):
    def broken(at):
        raise RuntimeError("Zed A")

    wait = Wait(Ladder("test", "odd", "test"), broken, "name")
    monkeypatch.setattr(waits, "_waits", {"odd": wait})
    climb.apply()
    run = Run.objects.get(name=climb.name)
    assert (run.failure, run.failed_at > run.good_at) == ("SweepFailed", True)
    assert wrong() == []  # once is not three times
    Run.objects.note(climb.name, good_at=now() - timedelta(minutes=4))
    assert wrong() == ["sweeps"]
    client.force_login(sol)
    page = client.get(reverse("home:running")).text
    assert "SweepFailed" in page and "Zed" not in page
    monkeypatch.setattr(waits, "_waits", {})
    climb.apply()
    assert wrong() == []
    assert "SweepFailed" not in client.get(reverse("home:running")).text


@pytest.mark.django_db(transaction=True)
def test_a_run_that_cannot_be_written_down_is_done_all_the_same(sol):
    def full(execute, sql, params, many, context):
        if "home_run" in sql:
            raise OperationalError("the disk is full")
        return execute(sql, params, many, context)

    with event("test", by=sol, about=sol):
        telling.test(sol)
    with connections["default"].execute_wrapper(full):
        send_waiting.apply(throw=True)
    assert Delivery.objects.get().status == "sent"


def test_a_table_without_its_triggers_is_seen():
    table, name = min(key for key in triggers.existing(connection) if key[0] == "incidents_case")
    with connection.cursor() as cursor:
        cursor.execute(dialects.of(connection).drop(table, name))
    assert wrong() == ["database"]


def test_a_queue_that_does_not_answer_is_seen(settings):
    settings.CELERY_BROKER_URL, settings.CELERY_BROKER_TRANSPORT_OPTIONS = "redis://127.0.0.1:1/0", {}
    assert wrong() == ["broker"]


def test_files_that_cannot_be_written_are_seen(settings, tmp_path):
    (tmp_path / "files").write_text("in the way")
    default = settings.STORAGES["default"]
    options = default["OPTIONS"] | {"location": tmp_path / "files"}
    settings.STORAGES = settings.STORAGES | {"default": default | {"OPTIONS": options}}
    assert wrong() == ["storage"]


def test_a_database_that_is_away_is_said_and_nothing_more():
    def away(execute, sql, params, many, context):
        raise OperationalError("away")

    with connections["default"].execute_wrapper(away):
        assert wrong() == ["database"]


def test_not_ready_is_503_and_tells_strangers_no_sentence(client):
    Run.objects.all().delete()
    cache.clear()
    answer = client.get(reverse("home:ready"))
    assert answer.status_code == 503
    assert "worker: not well" in answer.text
    assert "never run" not in answer.text


@pytest.mark.parametrize(("who", "status"), [("amara", 200), ("ruth", 200), ("sol", 200), ("sam", 404)])
def test_the_page_is_for_whoever_can_see_to_it(client, request, who, status):
    client.force_login(request.getfixturevalue(who))
    page = client.get(reverse("home:running"))
    assert page.status_code == status
    if status == 200:
        assert "Everything is running" in page.text


def test_the_page_names_what_is_wrong_first(client, sol):
    Run.objects.all().delete()
    client.force_login(sol)
    page = client.get(reverse("home:running")).text
    assert "One thing is not running as it should" in page
    assert "The background worker has never run." in page


def test_the_command_fails_when_something_is_not_well():
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("health", stdout=said)
    assert (ended.value.code, "NOT WELL" in said.getvalue()) == (0, False)
    Run.objects.all().delete()
    with pytest.raises(SystemExit) as ended:
        call_command("health", stdout=said)
    assert (ended.value.code, "NOT WELL  The background worker has never run." in said.getvalue()) == (1, True)


@pytest.mark.parametrize(("part", "code"), [("worker", 1), ("database", 0), ("nothing of this name", 1)])
def test_the_command_asks_for_one_part_alone(part, code):
    Run.objects.all().delete()
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("health", part=part, stdout=said)
    assert ended.value.code == code and len(said.getvalue().splitlines()) <= 1


def test_the_command_asks_a_website_too(live_server, settings):
    settings.SITE_URL = live_server.url
    for address, code in ((live_server.url, 0), ("http://127.0.0.1:1", 1)):
        with pytest.raises(SystemExit) as ended:
            call_command("health", web=address)
        assert ended.value.code == code


def test_a_test_message_is_sent_once_a_minute_and_its_fate_is_shown(client, sol, mailoutbox):
    client.force_login(sol)
    for _press in range(2):
        client.post(reverse("home:test_message"))
    assert "Waiting" in client.get(reverse("home:running")).text
    dispatch.send_waiting()
    assert [mail.to for mail in mailoutbox] == [[sol.email]]
    assert "E-mail" in (page := client.get(reverse("home:running")).text) and "Sent" in page


def test_a_test_message_is_for_whoever_sees_the_page(client, sam):
    client.force_login(sam)
    assert client.post(reverse("home:test_message")).status_code == 404
    assert not Delivery.objects.exists()


def test_an_urgent_message_that_does_not_get_out_is_seen(sol):
    with event("test", by=sol, about=sol):
        telling.test(sol)
    assert wrong() == []
    assert "messages" in wrong(at=now() + timedelta(minutes=11))
    Delivery.objects.update(status="sent")
    assert "messages" not in wrong(at=now() + timedelta(minutes=11))


@pytest.fixture
def calm(sol, person):
    """A message that can wait, of this moment."""
    with event("tell", by="the tests"):
        notice = Notice.objects.create(recipient=sol, kind="test", about=sol.pk, clock="calm", sentence="test")
    return Delivery.objects.create(notice=notice, channel="mail")


def test_a_message_that_nobody_takes_is_seen_and_one_that_waits_as_it_should_leaves_no_trace(calm, client, sol):
    later = now() + timedelta(minutes=11)
    assert "messages" in wrong(at=later)
    client.force_login(sol)
    Delivery.objects.update(next_try_at=now() - timedelta(minutes=11))
    assert "Messages cannot get out" in client.get(reverse("home:running")).text
    Delivery.objects.update(next_try_at=later + timedelta(hours=8))  # quiet hours
    assert "messages" not in wrong(at=later)
    waiting = [(fact.name, fact.says) for fact in health.facts(later) if fact.name == "messages"]
    Delivery.objects.all().delete()
    assert waiting == [(fact.name, fact.says) for fact in health.facts(later) if fact.name == "messages"]


def test_a_message_that_is_tried_in_vain_is_seen_between_its_tries(calm):
    soon = now() + timedelta(minutes=5)
    Delivery.objects.update(status="failed", attempts=4, next_try_at=soon)
    assert wrong() == []
    Delivery.objects.update(attempts=5)
    assert wrong() == ["messages"]


def test_what_waits_in_the_queue_is_counted(client, sol):
    tasks.clear_sessions.delay()
    try:
        assert any("1 task waits in it." in fact.says for fact in health.facts())
    finally:
        current_app.control.purge()
    assert any("0 tasks wait in it." in fact.says for fact in health.facts())
