"""Two faults by themselves, quickly, for every run of the tests; `make faults` tries all of them, over and over."""

import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.beat import Scheduler
from harmony.celery import app
from harmony.notifications.models import Delivery, Notice
from harmony.people.models import OnCall
from incidents.models import Report
from tests.test_celery import _url_of

from . import model
from .proxy import Proxy
from .sink import Sink
from .stack import ROOT, answers, free_port, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("organisation", "on_call")]
MANY = 12  # reports
CELERY = [sys.executable, "-m", "celery", "--app", "harmony", "--quiet"]


@pytest.fixture
def on_call(amara):
    """As in the model: for days already, and for days to come."""
    with event("add", by="the tests"):
        days = {"starts_at": now() - timedelta(days=3), "ends_at": now() + timedelta(days=3)}
        OnCall.objects.create(user=amara, phone="01632 960 101", **days)


@pytest.fixture
def post_office():
    sink = Sink()
    yield sink
    sink.stop()


@pytest.fixture
def programs(tmp_path, post_office):
    """start(command, broker): programs on the database of this test, ended with it."""
    running = []
    (tmp_path / "keys").write_text("1:" + "00" * 32)

    def start(command, broker=""):
        name = str(connection.settings_dict["NAME"])
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "harmony.settings",
            "DATABASE_URL": f"sqlite:///{name}" if connection.vendor == "sqlite" else _url_of(connection.settings_dict),
            "BROKER_URL": broker or "filesystem://localhost",
            "EMAIL_URL": f"smtp://127.0.0.1:{post_office.port}",
            "SITE_URL": "http://127.0.0.1",
            "SECRET_KEY": "for tests only, and long enough to sign with",
            "MASTER_KEY_FILE": str(tmp_path / "keys"),
            "HARMONY_VAR": str(tmp_path),
        }
        with (tmp_path / f"{len(running)}.log").open("wb") as log:
            program = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        running.append(program)
        return program

    yield start
    for program in running:
        end(program)


def end(program):
    if program.poll() is None:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def clock(folder, number=1):
    """A beat whose last run of everything was an hour ago, so that everything is due as it starts."""
    schedule = str(folder / f"beat-{number}")
    before = Scheduler(app, schedule_filename=schedule)
    for entry in before.schedule.values():
        entry.last_run_at = app.now() - timedelta(hours=1)
    before.close()
    return [*CELERY, "beat", "--schedule", schedule, "--pidfile", f"{schedule}.pid", "--loglevel", "ERROR"]


def worker():
    return [*CELERY, "worker", "--concurrency", "2", "--loglevel", "ERROR"]


@pytest.mark.once("postgresql")  # as in production
@pytest.mark.needs("Redis")
@pytest.mark.parametrize("how, seconds", [("shut", 6), ("hangs", 15)])
def test_redis_goes_file_redis_comes_back_and_all_are_told_within_a_minute(
    programs, post_office, report, tmp_path, how, seconds
):
    """A worker that keeps itself to itself, as `manage.py serve` starts it: nobody tells it that Redis is back.

    Both its processes are at work as Redis goes, and done before it is back: neither can say so (decision 0096).
    """
    behind = free_port()

    def redis():
        server = shutil.which("redis-server")
        return programs([server, "--port", str(behind), "--save", "", "--dir", str(tmp_path)])

    server = redis()
    wait_until(lambda: answers(behind))
    door = Proxy(behind)
    broker = f"redis://127.0.0.1:{door.port}/0"
    programs([*worker(), "--without-gossip", "--without-mingle", "--without-heartbeat"], broker)
    programs(clock(tmp_path), broker)
    post_office.mode = "slow"  # a second for each: the next sweep begins before the first is done
    for _turn in range(MANY):
        report()
    wait_until(lambda: Delivery.objects.filter(status="claimed").count() == 2)

    door.turn(how)
    if how == "shut":
        end(server)
    wait_until(lambda: _out() == MANY)
    time.sleep(3)  # nothing waits any more: both tasks end, and neither can say so
    post_office.mode = "well"
    for _turn in range(3):
        report()
    told = Notice.objects.filter(clock="acknowledge", rung=0).count()
    assert told == MANY + 3  # in the inbox, whatever the broker does
    time.sleep(seconds)  # sweeps go by; what hangs is given up
    assert _out() == MANY

    if how == "shut":
        redis()
    door.turn("well")
    wait_until(lambda: _out() == MANY + 3, seconds=60)
    door.stop()
    assert all(len(takes) == 1 for takes in post_office.taken.values())
    assert {f"<{notice.pk.hex}@127.0.0.1>" for notice in Notice.objects.filter(kind="case")} <= set(post_office.taken)


def _out():
    """How many messages about a case have gone out."""
    return Delivery.objects.filter(notice__kind="case", status="sent").count()


def test_two_clocks_tell_nobody_twice(programs, post_office, report, tmp_path, tom, ruth, gwen):
    at = now() - timedelta(hours=9)
    with_everybody = [report(danger="yes", at=at) for _turn in range(2)]
    with_everybody += [report(at=at - timedelta(hours=13))]
    programs(worker())
    for number in (1, 2):
        programs(clock(tmp_path, number))
    due = {one for filed in with_everybody for one in _due(filed)}
    wait_until(lambda: due <= set(_told()))
    wait_until(lambda: not Delivery.objects.filter(status__in=Delivery.UNDER_WAY).exists())
    time.sleep(6)  # both sweep once more
    told = _told()
    assert len(told) == len(set(told))
    assert {one for one in told if one[2] in ("acknowledge", "triage")} == due  # others wait too: contact, telling
    assert all(len(takes) == 1 for takes in post_office.taken.values())
    assert len(post_office.taken) == Notice.objects.count()


def _due(report):
    at = report.filed_at
    filed = model.Filed(str(report.pk), "", report.danger == "yes", False, at, at)
    return model.due(filed, now())


def _told():
    """As the model says it: by report, whichever record the notice is about."""
    keys = {}
    for one in Report.objects.filed():
        keys |= {one.pk: str(one.pk), one.case_id: str(one.pk)}
    found = Notice.objects.filter(kind__in=["case", "report"])
    found = found.values_list("about", "recipient__name", "clock", "rung")
    return [(keys[about], name, clock, rung) for about, name, clock, rung in found]
