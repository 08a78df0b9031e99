"""Migrations on recorded tables and on the book itself, as `migrate` runs them."""

import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, migrations, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models.signals import post_migrate, pre_migrate

from harmony.audit import book, triggers
from harmony.audit.checks import every_table_has_its_triggers
from harmony.audit.events import event
from harmony.audit.migrating import RecordedPython
from harmony.audit.models import Entry
from harmony.organisation.models import Closure
from incidents.models import Case

pytestmark = pytest.mark.django_db(transaction=True)


def rename_all(apps, schema_editor):
    for case in apps.get_model("incidents", "Case").objects.all():
        case.rationale = f"{case.rationale}, renamed"
        case.severity = 3
        case.save()


@pytest.fixture
def migrate():
    """Run the operations between the two signals, each one atomic, as the migrate command does."""
    state = MigrationLoader(connection).project_state()
    audit = apps.get_app_config("audit")
    signal = {"sender": audit, "app_config": audit, "using": "default", "verbosity": 0, "interactive": False}
    signal["plan"] = ["something"]

    def run(app, *operations):
        nonlocal state
        pre_migrate.send(**signal)
        for operation in operations:
            migration = migrations.Migration("a_test", app)
            migration.operations = [operation]
            with connection.schema_editor(atomic=True) as editor:
                state = migration.apply(state, editor)
        post_migrate.send(**signal)

    return run


def holds(case):
    """Nothing lost, everything still recorded, refused without an event, and the check is content."""
    assert list(every_table_has_its_triggers(None, ["default"])) == []
    with pytest.raises(DatabaseError, match="No event"), transaction.atomic():
        Case.objects.update(severity=1)
    lines = Entry.objects.count()
    with event("after", by="the tests"):
        Case.objects.update(severity=100 + lines)
    assert Entry.objects.count() == lines + 1
    assert list(book.breaks()) == []


def test_a_recorded_table_gains_changes_renames_and_loses_a_column(case, migrate):
    migrate("incidents", migrations.AddField("case", "extra", models.TextField(default="x")))
    with event("extra", by="the tests"), connection.cursor() as cursor:
        cursor.execute("UPDATE incidents_case SET extra = 'y'")
    assert json.loads(Entry.objects.last().changes) == {"extra": ["x", "y"]}
    migrate("incidents", migrations.AlterField("case", "status", models.CharField(max_length=30, default="submitted")))
    migrate("incidents", migrations.RenameField("case", "extra", "more"))
    migrate("incidents", migrations.RemoveField("case", "more"))
    holds(case)
    migrate("incidents", migrations.AlterField("case", "status", Case._meta.get_field("status").clone()))
    holds(case)


def test_what_a_migration_does_to_rows_is_told_afterwards(case, migrate):
    """A default, another type, somebody else's data migration: else verify_audit would name every row."""
    migrate("incidents", migrations.AddField("case", "extra", models.TextField(default="7")))
    assert json.loads(Entry.objects.last().changes) == {"extra": [None, "7"]}
    assert (Entry.objects.last().verb, Entry.objects.last().actor_name) == ("migrate", "migration")
    migrate("incidents", migrations.AlterField("case", "extra", models.IntegerField(default=7)))
    assert json.loads(Entry.objects.last().changes) == {"extra": ["7", 7]}
    migrate("incidents", migrations.RenameField("case", "extra", "more"))
    assert json.loads(Entry.objects.last().changes) == {"extra": [7, None], "more": [None, 7]}
    migrate("incidents", migrations.RunSQL("UPDATE incidents_case SET more = 8"))
    assert json.loads(Entry.objects.last().changes) == {"more": [7, 8]}
    lines = Entry.objects.count()
    migrate("incidents", migrations.RemoveField("case", "more"))
    assert Entry.objects.count() == lines  # nothing is left to tell of
    holds(case)


def test_a_new_name_for_a_table_is_told_too(case, migrate):
    with event("set up", by="the tests"):
        closure = Closure.objects.create(name="Easter", starts_on="2027-04-02", ends_on="2027-04-05")
    Closure._meta.db_table = "organisation_holiday"
    try:
        migrate("organisation", migrations.AlterModelTable("closure", "organisation_holiday"))
        line = Entry.objects.get(table_name="organisation_holiday")
        assert (line.verb, line.row_id) == ("migrate", closure.pk.hex)
        assert list(book.breaks()) == []
    finally:
        Closure._meta.db_table = "organisation_closure"
        migrate("organisation", migrations.AlterModelTable("closure", "organisation_closure"))
    holds(case)


def test_a_migration_does_not_explain_away_what_was_wrong_before(case, migrate):
    triggers.drop()
    Case.objects.update(track="worker")
    triggers.install()
    migrate("incidents", migrations.AddField("case", "extra", models.TextField(default="x")))
    try:
        assert ["changed: track" in found for found in book.breaks()] == [True]
    finally:
        migrate("incidents", migrations.RemoveField("case", "extra"))


def test_a_data_migration_may_make_rows_that_point_to_others(case, sam, migrate):
    def recuse(apps, schema_editor):
        user = apps.get_model("people", "User").objects.get(pk=sam.pk)
        cases = apps.get_model("incidents", "Case").objects
        apps.get_model("incidents", "Recusal").objects.create(case=cases.get(pk=case.pk), user=user)

    migrate("incidents", RecordedPython(recuse, why="The policy changed"))
    assert Entry.objects.get(table_name="incidents_recusal").root == case.root.hex
    holds(case)


def test_the_book_itself_gains_changes_and_loses_a_column(case, migrate):
    migrate("audit", migrations.AlterField("entry", "verb", models.CharField(max_length=90)))
    holds(case)
    migrate("audit", migrations.AlterField("entry", "verb", models.TextField()))
    migrate("audit", migrations.AddField("entry", "shelf", models.TextField(db_default="")))
    holds(case)
    migrate("audit", migrations.RemoveField("entry", "shelf"))
    holds(case)


def test_a_data_migration_stands_in_the_book(case, migrate):
    migrate("incidents", RecordedPython(rename_all, why="The policy changed"))
    line = Entry.objects.get(verb="migrate incidents")
    assert (line.actor_name, line.root, line.reason) == ("migration", case.root.hex, "The policy changed")
    assert Case.objects.get().rationale == "A bruise, renamed"
    holds(case)


def test_a_failed_data_migration_changes_nothing_and_the_next_migrate_heals(case, migrate):
    def fails(apps, schema_editor):
        rename_all(apps, schema_editor)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        migrate("incidents", RecordedPython(fails, why="x"))
    assert Case.objects.get().rationale == "A bruise"
    assert every_table_has_its_triggers(None, ["default"])
    call_command("migrate", verbosity=0)
    holds(case)
