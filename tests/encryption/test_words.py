"""Words at rest: sealed to their place, kept when unchanged, forgotten with their key."""

from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import FieldError
from django.db import DatabaseError, connection, transaction

from harmony.audit import book
from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.encryption import keys
from harmony.encryption.fields import load_keys
from incidents.models import Case

pytestmark = pytest.mark.django_db


def stored(case, column="rationale"):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM incidents_case WHERE id = %s", [Case._meta.pk.get_db_prep_value(case.pk, connection)]
        )
        return cursor.fetchone()[0]


def fresh(case):
    return Case.objects.get(pk=case.pk)


def save(case, **changes):
    with event("change", by="the tests"):
        for name, value in changes.items():
            setattr(case, name, value)
        case.save()


def test_the_database_holds_no_word(case):
    assert fresh(case).rationale == "A bruise"
    assert stored(case).startswith(f"1.{case.root.hex}.")
    assert not Entry.objects.filter(changes__contains="bruise").exists()


def test_unchanged_words_keep_their_ciphertext(case):
    before, again = stored(case), fresh(case)
    save(again, rationale="A bruise")  # unread, set to the same
    save(again, rationale=str(again.rationale))  # read, set to the same
    again.refresh_from_db()
    save(again, severity="low")
    assert stored(case) == before
    save(again, rationale="Two bruises")
    assert stored(case) != before
    assert fresh(case).rationale == "Two bruises"


def test_refreshing_brings_a_colleagues_words(case):
    stale = fresh(case)
    assert stale.rationale
    save(case, rationale="Theirs")
    stale.refresh_from_db()
    assert stale.rationale == "Theirs"
    theirs = stored(case)
    save(stale, severity="low")
    assert stored(case) == theirs


def test_words_moved_to_another_row_or_field_do_not_open(case):
    with event("copy", by="the tests"):
        other = Case.objects.create(rationale=case.rationale)
        assert fresh(other).rationale == "A bruise"  # copied through Python: sealed anew
        with connection.cursor() as cursor:
            cursor.execute("UPDATE incidents_case SET refer_reason = rationale")
    with pytest.raises(InvalidTag):
        fresh(case).refer_reason  # noqa: B018


def test_unread_words_are_not_copied_blindly_to_a_new_row(case):
    copy = fresh(case)
    copy.pk, copy.root, copy._state.adding = uuid4(), None, True
    with pytest.raises(InvalidTag), event("copy", by="the tests"):
        copy.save()


def test_words_are_neither_searched_nor_set_in_sql(case):
    with pytest.raises(FieldError):
        Case.objects.filter(rationale="A bruise").exists()
    with pytest.raises(TypeError), event("x", by="the tests"):
        Case.objects.update(rationale="in clear")


def test_a_list_opens_with_one_query(case, django_assert_num_queries):
    with event("open", by="the tests"):
        Case.objects.bulk_create([Case(rationale=f"case {n}") for n in range(5)])
    cases = list(Case.objects.all())
    with django_assert_num_queries(1):
        load_keys(cases)
        assert len({case.rationale for case in cases}) == 6


def test_an_erased_root_is_unreadable_and_the_chain_holds(case, amara):
    with event("note", by=amara, why="Because of Tom", about=case):
        Case.objects.update(severity="low")
    with event("erase", by=amara, about=case):
        keys.erase(case.root)
    gone = fresh(case)
    assert gone.initials == gone.rationale == "(erased)"
    assert Entry.objects.get(verb="note").reason == "(erased)"
    assert Entry.objects.get(verb="erase").root == case.root.hex
    assert list(book.breaks()) == []
    before = stored(case)
    save(gone, severity="high")  # what is unreadable is kept, not overwritten
    assert stored(case) == before
    with pytest.raises(keys.KeyErased):
        save(gone, rationale="new words")


def test_a_key_is_not_erased_unrecorded(case):
    with pytest.raises(DatabaseError, match="No event"), transaction.atomic():
        keys.erase(case.root)


def test_a_key_made_in_a_rolled_back_transaction_is_never_used_again(db):
    root = uuid4()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        lost = keys.for_writing(root)
        raise ZeroDivisionError
    assert keys.for_writing(root) != lost
