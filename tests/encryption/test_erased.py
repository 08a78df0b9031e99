"""A root that is erased leaves no word that anybody could read, here or in the book, and a chain without a break."""

import logging

import pytest
from django.core.management import call_command

from harmony.audit.events import event
from harmony.encryption import keys
from harmony.people.models import Relationship, YoungPerson
from tests.proof import canaries

CASE, REPORT, CHILD, USER = "quillfeather", "zephyrine", "Ottoline", "Perpetua"
WHY = {CASE: "brambleby", CHILD: "mossgrave"}  # a reason in the book


@pytest.fixture
def roots(report, sam, amara, sol):
    """{word: the root under whose key it was written}"""
    told = report(facts=f"I saw a {REPORT}")
    case = told.case
    case.write("note", f"A {CASE}", case.filed_at, by=amara)
    with event("note", by=amara, why=WHY[CASE], about=case):
        type(case).objects.update(severity="low")
    child = YoungPerson(name=CHILD, kind="young")
    with event("join", by=sol, why=WHY[CHILD], about=child):
        child.save()
    Relationship(user=sam).declare("family", named=USER, by=sam)
    return {CASE: case.root, REPORT: told.root, CHILD: child.root, USER: sam.pk}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("word", [CASE, REPORT, CHILD, USER])
def test_no_word_of_it_is_left_anywhere(roots, caplog, word):
    caplog.set_level(logging.DEBUG)
    gone = {word, WHY.get(word, word)}
    others = {*roots, *WHY.values()} - gone
    before = "\n".join(canaries.readable())
    assert all(one in before for one in gone | others)
    assert before.count(word) > 1, "in its row, and in the book"

    with event("erase", by="the tests"):
        keys.erase(roots[word])

    after = "\n".join(canaries.readable())
    assert [one for one in gone if one in after] == []
    assert all(one in after for one in others)
    assert canaries.hits(gone | others, caplog.text) == []
    call_command("verify_audit", verbosity=0)
