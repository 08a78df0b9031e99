"""Few of each with every change; the full figures by `python -m tests.proof` (`make nightly`)."""

import json
import logging
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.matrix.asking import Site
from tests.matrix.world import World

from . import canaries, fuzz, pairs, pictures, sequences

WHOLE = os.environ.get("HARMONY_PROOF")  # where to write what was found
FEW = {"sequences": 25, "pairs": 2, "fuzz": 100, "pictures": 4}
FULL = {"sequences": 10_000, "pairs": 500, "fuzz": 100_000, "pictures": 200}
TOLD = os.environ.get("HARMONY_PROOF_SHARE", "")  # "tenth": a tenth of the full figures


def numbers(name):
    count = FULL[name] // 10 if WHOLE and TOLD == "tenth" else FULL[name] if WHOLE else FEW[name]
    return range(count)


def found(name, count, wrong):
    if WHOLE:
        Path(f"{WHOLE}/{name}.json").write_text(json.dumps({"tried": count, "found": len(wrong), "first": wrong[:20]}))
    assert not wrong, "\n".join(map(str, wrong[:20]))


@pytest.mark.django_db
@pytest.mark.once("sqlite")
def test_in_whatever_order_things_are_done_whoever_it_is_about_never_sees_it(organisation):
    found("sequences", len(numbers("sequences")), sequences.run(numbers("sequences")))


@pytest.mark.django_db
@pytest.mark.once("postgresql")
def test_to_whoever_it_is_about_the_world_is_the_same_with_the_case_and_without():
    room = pairs.Room()
    found("pairs", len(numbers("pairs")), pairs.run(room, numbers("pairs")))


@pytest.mark.django_db
@pytest.mark.once("postgresql")
def test_nothing_that_is_posted_breaks_a_page():
    site = Site(World())
    found("fuzz", len(numbers("fuzz")), fuzz.run(site, numbers("fuzz")))


@pytest.mark.django_db(transaction=True)
def test_no_picture_stands_without_permission_or_a_task(person, amara):
    wrong, did = pictures.run(person("Noor Aziz", "consent"), amara, numbers("pictures"))
    assert did["publish"] and did["publish, refused"] and did["take_back"], did
    found("pictures", len(numbers("pictures")), wrong)


@pytest.mark.django_db(transaction=True)
def test_no_word_of_a_case_lies_readable_anywhere(caplog):
    """After the words were written, mailed about, looked at, and a page of them posted."""
    caplog.set_level(logging.DEBUG)
    world = World()
    site = Site(world)
    call_command("dispatch", verbosity=0)
    words = sorted(world.planted)
    for role in ("dso", "lead", "staff"):
        client, case = site.clients[role], world.plots["child"].case
        for page in ("case", "chronology", "triage", "access_log"):
            client.get(reverse(f"incidents:{page}", args=[case.pk]))
        client.post(reverse("incidents:triage", args=[case.pk]), {"rationale": words[0]})
        client.get(reverse("incidents:cases"), {"ref": words[1]})
    assert len(words) >= canaries.FEWEST
    found("canaries", len(words), canaries.hits(words, caplog.text))
