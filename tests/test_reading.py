"""The ruler itself is measured first."""

import pytest

from .reading import grade, sentences, syllables


@pytest.mark.parametrize(
    ("count", "some"),
    [
        (1, "a cat child home phone helped asked their closed page pages write ring school worked eye"),
        (
            2,
            "police’s report needed people concern today private office number outside happen being weather ready again",
        ),
        (3, "document somebody deputy’s volunteer another remember family designate"),
        (4, "emergency information designated accessible"),
        (5, "organisation accessibility administrator"),
    ],
)
def test_syllables_are_counted_as_they_are_spoken_give_or_take_one(count, some):
    off = {word: syllables(word) - count for word in some.split()}
    assert all(abs(by) <= 1 for by in off.values()), off
    assert abs(sum(off.values())) <= len(off) / 3, off


def test_a_sentence_ends_with_a_stop():
    assert len(sentences("Listen. Say thank you! Was it 4:30pm? Then ring (or go)")) == 4


def test_easy_is_easy_and_hard_is_hard():
    easy = ["Stay calm. Let them talk. Say thank you. Tell us what you saw today."]
    hard = ["Practitioners are responsible for facilitating appropriate multidisciplinary information sharing."]
    assert grade(easy) < 3
    assert grade(hard) > 18
