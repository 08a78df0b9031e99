"""On PostgreSQL the app runs as a role of its own, which can do all its work and tamper with nothing."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import now

from harmony.audit import book
from harmony.audit.checks import the_app_does_not_own_the_book
from harmony.audit.events import event, note, note_list
from harmony.encryption import keys

pytestmark = [pytest.mark.django_db, pytest.mark.only("postgresql")]
ROLE = "harmony_app_of_the_tests"


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def app_role(case, report, amara):
    """The cast is there; from here on we are the app. The role goes with the test's transaction."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"CREATE ROLE {ROLE}")
    call_command("grant_app_role", ROLE, "--run", verbosity=0)
    sql(f"SET LOCAL ROLE {ROLE}")


def test_the_app_does_all_its_work(app_role, report, case, amara, tom, client):
    opened = report(about=tom).case
    opened.acknowledge(by=amara)
    with event("erase", by=amara, about=case):
        keys.erase(case.root)
    with event("group", by=amara):
        Group.objects.create(name="x").delete()
    note("read", by=amara, about=opened)
    note_list("list", by=amara, page="cases", references=[opened.reference])
    client.force_login(amara)  # a session, and the last sign-in
    SessionStore(client.session.session_key).delete()
    assert book.seal()
    assert book.seal_if_due(at=now() + timedelta(days=2)) is None
    assert list(book.breaks()) == []


TAMPERING = {
    "write a line": "INSERT INTO audit_entry SELECT * FROM audit_entry",
    "change a line": "UPDATE audit_entry SET actor_name = 'nobody'",
    "delete a line": "DELETE FROM audit_entry",
    "empty the book": "TRUNCATE audit_entry",
    "wind a chain back": "UPDATE audit_head SET seq = 0",
    "forget a chain": "DELETE FROM audit_head",
    "change a seal": "UPDATE audit_seal SET digest = ''",
    "call the pen": "SELECT audit_write('', '', '', '')",
    "borrow the pen": "CREATE TEMP TABLE incidents_case_2 (id int);"
    " CREATE TRIGGER x AFTER INSERT ON incidents_case_2 FOR EACH ROW EXECUTE FUNCTION audit_row()",
    "switch the triggers off": "ALTER TABLE incidents_case DISABLE TRIGGER ALL",
    "drop a trigger": "DROP TRIGGER harmony_update ON incidents_case",
    "pretend to be a replica": "SET session_replication_role = replica",
    "drop the book": "DROP TABLE audit_entry CASCADE",
    "own the book": "ALTER TABLE audit_entry OWNER TO CURRENT_USER",
    "forge the digest": "CREATE OR REPLACE FUNCTION audit_digest(VARIADIC parts text[]) RETURNS text LANGUAGE sql AS $$ SELECT '' $$",
    "overshadow the digest": "CREATE FUNCTION audit_digest(text, text) RETURNS text LANGUAGE sql AS $$ SELECT '' $$",
    "empty a recorded table": "TRUNCATE incidents_case CASCADE",
    "pretend a migration ran": "INSERT INTO django_migrations (app, name, applied) VALUES ('audit', 'x', now())",
}


@pytest.mark.parametrize("way", TAMPERING)
def test_the_app_tampers_with_nothing(app_role, way):
    with event("try", by="the tests"):
        book.seal()
        with pytest.raises(DatabaseError, match="permission denied|must be owner"), transaction.atomic():
            sql(TAMPERING[way])


def test_the_check_sees_who_could(settings, case):
    settings.PRODUCTION = True
    assert [found.id for found in the_app_does_not_own_the_book(None, ["default"])] == ["audit.W003"]
    sql(f"CREATE ROLE {ROLE}")
    sql(f"SET LOCAL ROLE {ROLE}")
    assert list(the_app_does_not_own_the_book(None, ["default"])) == []


def test_the_command_prints_and_refuses(capsys):
    call_command("grant_app_role", "harmony_app")
    assert 'GRANT INSERT ON audit_seal TO "harmony_app"' in capsys.readouterr().out
    sql("CREATE ROLE harmony_almighty SUPERUSER")
    for role, say in {"no one": "not a plain", "nobody_there": "no role", "harmony_almighty": "superuser"}.items():
        with pytest.raises(CommandError, match=say):
            call_command("grant_app_role", role, "--run")


def test_the_app_may_copy_all_there_is(app_role):
    """For a backup: each table, and how far each sequence has got."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT relname FROM pg_class WHERE relkind IN ('r', 'S') AND relnamespace = 'public'::regnamespace
            AND NOT CASE relkind WHEN 'S' THEN has_sequence_privilege(oid, 'SELECT')
                    ELSE has_table_privilege(oid, 'SELECT') END"""
        )
        assert cursor.fetchall() == []
