"""Two people at once on one case: whoever is quicker is named, and no word is lost."""

import pytest

from .steps import answers_the_triage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs("Chromium"), pytest.mark.journey]
TOMS = "Several of them do it, every night."


def test_tom_keeps_his_words_when_amara_was_quicker(at_a_browser, report, amara, tom):
    page = report().case.get_absolute_url()
    tom, amara = at_a_browser(tom, width=390, allow=("409",)), at_a_browser(amara)
    tom.opens(page + "triage/")
    answers_the_triage(tom, TOMS)
    amara.opens(page + "triage/")
    answers_the_triage(amara, "It has gone on since Sunday.")
    amara.presses("Save the triage")
    assert tom.presses("Save the triage") == 409
    tom.reads("Amara Okafor triaged this at")
    assert tom.window.get_by_label("Why do you weigh it so?").input_value() == TOMS


def test_what_both_write_is_kept(at_a_browser, report, amara, tom):
    page = report().case.get_absolute_url()
    both = {"Amara rang his dad.": at_a_browser(amara), "Tom rang the college.": at_a_browser(tom, width=390)}
    for words, person in both.items():
        person.opens(page + "chronology/")
        person.types("What happened, or was decided", words)
    for person in both.values():
        person.presses("Add to the chronology")
    person.reads(*both)
