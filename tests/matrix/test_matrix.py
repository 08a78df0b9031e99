"""The matrix itself: a part of its cells with every change, all of them by `make matrix`."""

import json
import os
from pathlib import Path
from zlib import crc32

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from harmony.notifications.dispatch import send_waiting

from . import asking, oracle, steps
from .pages import GRANTED
from .world import RELATIONS, fields_without_a_word

pytestmark = pytest.mark.django_db
FEWEST = 112_000  # cells: raised as they grow, never lowered
WHOLE = bool(os.environ.get("HARMONY_MATRIX"))
PARTS = 8 if WHOLE else 96  # with every change, one cell of so many
SHARES = PARTS if WHOLE else 1


def chosen(cells, share):
    """One share of them. The same each time: which it is hangs on the cell's name alone."""
    return [cell for cell in cells if crc32(str(cell).encode()) % PARTS == share]


def faults(cells, judge):
    found = []
    for number, cell in enumerate(cells):
        if number % 10 == 0:
            asking.fresh()
        found += [f"{cell}: {fault}" for fault in judge(cell)]
    return found


def test_everything_there_is_has_its_place_in_the_matrix(world):
    unknown = [*asking.unclassified(), *steps.unclassified()]
    rooms = {name.split(":")[0] for name in asking.every_page()}
    unknown += [f"field {one}: plant a word in tests/matrix/world.py" for one in fields_without_a_word(world, rooms)]
    count = len(asking.every_cell()) + len(steps.every_cell())
    if WHOLE:
        _write("", unclassified=len(unknown), cells=count)
    assert not unknown, "\n".join(unknown)
    assert count >= FEWEST, f"{count} cells are fewer than there were: {FEWEST}"


@pytest.mark.parametrize("share", range(SHARES))
def test_nobody_meets_what_is_not_theirs(world, site, share):
    found = faults(chosen(asking.every_cell(), share), site.judge)
    found += faults(chosen(steps.every_cell(), share), lambda cell: steps.judge(world, cell))
    if WHOLE:
        _write(f"-{share}", leaks=len(found), faults=found[:200])
    assert not found, f"{len(found)} leaks\n" + "\n".join(found[:40])


def test_a_mail_says_nothing_and_goes_to_nobody_who_may_not_know(world, site):
    """All that was ever told, of every case to every role, is sent by the dispatcher to whoever may have it now."""
    with transaction.atomic():
        send_waiting()
        transaction.set_rollback(True)
    assert len(mail.outbox) > 20
    may_have = {user.email: role for role, user in world.people.items()}
    for one in mail.outbox:
        said = f"{one.subject}\n{one.body}\n{one.extra_headers}\n{getattr(one, 'alternatives', '')}"
        assert not site.words_in(said)
        assert not set(asking.REFERENCE.findall(said)) & set(site.cases)
        assert not {key.replace("-", "") for key in asking.KEY.findall(said)} & set(site.keys)
        assert world.people["suspended"].email not in one.to
    assert {to for one in mail.outbox for to in one.to} & set(may_have)


def _write(share, **figures):
    """Several tests write their part; tests/matrix/__main__.py puts them together."""
    file = Path(f"{os.environ['HARMONY_MATRIX']}{share}")
    file.write_text(json.dumps(figures))


def test_search_finds_nothing_that_is_not_theirs(world, site):
    """Each role looks for a word of each case: found where they see it; else the answer to a word that nobody ever wrote."""
    cells = [asking.Cell("incidents:search", "POST", role, relation) for role in GRANTED for relation in RELATIONS]
    some = cells if WHOLE else [cell for cell in cells if crc32(str(cell).encode()) % 8 == 0]
    nothing = {role: _looks_for(site, role, "zqzqzqzq") for role in {cell.role for cell in some}}
    for cell in some:
        plot = world.plot(cell.relation, cell.role)
        word, seen = _word_of(world, plot), oracle.sees(world, cell.role, plot)
        answer = _looks_for(site, cell.role, word)
        assert (plot.case.reference in answer.body) == seen, f"{cell}: {answer.status}"
        if not seen:
            assert answer.masked([word]) == nothing[cell.role].masked(["zqzqzqzq"]), cell
        told = site.leaks(cell.role, answer.body.replace(word, ""))
        assert not list(told), f"{cell}: {list(told)}"


def _looks_for(site, role, word):
    return site.ask(asking.Cell("incidents:search", "POST", role, ""), reverse("incidents:search"), {"words": word})[0]


def _word_of(world, plot):
    """One that stands in the chronology of this case."""
    label = ("incidents.ChronologyEntry.words", "case")
    return next(word for word, told in world.planted.items() if told[:2] == label and told[2] is plot)
