"""The cache goes on without Redis, and goes back to it."""

import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings

from harmony import cache as ours
from harmony import doctor

FILES = {"MAX_ENTRIES": 1000}


@pytest.fixture
def nowhere():
    """An address where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"redis://127.0.0.1:{taken.getsockname()[1]}/0"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(ours.RedisOrFiles, "away_until", 0.0)
    return lambda address: ours.RedisOrFiles(address, {"OPTIONS": FILES | {"files": tmp_path / "cache"}})


def test_without_redis_it_is_a_folder(cache, nowhere, tmp_path):
    held = cache(nowhere)
    assert held.get("tries", 0) == 0
    held.set("tries", 1)
    assert held.incr("tries") == 2
    assert (held.add("tries", 9), held.add("code", True)) == (False, True)
    assert held.get_many(["tries", "code", "none"]) == {"tries": 2, "code": True}
    held.delete("tries")
    assert (held.has_key("tries"), held.touch("code"), "code" in held) == (False, True, True)
    assert list((tmp_path / "cache").iterdir())
    held.clear()
    assert held.get("code") is None


def test_it_is_asked_once_and_then_left_alone(cache, nowhere, caplog):
    held = cache(nowhere)
    for _try in range(5):
        held.get("tries")
    assert caplog.messages == ["Redis does not answer"]


def test_one_that_takes_the_call_and_says_nothing_holds_nobody_up(cache, caplog):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        held = cache(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        held.set("tries", 1)
        assert held.get("tries") == 1
    assert caplog.messages == ["Redis does not answer"]


@pytest.mark.needs("Redis")
def test_it_goes_back_to_redis(cache, nowhere, monkeypatch):
    held = cache(doctor.REDIS)
    held.set("kept", "in Redis", 60)
    assert held.redis.get("kept") == "in Redis"
    monkeypatch.setattr(ours.RedisOrFiles, "away_until", float("inf"))
    assert held.get("kept") is None
    monkeypatch.setattr(ours.RedisOrFiles, "away_until", 0.0)
    assert held.get("kept") == "in Redis"
    held.delete("kept")


AT_ONCE = """
import sys
from harmony.cache import Files
held = Files(sys.argv[1], {"OPTIONS": {"MAX_ENTRIES": 10_000}})
print("ready", flush=True)
input()
won = sum(held.add(f"form {n}", "…", 60) for n in range(200))
for _guess in range(100):
    held.incr("guesses")
print(won)
"""


def test_of_several_processes_at_once_one_is_the_first_and_every_guess_counts(tmp_path):
    held = ours.Files(tmp_path / "cache", {"OPTIONS": {"MAX_ENTRIES": 10_000}})
    held.set("guesses", 0)
    command = [sys.executable, "-c", AT_ONCE, str(tmp_path / "cache")]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    running = [
        subprocess.Popen(
            command, cwd=settings.BASE, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _process in range(4)
    ]
    assert [program.stdout.readline() for program in running] == ["ready\n"] * 4
    for program in running:
        program.stdin.write("go\n")
        program.stdin.flush()
    won = [int(program.communicate()[0]) for program in running]
    assert sum(won) == 200
    assert held.get("guesses") == 400


def test_what_is_used_has_the_lock():
    assert settings.CACHES["default"]["BACKEND"] in {"harmony.cache.Files", "harmony.cache.RedisOrFiles"}
