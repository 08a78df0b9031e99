"""A worker is asked to do one thing: they read those words alone, answer, and never open the case."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from harmony.audit.models import Entry
from harmony.audit.transitions import Refused, StateMoved
from harmony.notifications.models import Notice
from incidents.models import Action

from .conftest import AT, HOUR, WEIGHED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
WORDS = "Ring the college before Friday and ask who his tutor is."


@pytest.fixture
def action(report, tom, leah):
    case = report(at=AT).case
    case.triage(**WEIGHED, by=tom, at=AT + HOUR)
    case.give(WORDS, leah, date(2027, 1, 8), by=tom)
    return case.actions.get()


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def test_whoever_is_asked_hears_at_once_and_whoever_asks_themselves_does_not(action, tom, leah):
    assert [one.recipient for one in Notice.objects.filter(clock="asked")] == [leah]
    action.case.give("Read the file", tom, date(2027, 1, 8), by=tom)
    assert Notice.objects.filter(clock="asked").count() == 1
    action.hand_over(tom, by=tom)
    assert not Notice.objects.filter(clock="asked", recipient=tom).exists()


def test_they_read_their_words_and_nothing_of_the_case(action, leah, sign_in):
    client = sign_in(leah)
    page = client.get(reverse("incidents:my_action", args=[action.pk])).text
    assert WORDS in page and "you need not open the case" in page
    for hidden in (action.case.reference, str(action.case.label), "Tom Ellery"):
        assert hidden not in page.replace(WORDS, "")
    assert client.get(action.case.get_absolute_url()).status_code == 404
    assert client.get(reverse("incidents:actions", args=[action.case_id])).status_code == 404


@pytest.mark.parametrize(
    ("is_done", "status", "says"),
    [("yes", "done", "Done: She is Ms Hale."), ("no", "undone", "Could not be done: She is Ms Hale.")],
)
def test_the_answer_stands_in_the_chronology_and_whoever_works_it_hears(
    action, tom, leah, sign_in, is_done, status, says
):
    address = reverse("incidents:my_action", args=[action.pk])
    missing = sign_in(leah).post(address, {"is_done": "", "result": "She is Ms Hale."}).text
    assert "Choose yes or no." in missing and "She is Ms Hale." in missing
    sign_in(leah).post(address, {"is_done": is_done, "result": "She is Ms Hale."})
    action = fresh(action)
    assert (action.status, action.done_by, action.result) == (status, leah, "She is Ms Hale.")
    entry = action.case.entries.get(author=leah)
    assert entry.words == f"They were asked: {WORDS}\n\n{says}"
    assert [one.recipient for one in Notice.objects.filter(clock="answered")] == [tom]
    assert not Notice.objects.waiting().filter(recipient=leah, kind="action").exists()
    shown = sign_in(tom).get(reverse("incidents:chronology", args=[action.case_id])).text
    assert "She is Ms Hale." in shown
    with pytest.raises(StateMoved):
        action.hand_back("Again", by=leah)


def test_what_whoever_works_the_case_finishes_adds_no_line(action, tom):
    before = action.case.entries.count()
    action.finish("I rang them myself.", by=tom)
    assert action.case.entries.count() == before


def test_nobody_is_asked_whom_it_is_about_and_the_form_does_not_offer_them(action, tom, leah, sign_in):
    action.case.recuse(leah, by=tom, why="His brother.")
    with pytest.raises(Refused):
        action.case.give("Ring home", leah, date(2027, 1, 8), by=tom)
    shown = sign_in(tom).get(reverse("incidents:give", args=[action.case_id])).text
    assert f'value="{leah.pk}"' not in shown and "Say no more than they need" in shown
    with pytest.raises(PermissionDenied):  # and from then on what they were asked is not theirs any more
        fresh(action).hand_back("No", by=leah)
    assert not Action.objects.visible_to(leah).exists()


def test_the_list_of_what_one_was_asked_stands_in_the_book_of_reads(action, leah, sign_in):
    client = sign_in(leah)
    for _again in range(2):
        assert WORDS in client.get(reverse("incidents:my_actions")).text
    lines = Entry.objects.filter(table_name="what I was asked to do", row_id=leah.pk.hex)
    assert [(line.verb, line.root) for line in lines] == [("list", leah.pk.hex)]
