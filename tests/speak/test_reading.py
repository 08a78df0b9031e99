"""What a young person or a parent reads of us can be read at nine, at night, by somebody who is upset."""

import sys

import pytest
from django.urls import reverse

from harmony.home.topics import NAMED

from .. import reading
from ..page_texts import Texts
from .conftest import carried

HARDEST = 5  # grade, which is about age ten


def of_a_page(page):
    blocks = Texts(page.content.decode()).blocks
    return reading.prose(" ".join(pieces) for _tag, in_main, pieces in blocks if in_main)


@pytest.fixture
def pages(outside, amara, tom, ruth):
    """{what it is: its sentences} of all that is open to somebody without an account."""
    found = {name: outside.get(reverse(f"home:{name}")) for name in ("young", "parents", "telling")}
    found |= {f"about {code}": outside.get(reverse("home:topic", args=[code])) for code in NAMED}
    for who in ("young", "parent", "staff"):
        path = reverse("speak:tell", args=[who])
        found[f"{who}, whom it is about"] = outside.get(path)
        found[f"{who}, what happened"] = page = outside.post(path, page="0")
        found[f"{who}, how to answer"] = page = outside.post(path, page="1", **carried(page), happened="words")
        found[f"{who}, received"] = outside.post(path, page="2", **carried(page))
    words, _thread = outside.told(words={"happened": "words"})
    found |= {"a code": outside.get(reverse("speak:answer")), "the conversation": outside.open(words)}
    assert {page.status_code for page in found.values()} == {200}
    return {name: of_a_page(page) for name, page in found.items()}


def test_what_strangers_read_is_easy(pages, capsys):
    grades = {name: round(reading.grade(texts), 1) for name, texts in pages.items()}
    hardest_first = sorted(grades.items(), key=lambda one: -one[1])
    with capsys.disabled():
        sys.stdout.write("\n" + "".join(f"{at:5} {name}\n" for name, at in hardest_first))
    assert sum(len(reading.words(text)) for texts in pages.values() for text in texts) > 2000
    assert [(name, at) for name, at in hardest_first if at > HARDEST] == []
