"""`python -m tests` runs what it can, and names what it did not; `make doctor` asks the servers that are meant."""

import importlib
import socket

import pytest

from harmony import doctor
from tests import __main__ as running


def titles(lacking):
    return [title for together in running.suites(lacking) for title, _environment, _arguments in together]


def test_with_everything_there_nothing_is_left_out():
    assert {"PostgreSQL and Redis", "While everything fails, on both engines"} <= set(titles(set()))
    assert list(running.left_out(set())) == []


def test_without_redis_the_suite_runs_on_postgresql_all_the_same():
    assert titles({"Redis"}) == [
        "SQLite",
        "PostgreSQL, without Redis",
        "In a browser, on PostgreSQL, without Redis",
        "In a browser, a smoke on SQLite",
    ]
    environments = [environment for together in running.suites({"Redis"}) for _title, environment, _marks in together]
    assert {environment["REDIS_URL"] for environment in environments} == {""}
    assert doctor.POSTGRESQL in {environment["DATABASE_URL"] for environment in environments}
    assert {missing for _what, missing in running.left_out({"Redis"})} == {"Redis"}


def test_every_suite_that_does_not_run_is_named_with_its_reason():
    assert titles({"PostgreSQL", "Redis"}) == ["SQLite"]
    named = dict(running.left_out({"PostgreSQL", "Redis", "Chromium"}))
    assert set(named.values()) == {"PostgreSQL", "Chromium"}
    assert any("PostgreSQL and Redis" in what for what in named)
    assert not any(title.startswith("In a browser") for title in titles({"Chromium"}))


@pytest.fixture
def meant(monkeypatch):
    """meant(TEST_REDIS_URL=…): the doctor, as it starts on a machine where these are set."""

    def start(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return importlib.reload(doctor)

    yield start
    monkeypatch.undo()
    importlib.reload(doctor)


def test_the_servers_that_are_meant_are_asked(meant):
    with socket.socket() as there, socket.socket() as nowhere:
        there.bind(("127.0.0.1", 0))
        there.listen()
        nowhere.bind(("127.0.0.1", 0))  # taken, and never answered
        asked = meant(
            TEST_DATABASE_URL=f"postgres://root@127.0.0.1:{there.getsockname()[1]}/postgres",
            TEST_REDIS_URL=f"redis://127.0.0.1:{nowhere.getsockname()[1]}/9",
        )
        found = {part.name: part.found for part in asked.parts()}
    assert (found["PostgreSQL"], found["Redis"]) == (True, False)


def test_a_socket_file_is_asked_too(meant, tmp_path):
    with socket.socket(socket.AF_UNIX) as there:
        there.bind(str(tmp_path / ".s.PGSQL.5432"))
        there.listen()
        folder = str(tmp_path).replace("/", "%2F")
        assert meant().answers(f"postgres://root@{folder}/postgres", 5432)
    assert not meant().answers("postgres://root@%2Fnowhere/postgres", 5432)


def test_an_address_left_empty_is_the_local_one(meant):
    assert "6379" in meant(TEST_REDIS_URL="").REDIS
