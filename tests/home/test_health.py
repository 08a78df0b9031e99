"""Whether everything runs: for machines that watch, on a page, and on the command line."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.db.utils import OperationalError
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit import dialects, triggers
from harmony.audit.events import event
from harmony.home import health, tasks
from harmony.home.models import Heartbeat
from harmony.notifications import dispatch, telling
from harmony.notifications.models import Delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]


@pytest.fixture(autouse=True)
def _alive():
    tasks.live()


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
    assert wrong(at=now() + timedelta(minutes=4)) == ["worker"]
    Heartbeat.objects.all().delete()
    assert wrong() == ["worker"]


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
    Heartbeat.objects.all().delete()
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
    Heartbeat.objects.all().delete()
    client.force_login(sol)
    page = client.get(reverse("home:running")).text
    assert "One thing is not running as it should" in page
    assert "The background worker has never run." in page


def test_the_command_fails_when_something_is_not_well():
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("health", stdout=said)
    assert (ended.value.code, "NOT WELL" in said.getvalue()) == (0, False)
    Heartbeat.objects.all().delete()
    with pytest.raises(SystemExit) as ended:
        call_command("health", stdout=said)
    assert (ended.value.code, "NOT WELL  The background worker has never run." in said.getvalue()) == (1, True)


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
    tasks.live()
    assert "messages" in wrong(at=now() + timedelta(minutes=11))
    Delivery.objects.update(status="sent")
    assert "messages" not in wrong(at=now() + timedelta(minutes=11))
