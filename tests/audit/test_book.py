"""The book: written by the database, for everybody, and never rewritten."""

import json
import sqlite3

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from harmony.audit import book, triggers
from harmony.audit.events import event, note
from harmony.audit.models import Entry
from harmony.encryption.keys import ORGANISATION
from harmony.organisation.models import GuidanceSource
from incidents.models import Case

pytestmark = pytest.mark.django_db


def refused(attempt, say="No event is open"):
    with pytest.raises(DatabaseError, match=say), transaction.atomic():
        attempt()


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


ATTEMPTS = {
    "save": lambda case: Case(initials="x").save(),
    "change": lambda case: (setattr(case, "severity", 3), case.save()),
    "bulk_create": lambda case: Case.objects.bulk_create([Case(initials="x")]),
    "bulk_create, ignoring": lambda case: Case.objects.bulk_create([Case(initials="x")], ignore_conflicts=True),
    "bulk_update": lambda case: (setattr(case, "severity", 2), Case.objects.bulk_update([case], ["severity"])),
    "update": lambda case: Case.objects.update(severity=1),
    "_base_manager": lambda case: Case._base_manager.filter(pk=case.pk).update(severity=1),
    "delete": lambda case: Case.objects.all()._raw_delete("default"),
    "raw SQL": lambda case: sql("UPDATE incidents_case SET pressing = true"),
    "raw DELETE": lambda case: sql("DELETE FROM incidents_case"),
    "another app's table": lambda case: sql("INSERT INTO auth_group (name) VALUES ('x')"),
    "a key": lambda case: sql("DELETE FROM encryption_rootkey"),
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_without_an_event_nothing_recorded_changes(case, attempt):
    before = Entry.objects.count(), Case.objects.values("status", "severity").get()
    refused(lambda: attempt(case))
    assert (Entry.objects.count(), Case.objects.values("status", "severity").get()) == before


@pytest.mark.only("postgresql")
def test_a_recorded_table_is_not_truncated():
    refused(lambda: sql("TRUNCATE incidents_case CASCADE"), "recorded row by row")


@pytest.mark.only("sqlite")
@pytest.mark.django_db(transaction=True)
def test_a_foreign_connection_cannot_write(case):
    foreign = sqlite3.connect(connection.settings_dict["NAME"])
    for statement in (
        "UPDATE incidents_case SET severity = 3",
        "DELETE FROM incidents_case",
        "INSERT INTO audit_entry SELECT * FROM audit_entry",
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry",
    ):
        with pytest.raises(sqlite3.Error, match="no such function"):
            foreign.execute(statement)
    with pytest.raises(sqlite3.Error, match="never rewritten"):
        foreign.execute("DELETE FROM audit_entry")
    foreign.close()


def test_a_line_says_who_what_and_why_and_only_what_changed(case, amara):
    with event("weigh", by=amara, why="She said so", about=case):
        Case.objects.filter(pk=case.pk).update(severity=2)
    line = Entry.objects.last()
    assert (line.verb, line.actor_name, line.actor_id, line.reason) == (
        "weigh",
        "Amara Okafor",
        amara.pk.hex,
        "She said so",
    )
    assert (line.table_name, line.row_id, line.root) == ("incidents_case", case.pk.hex, case.root.hex)
    assert json.loads(line.changes) == {"severity": ["", "2"]}
    assert "She" not in line.why


def test_the_event_is_lazy_and_nests(case, sam, amara):
    lines = Entry.objects.count()
    with event("outer", by=sam):
        with event("inner", by=amara):
            Case.objects.update(severity=1)
        with pytest.raises(ZeroDivisionError), event("failed", by=amara):
            Case.objects.update(severity=3)
            raise ZeroDivisionError
        Case.objects.update(severity=2)
    with event("nothing happens", by=sam):
        Case.objects.update(severity=2)
    assert [line.verb for line in Entry.objects.all()[lines:]] == ["inner", "outer"]
    refused(lambda: Case.objects.update(severity=1))


def test_a_read_is_a_line_without_changes(case, sam):
    note("read", by=sam, about=case)
    assert (Entry.objects.last().verb, Entry.objects.last().changes) == ("read", None)


REWRITES = {
    "update": "UPDATE audit_entry SET actor_name = 'nobody'",
    "delete": "DELETE FROM audit_entry",
    "seals": "UPDATE audit_seal SET digest = ''",
    "truncate": "TRUNCATE audit_entry CASCADE",
    "replace by id": "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry",
    "replace by seq": "INSERT OR REPLACE INTO audit_entry SELECT id + 100, root, seq, event, actor_id, 'nobody', verb,"
    " why, happened_at, recorded_at, table_name, row_id, changes, digest FROM audit_entry",
}
ONLY = {"truncate": "postgresql", "replace by id": "sqlite", "replace by seq": "sqlite"}


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=pytest.mark.only(ONLY[way]) if way in ONLY else ()) for way in REWRITES]
)
def test_the_book_is_never_rewritten(case, way):
    with event("try", by="the tests"):
        book.seal()
        refused(lambda: sql(REWRITES[way]), "never rewritten")


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("word", ["IGNORE", "REPLACE"])
def test_the_outer_statements_conflict_rule_does_not_reach_the_book(case, word):
    """In SQLite it would rule inside the triggers too: a line lost, or a chain begun again."""
    columns = [field.column for field in Case._meta.concrete_fields]
    another = {"id": "lower(hex(randomblob(16)))", "reference": "'another'"} if word == "IGNORE" else {}
    chosen = ", ".join(another.get(column, column) for column in columns)
    columns = ", ".join(columns)
    with event("copy", by="the tests"):
        sql(f"INSERT OR {word} INTO incidents_case ({columns}) SELECT {chosen} FROM incidents_case")
    kinds = [json.loads(line.changes)["id"] for line in Entry.objects.filter(verb="copy")]
    assert len(kinds) == (2 if word == "REPLACE" else 1)  # a replaced row is a deleted and a new one
    assert list(book.breaks()) == []


def test_a_tampered_line_is_found_and_named(case, amara, capsys):
    for severity in range(5):
        with event("weigh", by=amara, about=case):
            Case.objects.update(severity=severity)
    call_command("verify_audit")
    assert "lines hold" in capsys.readouterr().out
    triggers.drop()
    third = Entry.objects.filter(root=case.root.hex)[2]
    Entry.objects.filter(pk=third.pk).update(actor_name="nobody")
    with pytest.raises(CommandError, match=f"Chain {case.root.hex}: line 3 .* weigh by nobody"):
        call_command("verify_audit")


def test_a_missing_line_and_a_missing_end_are_found(case, amara):
    with event("weigh", by=amara):
        for severity in range(5):
            Case.objects.update(severity=severity)
    triggers.drop()
    chain = Entry.objects.filter(root=case.root.hex)
    Entry.objects.filter(pk=chain.last().pk).delete()
    assert "does not end at line 5" in next(book.breaks())
    Entry.objects.filter(pk=chain[2].pk).delete()
    assert "line 3 is missing" in next(book.breaks())
    chain.delete()
    assert "all 6 lines are missing" in next(book.breaks())


def test_a_chain_rewritten_with_all_its_digests_is_found_by_the_seal(case, amara):
    with event("weigh", by=amara):
        Case.objects.update(severity=1)
    assert book.seal()
    assert book.seal() is None
    with event("weigh", by=amara):
        Case.objects.update(severity=2)
    book.seal()
    assert list(book.breaks()) == []
    triggers.drop()
    above = ""
    for line in Entry.objects.filter(root=case.root.hex):
        line.actor_name = "nobody"
        above = line.digest = line.digest_after(above)
        line.save()
    assert "another one, up to line 2" in next(book.breaks())


@pytest.mark.only("postgresql")
def test_a_sessions_time_zone_changes_no_digest(case, amara):
    for zone in ("UTC", "Asia/Tokyo", "America/New_York"):
        sql("SET LOCAL timezone TO %s", zone)
        with event("move", by=amara):
            Case.objects.update(filed_at="2026-07-01T12:00:00Z")
            Case.objects.update(filed_at="2026-07-01T13:00:00Z")
        assert list(book.breaks()) == []
    ways = {line.changes for line in Entry.objects.filter(verb="move")}
    assert len(ways) == 3  # the first change, and the same two again, whatever the zone


def test_what_has_no_root_hangs_on_the_organisation():
    with event("set up", by="the tests"):
        GuidanceSource.objects.create(name="DSO")
    assert Entry.objects.last().root == ORGANISATION.hex


def test_a_record_never_moves_to_another_root(case, sam):
    with event("move", by=sam):
        refused(lambda: Case.objects.update(root=ORGANISATION), "another root")


def test_secrets_stand_in_the_book_as_changed_only(sam):
    with event("new password", by=sam, about=sam):
        sam.set_password("another long one 7")
        sam.save()
    assert json.loads(Entry.objects.last().changes) == {"password": ["***", "***"]}
    assert not Entry.objects.filter(changes__contains="argon2").exists()
