"""Several people at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction

from harmony.audit import book
from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.audit.transitions import ANY, transition
from harmony.organisation.models import GuidanceSource
from harmony.people.models import Appointment
from incidents.models import Case

pytestmark = pytest.mark.django_db(transaction=True)


def everybody(user, record):
    return True


@transition(source=ANY, to=None, may=everybody)
def weigh_risk(case, words, *, by):
    case.refer_reason = words


@transition(source=ANY, to=None, may=everybody)
def tell_parents(case, words, *, by):
    case.parents_reason = words


def at_once(work, times, people=8):
    def one(n):
        try:
            return work(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(one, range(times)))


def test_each_root_keeps_one_chain_under_eight_writers(case):
    with event("open", by="the tests"):
        other = Case.objects.create(initials="Another")

    def write(n):
        with event("weigh", by=f"writer {n}", why="because", about=(case, other)[n % 2]):
            Case.objects.filter(pk=(case, other)[n % 2].pk).update(severity=n)

    at_once(write, 160)
    assert Entry.objects.filter(root=case.root.hex).count() == 81
    assert Entry.objects.filter(root=other.root.hex).count() == 81
    assert list(book.breaks()) == []


def test_events_over_two_roots_lock_in_sorted_order(case):
    with event("open", by="the tests"):
        other = Case.objects.create(initials="Another")

    def merge(n):
        first, second = (case, other) if n % 2 else (other, case)
        with event("merge", by=f"writer {n}", about=[first, second]):
            Case.objects.filter(pk=first.pk).update(severity=n)
            Case.objects.filter(pk=second.pk).update(severity=n)
        with event("weigh", by=f"writer {n}", about=first):
            Case.objects.filter(pk=first.pk).update(severity=n + 100)

    at_once(merge, 80)
    assert Entry.objects.filter(verb="merge").count() == 160
    assert list(book.breaks()) == []


def test_an_event_that_is_not_atomic_holds_no_lock(sam, case):
    """As on the sign-in page: a colleague saves while a password is hashed."""

    def save(n):
        with event("weigh", by="a colleague", about=case):
            return Case.objects.update(severity=1)

    with event("sign in", by=sam, atomic=False):
        assert at_once(save, 1) == [1]
        Case.objects.update(severity=2)
    assert list(Entry.objects.values_list("actor_name", flat=True))[-2:] == ["a colleague", "Sam"]


def test_the_first_words_of_a_root_are_written_by_two_at_once(sam):
    ready = Barrier(4)

    def write(n):
        ready.wait()
        with event("open", by=sam, why=f"reason {n}"):
            GuidanceSource.objects.create(name=f"post {n}")

    at_once(write, 4, people=4)
    assert {line.reason for line in Entry.objects.filter(verb="open")} == {f"reason {n}" for n in range(4)}


def test_a_post_is_held_by_one_person_even_when_two_are_appointed_at_once(sam, amara):
    ready = Barrier(2)

    def appoint(n):
        ready.wait()
        try:
            with event("appoint", by="the chair"):
                Appointment.objects.create(user=(sam, amara)[n], post="lead", starts_on=date(2026, 1, 1 + n))
            return "appointed"
        except DatabaseError as refusal:
            return str(refusal)

    for _ in range(5):
        answers = at_once(appoint, 2, people=2)
        assert sorted(answer == "appointed" for answer in answers) == [False, True]
        assert any("holds this post" in answer for answer in answers)
        with event("undo", by="the chair"):
            Appointment.objects.filter(post="lead").delete()


def test_two_people_at_once_on_one_case_both_keep_their_changes(case, amara, tom):
    """Each has the page open as it was; neither writes the other's old values back."""
    ready = Barrier(2)
    steps = (
        lambda case, n: weigh_risk(case, f"weighed {n}", by=amara),
        lambda case, n: tell_parents(case, f"told {n}", by=tom),
    )

    def work(which):
        for n in range(5):
            stale = Case.objects.get(pk=case.pk)
            assert stale.refer_reason is not None  # read, as the page had it
            ready.wait()
            steps[which](stale, n)
            ready.wait()
            now = Case.objects.get(pk=case.pk)
            assert (now.refer_reason, now.parents_reason) == (f"weighed {n}", f"told {n}")
            ready.wait()

    at_once(work, 2, people=2)
    assert list(book.breaks()) == []


@pytest.mark.parametrize("turn", [1, 2])
def test_the_flush_between_tests_empties_the_book_and_the_triggers_stay(case, turn):
    assert Entry.objects.filter(table_name="incidents_case").count() == 1
    with pytest.raises(DatabaseError, match="No event"), transaction.atomic():
        Case.objects.update(severity=1)
