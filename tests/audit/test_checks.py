"""The checks see what would leave holes in the book."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from harmony.audit import checks, triggers
from harmony.audit.events import event

pytestmark = pytest.mark.django_db


def found(check):
    return [problem.id for problem in check(None, ["default"])]


def test_a_missing_trigger_is_seen():
    assert found(checks.every_table_has_its_triggers) == []
    triggers.drop()
    assert any("incidents_case" in problem.msg for problem in checks.every_table_has_its_triggers(None, ["default"]))
    triggers.install()
    assert found(checks.every_table_has_its_triggers) == []


def test_a_superuser_is_seen(sam):
    assert found(checks.nobody_is_above_the_rules) == []
    with event("promote", by="the tests"):
        sam.is_superuser = True
        sam.save()
    assert found(checks.nobody_is_above_the_rules) == ["audit.W002"]


def test_this_database_waits_its_turn():
    assert found(checks.sqlite_waits_its_turn) == []


@pytest.mark.only("sqlite")
def test_sqlite_with_djangos_defaults_is_refused(monkeypatch):
    monkeypatch.delitem(connection.settings_dict["OPTIONS"], "transaction_mode")
    assert found(checks.sqlite_waits_its_turn) == ["audit.E001"]


@pytest.mark.only("sqlite")
def test_sqlite_has_no_roles_to_grant_to():
    with pytest.raises(CommandError, match="no roles"):
        call_command("grant_app_role", "harmony_app")


def test_the_product_passes_its_own_checks():
    call_command("check", "--database", "default", "--fail-level", "WARNING")
