"""The clock and the broker: a real worker makes a real document, on the folder and on Redis."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection

from harmony.beat import Scheduler
from harmony.celery import app
from harmony.documents import kinds
from harmony.documents.models import Export
from harmony.home.models import Run

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/6")


def test_the_clock_names_tasks_that_exist():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)
    assert current_app.main == "harmony"


def test_what_nobody_took_in_time_is_dropped_and_nobody_waits_for_an_answer():
    assert all(entry["options"]["expires"] for entry in app.conf.beat_schedule.values())
    assert app.conf.result_backend is None
    assert app.conf.accept_content == ["json"]


@pytest.mark.parametrize("back", [timedelta(seconds=3), timedelta(hours=1), timedelta(days=40)])
def test_a_clock_that_is_set_back_goes_on_at_once(back, tmp_path):
    clock = Scheduler(app, schedule_filename=str(tmp_path / "beat"))
    for entry in clock.schedule.values():
        entry.last_run_at = app.now() + back
    clock.populate_heap()
    soon = min(entry["schedule"] for entry in app.conf.beat_schedule.values() if isinstance(entry["schedule"], int))
    assert 0 < clock.tick() <= soon
    assert all(entry.last_run_at <= app.now() for entry in clock.schedule.values())
    clock.close()


@pytest.fixture
def worker(tmp_path):
    """worker(broker): beat and worker in a process of their own, on the database of this test."""
    running = []

    def start(broker):
        name = str(connection.settings_dict["NAME"])
        database = f"sqlite:///{name}" if connection.vendor == "sqlite" else _url_of(connection.settings_dict)
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": database,
            "BROKER_URL": broker,
            "HARMONY_VAR": str(tmp_path),
        }
        command = [sys.executable, "-m", "celery", "--app", "harmony", "--quiet", "worker", "--beat"]
        command += ["--schedule", str(tmp_path / "beat"), "--concurrency", "1", "--loglevel", "WARNING"]
        with (tmp_path / "worker.log").open("w") as log:
            running.append(subprocess.Popen(command, cwd=settings.BASE, env=environment, stdout=log, stderr=log))

    yield start
    for program in running:
        program.terminate()
        program.wait(30)


def _url_of(database):
    login = ":".join(filter(None, [database["USER"], database["PASSWORD"]]))
    return f"postgres://{login}@{database['HOST'] or 'localhost'}:{database['PORT'] or 5432}/{database['NAME']}"


@pytest.mark.needs("Pango")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "broker", ["filesystem://localhost", pytest.param(REDIS, marks=pytest.mark.needs("Redis"))], ids=["folder", "redis"]
)
def test_a_worker_makes_what_waits(broker, worker, organisation, report, amara, tmp_path):
    case = report().case
    export = Export.of(
        kinds.get("chronology"), case, purpose="police", purpose_words="For court", form_key=uuid4(), by=amara
    )
    worker(broker)
    deadline = time.monotonic() + 60
    while export.status == "waiting" and time.monotonic() < deadline:
        time.sleep(0.5)
        export.refresh_from_db()
    assert export.status == "ready", (tmp_path / "worker.log").read_text()
    assert (tmp_path / "files" / "exports" / export.token.hex).exists()
    run = Run.objects.get(name="harmony.documents.tasks.make_waiting")
    assert run.started_at and run.failed_at is None
