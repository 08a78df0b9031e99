"""The cache goes on without Redis, and goes back to it."""

import socket

import pytest

from harmony import cache as ours

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
    held = cache("redis://127.0.0.1:6379/9")
    held.set("kept", "in Redis", 60)
    assert held.redis.get("kept") == "in Redis"
    monkeypatch.setattr(ours.RedisOrFiles, "away_until", float("inf"))
    assert held.get("kept") is None
    monkeypatch.setattr(ours.RedisOrFiles, "away_until", 0.0)
    assert held.get("kept") == "in Redis"
    held.delete("kept")
