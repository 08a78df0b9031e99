"""What the recording coach points out, and what it leaves alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from incidents import coach
from incidents.models import Report
from incidents.named import Named, written


def said(**words):
    """What it says of a report whose other words give no cause."""
    good = {"who": "Zed Adeyemi (12)", "facts": "Zed showed me a bruise on his arm after the session."}
    return [note.says for note in coach.notes(Report(**good | words))]


def test_a_good_record_is_left_alone():
    assert said() == []


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ("J. told Zed at the bus stop that he must not come back.", "J."),
        ("Zed said that JW had asked him for a photo that evening.", "JW"),
        ("When J told me, I wrote it down at once, in the office.", "J"),
        ("He named Sam RT as the one who had asked him for money.", "RT"),
        ("We saw M. K. take the phone out of his bag on Tuesday.", "M. K."),
    ],
)
def test_initials_ask_for_the_name(facts, found):
    assert said(facts=facts) == [f"You wrote “{found}”. Write the whole name, if you know it."]


@pytest.mark.parametrize(
    ("words", "found", "step"),
    [
        ({"who": "J. E. (14)"}, "J. E.", "who"),
        ({"who": "JE"}, "JE", "who"),
        ({"others": written([Named("Mia Dean"), Named("K.", "13")])}, "K.", "others"),
        ({"place": "Yard. T was there"}, "T", "when"),
        ({"asked": "I asked: what did J. say then?"}, "J.", "told"),
    ],
)
def test_initials_are_pointed_out_on_the_page_where_they_stand(words, found, step):
    good = {"who": "Zed Adeyemi (12)", "facts": "Zed showed me a bruise on his arm after the session."}
    assert coach.notes(Report(**good | words)) == [
        coach.Note(step, f"You wrote “{found}”. Write the whole name, if you know it.")
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("organisation")
@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"name": "J. E."}, "You wrote “J. E.”."),
        ({"name": "Jo Eames", "notes": "Lives with her aunt, MK"}, "You wrote “MK”."),
        ({"name": "Jo Eames", "notes": "Likes PE"}, ""),
    ],
)
def test_so_they_are_among_the_people_of_a_case(report, client, amara, known, said):
    case = report().case
    rest = {"part": "affected", "handle": "", "age": "", "notes": "", "young_person": None}
    case.add_person(**rest | known, by=amara)
    client.force_login(amara)
    page = client.get(reverse("incidents:people", args=[case.pk])).text
    assert (said in page) if said else ("You wrote" not in page)


@pytest.mark.parametrize(
    "facts",
    [
        "I rang his GP and told her what Zed had shown me on Tuesday.",
        "The PE teacher had OK grades for Zed, and A TV was on all day.",
        "Zed has an ID card, plays VR games and uses AI on his PC.",
        "It was written in a DM on the app, at home, in the UK.",
    ],
)
def test_capitals_that_are_no_people_are_left_alone(facts):
    assert said(facts=facts) == []


def test_few_words_a_view_and_speech_are_pointed_out():
    assert said(facts="A bruise.") == ["Say a little more, if you can: who, what, where and when."]
    assert "reads like a view" in said(facts="Zed was obviously frightened of going home with his uncle.")[0]
    spoken = "Zed said “they told me not to come back” and looked at the floor."
    assert said(facts=spoken) == ["Are these the young person’s words? They have a box of their own."]
    assert said(facts=spoken, childs_words="they told me not to come back") == []


@pytest.mark.parametrize("asked", ["Did he hit you?", "I asked: was it your uncle?", "He hurt you, didn't he?"])
def test_a_question_that_carries_its_answer_stays_as_it_was_asked(asked):
    [note] = said(asked=asked)
    assert "Leave it as you asked it." in note


@pytest.mark.parametrize("asked", ["What happened then?", "Tell me about it.", "How did you feel? Who was there?"])
def test_open_questions_are_left_alone(asked):
    assert said(asked=asked) == []


@pytest.mark.parametrize(("days", "pointed_out"), [(0, False), (1, False), (2, True), (40, True)])
def test_a_gap_before_the_record_is_named_without_reproach(days, pointed_out):
    notes = said(happened_on=localdate() - timedelta(days=days))
    assert [f"It was {days} days ago" in note for note in notes] == [True] * pointed_out


def test_nothing_it_says_stops_a_report(report, organisation, amara):
    filed = report(who="J.", facts="I think.", asked="Did he?", happened_on=localdate() - timedelta(days=400))
    assert filed.case and coach.notes(filed)


@pytest.mark.parametrize("who", ["Zork Q (12)", "Zed A", "Anne-Marie O. (9) and Zoë B", "“Kit S” (13)"])
def test_a_first_name_and_a_letter_is_how_names_are_written_here(who):
    assert said(who=who) == []
    assert said(facts=f"I saw how {who} was pushed against the wall by the stairs.") == []
