"""The ruler itself is measured first, on words that break each rule."""

import pytest

from .reading import FEW, HARDEST, grade, grades, prose, sentences, syllables, too_long, unwanted


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


def test_words_that_we_never_use_are_found_with_what_to_say_instead():
    assert unwanted("Write an e-mail address, like name@example.org.") == []
    said = unwanted("Oops! Invalid name. Please click here and submit the disclosed incident type ASAP.")
    assert {word for word, _around, _instead in said} == {
        *("oops", "invalid", "please", "click here", "submit", "disclosed", "incident type", "asap")
    }
    assert ("submit", "say: send") in {(word, instead) for word, _around, instead in said}


def test_each_piece_is_judged_by_itself_and_the_short_ones_together():
    hard = "Practitioners facilitate multidisciplinary information sharing arrangements."
    found = grades({"easy": ["Tell us what you saw today."] * 9, "hard": [hard] * 9, "a": [hard], "b": [hard]})
    assert len(hard.split()) * 2 < FEW
    assert {name for name, at in found.items() if at > HARDEST} == {"hard", "the short ones"}
    assert set(found) == {"easy", "hard", "the short ones"}


def test_labels_are_no_prose_and_a_long_sentence_is_found():
    assert prose(["Kind of concern", "Choose one.", "Write what happened, in a sentence."]) == [
        "Write what happened, in a sentence."
    ]
    long = " ".join(["word"] * 21)
    assert too_long({"page": [f"It is short. {long}."]}) == {("page", long)}
