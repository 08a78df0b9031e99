"""What `make` would do, asked without doing it."""

import os
import subprocess

import pytest
from django.conf import settings


@pytest.fixture
def would_do(tmp_path):
    """would_do("run", PORT=8001): the commands, with data in a folder of its own."""

    def ask(target, *, database="", **variables):
        words = [f"{name}={value}" for name, value in variables.items()]
        environment = os.environ | {"HARMONY_VAR": str(tmp_path), "DATABASE_URL": database}
        environment.pop("MAKEFLAGS", None)
        asked = ["make", "--no-print-directory", "-n", target, *words]  # `make test` may have started us
        done = subprocess.run(asked, cwd=settings.BASE, env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    return ask


def remember(folder):
    (folder / "harmony.sqlite3").touch()
    (folder / "set-up").touch()


@pytest.mark.parametrize("target", ["run", "begin", "test", "lint", "assets"])
def test_each_sets_up_first_and_not_again_when_nothing_has_changed(would_do, tmp_path, target):
    assert "harmony.setup" in would_do(target) and "migrate" in would_do(target)
    remember(tmp_path)
    assert "harmony.setup" not in would_do(target)


def test_a_database_that_is_gone_or_elsewhere_is_asked(would_do, tmp_path):
    remember(tmp_path)
    assert "migrate" in would_do("setup", database="postgres://db/harmony")
    (tmp_path / "harmony.sqlite3").unlink()
    assert "migrate" in would_do("setup")


def test_the_doctor_calls_no_setup_for_it_says_what_that_lacks(would_do):
    assert "migrate" not in would_do("doctor")


@pytest.mark.parametrize("target", ["run", "begin"])
def test_links_lead_to_the_port_that_was_asked_for(would_do, target):
    assert "PORT=8123" in would_do(target, PORT=8123).splitlines()[-1]


def test_templates_are_linted_in_a_source_tree_without_git(would_do):
    assert "git " not in would_do("lint") and "djade" in would_do("lint")
