"""Whatever people type, and however lines are made up: found by trying many, not by thinking of a few."""

from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from harmony.audit.events import event
from harmony.audit.models import digest
from harmony.encryption.sealing import _bound, root_in, seal, unseal
from incidents.models import Case

pytestmark = pytest.mark.django_db
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)  # all but lone surrogates, NUL included
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PARTS = st.lists(st.none() | st.text(alphabet="0123456789:-a\u00e9\U0001f600", max_size=4), max_size=5)


@given(PARTS, PARTS)
def test_no_two_different_lines_have_one_digest(some, others):
    assume(some != others)
    assert digest(*some) != digest(*others)


@given(PARTS, st.integers(0, 4))
def test_moving_a_character_from_one_part_to_the_next_shows(parts, where):
    parts = [part or "" for part in parts] + ["a", "b"]
    where %= len(parts) - 1
    assume(parts[where])
    moved = [*parts]
    moved[where], moved[where + 1] = parts[where][:-1], parts[where][-1] + parts[where + 1]
    assert digest(*parts) != digest(*moved)


@given(st.tuples(TEXT, TEXT, TEXT), st.tuples(TEXT, TEXT, TEXT))
def test_no_two_places_are_bound_alike(one, other):
    assert (_bound(one) == _bound(other)) == (one == other)


@SLOW
@given(words=TEXT)
def test_any_words_come_back_as_they_were(words):
    root, place = uuid4(), ("incidents_case", uuid4(), "rationale")
    sealed = seal(words, root=root, place=place)
    assert sealed.isascii()
    assert root_in(sealed) == root
    assert unseal(sealed, place=place) == words


@SLOW
@given(words=TEXT)
def test_any_words_go_through_a_record(words):
    with event("open", by="the tests"):
        case = Case.objects.create(rationale=words)
    assert Case.objects.get(pk=case.pk).rationale == words


@pytest.mark.parametrize("half", ["\ud800", "a\udfff", "\ud83d and more"])
def test_half_a_character_is_refused_by_name_and_nothing_is_written(half):
    before = Case.objects.count()
    with (
        pytest.raises(ValueError, match="^rationale holds half a character"),
        event("open", by="the tests"),
        transaction.atomic(),
    ):
        Case.objects.create(rationale=half)
    assert Case.objects.count() == before


def test_a_nul_among_the_words_is_kept():
    with event("open", by="the tests"):
        case = Case.objects.create(rationale="a\x00b")
    assert Case.objects.get(pk=case.pk).rationale == "a\x00b"
