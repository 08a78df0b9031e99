"""Several at once: a signed list of attendance, a list from elsewhere, what shows it as a file, and what is read here."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from harmony.audit.transitions import Refused
from training.importing import read
from training.models import Briefing, Completion, Evidence, Session

from .test_pages import boxes, page

pytestmark = pytest.mark.django_db
QUESTIONS = [(f"Question {number}?", ["One", "Two", "Three"], number) for number in (1, 2, 3)]


def test_a_signed_list_is_written_down_for_all_and_checked_by_a_second_person(
    client, maria, amara, sam, leah, course, done
):
    annual = course()
    done(leah, annual, 0, checked=False)  # has it already: nothing is written twice
    client.force_login(maria)
    told = {"course": annual.pk, "led_by": "The council", "shown": "Green folder"} | boxes("held_on", localdate())
    assert "Tick everybody who was there." in client.post(page("hold_session"), told).content.decode()
    people = {"people": [user.pk for user in (sam, leah, amara)]}
    assert client.post(page("hold_session"), told | people).status_code == 302
    session = Session.objects.get()
    assert {one.user for one in session.completions.all()} == {sam, amara}
    assert client.post(page("verify_session", session.pk)).status_code == 403
    client.force_login(amara)
    assert "Green folder" in client.get(page("verify_session", session.pk)).content.decode()
    client.post(page("verify_session", session.pk))
    assert {one.user: one.status for one in session.completions.all()} == {sam: "verified", amara: "recorded"}
    assert "<strong>Amara Okafor</strong>: Course SG-ANN" in client.get(page("to_check")).content.decode()


def test_several_are_checked_at_once_and_never_ones_own(client, amara, sam, maria, course, done):
    annual = course()
    theirs, own = done(sam, annual, checked=False), done(amara, annual, checked=False)
    client.force_login(amara)
    client.post(page("to_check"), {"seen": [theirs.pk, own.pk, "nonsense"]})
    theirs.refresh_from_db(), own.refresh_from_db()
    assert (theirs.status, own.status) == ("verified", "recorded")


LIST = """e-mail;course;day;shown
sam@harmony.test;sg-ann;{day};Certificate; no. 7
nobody@harmony.test;SG-ANN;{day}
sam@harmony.test;NOT-HERE;{day}
sam@harmony.test;SG-ANN;31/2/2026

sam@harmony.test;SG-ANN;{day}
sam@harmony.test
sam@harmony.test;SG-ANN;{later}
leah.osei@harmony.test;SG-ANN;2026-01-05"""


def test_a_list_is_read_before_anything_is_written_down(client, maria, sam, leah, course):
    course()
    today = localdate()
    text = LIST.format(day=f"{today.day}/{today.month}/{today.year}", later=today + timedelta(days=1))
    client.force_login(maria)
    assert "Paste the lines" in client.post(page("bring_in"), {"lines": " "}).content.decode()
    file = SimpleUploadedFile("list.csv", text.encode("cp1252"), content_type="text/csv")
    shown = client.post(page("bring_in"), {"lines": "", "file": file}).content.decode()
    assert "2 lines can be written down" in shown and "6 lines are left out" in shown
    for says in (
        "Nobody here has",
        "No course has",
        "like 27/3/2026",
        "written down already",
        "are needed",
        "not come yet",
    ):
        assert says in shown
    assert not Completion.objects.exists()
    assert client.post(page("bring_in"), {"lines": text, "write": "1"}).status_code == 302
    kept = {one.user: (one.status, one.how, one.shown) for one in Completion.objects.all()}
    assert kept[sam] == ("recorded", "list", "Certificate, no. 7") and len(kept) == 2
    assert client.post(page("bring_in"), {"lines": text, "write": "1"}).status_code == 200  # nothing is left to write
    assert Completion.objects.count() == 2


def test_a_list_asks_as_many_questions_for_many_lines_as_for_few(sam, course, django_assert_num_queries):
    course()
    line = "sam@harmony.test,SG-ANN,{day}/3/2024\n"
    for many in (1, 25):
        with django_assert_num_queries(4):
            found = read("".join(line.format(day=day + 1) for day in range(many)), on=localdate())
        assert len([one for one in found if one.completion]) == many


def test_what_shows_it_is_a_file_for_its_owner_and_readers_and_may_be_locked_away(
    client, sam, leah, amara, course, done
):
    one = done(sam, course(), checked=False)
    client.force_login(leah)
    assert client.get(page("add_evidence", one.pk)).status_code == 404
    client.force_login(sam)
    file = SimpleUploadedFile("certificate.txt", b"Sam has done it.", content_type="text/plain")
    assert client.post(page("add_evidence", one.pk), {"file": file}).status_code == 302
    kept = Evidence.objects.get()
    address = page("evidence", kept.pk)
    assert address in client.get(page("mine")).content.decode()
    client.force_login(leah)
    assert client.get(address).status_code == 404
    client.force_login(amara)
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == b"Sam has done it."
    client.post(page("lock_evidence", kept.pk))
    assert client.get(address).status_code == 404


def test_a_course_that_is_read_here_is_done_with_three_right_answers(client, sam, maria, course):
    own = course("AI-01")
    told = {"words": "Do not look. Tell us."}
    for number, (asks, answers, right) in enumerate(QUESTIONS, start=1):
        told |= {f"asks_{number}": asks, f"right_{number}": right}
        told |= {f"answer_{number}_{place}": words for place, words in enumerate(answers, start=1)}
    client.force_login(maria)
    assert client.post(page("write_briefing", own.pk), told).status_code == 302
    briefing, address = Briefing.objects.get(), page("briefing", Briefing.objects.get().pk)
    assert client.get(page("write_briefing", own.pk)).status_code == 302  # this version has its text
    client.force_login(sam)
    assert address in client.get(page("mine")).content.decode()
    wrong = client.post(address, {"question_1": 1, "question_2": 2, "question_3": 1}).content.decode()
    assert "Not all three are right yet" in wrong and not Completion.objects.exists()
    assert client.post(address, {"question_1": 1, "question_2": 2, "question_3": 3}).status_code == 302
    done = Completion.objects.get()
    assert (done.user, done.status, done.how) == (sam, "verified", "read")
    assert "1 of 1 needed courses are covered." in client.get(page("mine")).content.decode()
    with pytest.raises(Refused, match="already"):
        briefing.read_by(sam, {1: 1, 2: 2, 3: 3}, by=sam)
    assert reverse("training:briefing", args=[briefing.pk]) == address
