"""Heads: nobody but the book moves them, and one that was moved all the same is named and set right."""

import sqlite3

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from harmony.audit import book, triggers
from harmony.audit.events import event
from harmony.audit.models import Entry, Head
from harmony.encryption.keys import ORGANISATION
from incidents.models import Case

from .test_book import refused, sql

pytestmark = pytest.mark.django_db
ATTEMPTS = {
    "wind all back": "UPDATE audit_head SET seq = 1",
    "wind back": "UPDATE audit_head SET seq = seq - 1",
    "wind on": "UPDATE audit_head SET seq = seq + 1",
    "forget": "DELETE FROM audit_head",
    "one of my own": "INSERT INTO audit_head (root, seq, sealed_seq) VALUES ('00ff', 1, 0)",
    "one already sealed": "INSERT INTO audit_head (root, seq, sealed_seq) VALUES ('00ff', 0, 9)",
    "another root": "UPDATE audit_head SET root = '00ff' WHERE root = (SELECT min(root) FROM audit_head)",
    "sealed further than it goes": "UPDATE audit_head SET sealed_seq = seq + 1",
    "sealed no more": "UPDATE audit_head SET sealed_seq = sealed_seq - 1",
    "empty": "TRUNCATE audit_head",
    "replace": "INSERT OR REPLACE INTO audit_head (root, seq, sealed_seq) SELECT root, seq, sealed_seq FROM audit_head",
}
ONLY = {"empty": "postgresql", "replace": "sqlite"}


@pytest.fixture
def weighed(case, amara):
    """A case whose chain has three lines."""
    for severity in ("1", "2"):
        with event("weigh", by=amara, about=case):
            Case.objects.update(severity=severity)
    return case


@pytest.fixture
def wind_back():
    """As somebody may who can switch the triggers off."""

    def to(statement, *parameters):
        triggers.drop()
        sql(statement, *parameters)
        triggers.install()

    return to


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=pytest.mark.only(ONLY[way]) if way in ONLY else ()) for way in ATTEMPTS]
)
@pytest.mark.parametrize("opened", [True, False])
def test_nobody_but_the_book_moves_a_head(weighed, way, opened):
    book.seal()
    before = list(Head.objects.order_by("root").values())
    if opened:
        with event("try", by="the tests"):
            refused(lambda: sql(ATTEMPTS[way]), "Only the book")
    else:
        refused(lambda: sql(ATTEMPTS[way]), "Only the book")
    assert list(Head.objects.order_by("root").values()) == before
    with event("weigh", by="the tests"):
        Case.objects.update(severity="3")  # the work goes on
    assert list(book.breaks()) == []


def test_without_an_event_not_even_what_was_sealed_moves(weighed):
    refused(lambda: sql("UPDATE audit_head SET sealed_seq = seq"), "Only the book")


@pytest.mark.only("sqlite")
@pytest.mark.django_db(transaction=True)
def test_another_program_moves_no_head(weighed):
    foreign = sqlite3.connect(connection.settings_dict["NAME"])
    for way, statement in ATTEMPTS.items():
        if ONLY.get(way) != "postgresql":
            with pytest.raises(sqlite3.Error, match="no such function|Only the book"):
                foreign.execute(statement)
    foreign.close()
    assert list(book.breaks()) == []


def test_a_head_behind_its_chain_is_named_and_takes_no_line(weighed, wind_back):
    wind_back("UPDATE audit_head SET seq = 1 WHERE root = %s", weighed.root.hex)
    with event("weigh", by="the tests"):
        refused(lambda: Case.objects.update(severity="3"), "wound back")
        more = Case(root=weighed.root, initials="x")
        refused(lambda: Case.objects.bulk_create([more], ignore_conflicts=True), "wound back")
    assert list(book.breaks()) == [
        f"Chain {weighed.root.hex}: its head was wound back to line 1, and it goes on to line 3"
    ]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit_head SET seq = 1", "was wound back to line 1, and it goes on to line 3"),
        ("DELETE FROM audit_head", "its head is missing, and it has 3 lines"),
    ],
)
def test_heads_are_healed_loudly_and_the_work_goes_on(weighed, wind_back, capsys, statement, said):
    book.seal()
    ends = dict(Head.objects.values_list("root", "seq"))
    wind_back(statement)
    with pytest.raises(CommandError, match="wound back|missing"):
        call_command("verify_audit")
    told = capsys.readouterr().err
    assert "--heal-heads" in told
    call_command("verify_audit", "--heal-heads")
    told = capsys.readouterr()
    assert said in told.err and "SET RIGHT" in told.err and "lines hold" in told.out
    [line] = Entry.objects.filter(verb="heal heads")
    assert said in line.reason and line.root == ORGANISATION.hex
    assert {root: seq for root, seq in Head.objects.values_list("root", "seq") if root != ORGANISATION.hex} == {
        root: seq for root, seq in ends.items() if root != ORGANISATION.hex
    }
    with event("weigh", by="the tests"):
        Case.objects.update(severity="3")
    assert list(book.breaks()) == []


def test_where_nothing_was_wound_back_nothing_is_written(weighed, capsys):
    call_command("verify_audit", "--heal-heads")
    assert "nothing to set right" in capsys.readouterr().out
    assert not Entry.objects.filter(verb="heal heads").exists()


@pytest.mark.parametrize(
    "broken",
    ["DELETE FROM audit_entry WHERE root = %s AND seq = 2", "UPDATE audit_entry SET verb = 'x' WHERE root = %s"],
)
def test_where_lines_are_broken_no_head_is_healed(weighed, wind_back, broken):
    wind_back("UPDATE audit_head SET seq = 1")
    wind_back(broken, weighed.root.hex)
    with pytest.raises(CommandError, match="while lines do not hold"):
        call_command("verify_audit", "--heal-heads")
    assert set(Head.objects.values_list("seq", flat=True)) == {1}


def test_lines_taken_from_the_end_are_not_healed_away(weighed, wind_back):
    wind_back("DELETE FROM audit_entry WHERE root = %s AND seq = 3", weighed.root.hex)
    with pytest.raises(CommandError, match="does not end at line 2"):
        call_command("verify_audit", "--heal-heads")
    with event("try", by="the tests"):
        refused(lambda: sql("UPDATE audit_head SET seq = 2 WHERE root = %s", weighed.root.hex), "Only the book")


@pytest.mark.only("postgresql")
def test_the_role_of_the_app_is_told_whom_to_ask(weighed, wind_back):
    wind_back("UPDATE audit_head SET seq = 1")
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("CREATE ROLE harmony_app_of_the_heads")
    call_command("grant_app_role", "harmony_app_of_the_heads", "--run", verbosity=0)
    sql("SET LOCAL ROLE harmony_app_of_the_heads")
    with pytest.raises(CommandError, match="Only the owner"), transaction.atomic():
        call_command("verify_audit", "--heal-heads")


def test_two_heads_of_one_chain_cannot_be(weighed):
    with event("try", by="the tests"), pytest.raises(DatabaseError), transaction.atomic():
        Head.objects.create(root=weighed.root.hex, seq=3)
