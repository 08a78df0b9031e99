"""Seals: every chain that grew is bound in, by one sealer at a time, and what is printed can be looked up."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.timezone import now

from harmony.audit import book, seals, triggers
from harmony.audit.events import event, note
from harmony.audit.models import Head, Seal
from harmony.audit.tasks import seal_book
from incidents.models import Case

from .test_at_once import at_once

pytestmark = pytest.mark.django_db


def weigh(n, case):
    with event("weigh", by="the tests", about=case):
        Case.objects.filter(pk=case.pk).update(severity=str(n))


def test_the_first_line_is_sealed_at_once_and_nothing_is_sealed_twice(case):
    assert book.newest_seal() is None
    first = book.seal_if_due()
    assert first == book.newest_seal()
    assert case.root.hex in first.heads
    assert book.seal_if_due(at=now() + timedelta(days=2)) is None  # nothing to bind, no line


def test_a_seal_is_due_every_day_if_anything_was_written(case):
    book.seal_if_due()
    weigh(1, case)
    assert book.seal_if_due(at=now() + timedelta(hours=23)) is None
    assert book.seal_if_due(at=now() + timedelta(hours=25)).heads.split()[:2] == [case.root.hex, "2"]


def test_a_seal_is_due_every_500_lines(case):
    book.seal_if_due()
    for _n in range(seals.LINES - 1):
        note("read", by="the tests", about=case)
    assert book.seal_if_due() is None
    note("read", by="the tests", about=case)
    assert book.seal_if_due()


def test_the_task_may_run_twice(case):
    seal_book()
    seal_book()
    assert Seal.objects.count() == 1


def test_a_missing_seal_and_a_changed_one_are_named(case):
    for n in range(3):
        weigh(n, case)
        book.seal()
    triggers.drop()
    Seal.objects.filter(id=2).update(heads="")
    assert "Seal 2 is not what was written" in list(book.breaks())
    Seal.objects.filter(id=2).delete()
    assert "Seal 2 is missing" in list(book.breaks())


def test_a_printed_seal_is_looked_up(case, capsys):
    printed = book.seal().digest[:12]
    call_command("verify_audit", "--seal", printed.upper())
    assert printed in capsys.readouterr().out
    with pytest.raises(CommandError, match="not of this book"):
        call_command("verify_audit", "--seal", "0123456789ab")


@pytest.mark.django_db(transaction=True)
def test_sealers_at_once_make_one_chain_and_miss_no_line(case, amara):
    with event("open", by="the tests"):
        cases = [case, *Case.objects.bulk_create([Case(initials=f"C{n}") for n in range(3)])]

    def work(n):
        return book.seal() if n % 4 == 0 else weigh(n, cases[n % 3])

    at_once(work, 120)
    book.seal()
    assert list(book.breaks()) == []
    assert Seal.objects.count() > 2
    last = {}
    for line in Seal.objects.all():
        for root, seq, _digest in map(str.split, line.heads.splitlines()):
            assert int(seq) > last.get(root, 0)
            last[root] = int(seq)
    assert last == dict(Head.objects.values_list("root", "seq")) == dict(Head.objects.values_list("root", "sealed_seq"))


@pytest.mark.only("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_sealer_waits_for_nobody(case):
    """A chain that is being written is left for the next seal."""
    with event("set up", by="the tests"):
        other = Case.objects.create(initials="B")
    with event("weigh", by="the tests", about=case):
        assert connection.in_atomic_block
        [sealed] = at_once(lambda n: book.seal(), 1)
        assert other.root.hex in sealed.heads
        assert case.root.hex not in sealed.heads
    assert case.root.hex in book.seal().heads
