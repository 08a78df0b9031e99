"""Whom to ring outside stands on every page: who answers now first; who does not, with when they will."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from harmony.look.context import help_lines, national
from harmony.look.words import by
from harmony.organisation import council
from harmony.organisation.beginning import begin
from harmony.organisation.hours import opens_next
from harmony.organisation.models import HelpContact

LONDON = ZoneInfo("Europe/London")
SUNDAY_NIGHT = datetime(2026, 11, 29, 3, tzinfo=LONDON)
NOON = datetime(2026, 11, 27, 12, tzinfo=LONDON)


def codes(lines):
    return [line.contact.code for line in lines]


def test_who_answers_stands_first_and_those_with_a_number_before_web_pages():
    lines = help_lines(national(), at=NOON)
    assert codes(lines["open"]) == ["nspcc", "childline", "whistleblowing", "ceop", "report-remove"]
    assert lines["closed"] == []
    assert lines["worried"].code == "nspcc"


def test_who_does_not_answer_says_when_and_whom_to_ring_until_then():
    lines = help_lines(national(), at=SUNDAY_NIGHT)
    assert codes(lines["open"])[0] == "childline"
    assert codes(lines["closed"]) == ["nspcc", "whistleblowing"]
    nspcc, whistleblowing = lines["closed"]
    assert by(nspcc.opens_at, at=SUNDAY_NIGHT) == "10am tomorrow"
    assert by(whistleblowing.opens_at, at=SUNDAY_NIGHT) == "9am today"
    assert nspcc.instead.code == "999"
    assert lines["worried"] is None


def test_hours_that_never_open_promise_nothing():
    assert opens_next("", NOON) is None
    assert opens_next("Mon 09:00-10:00", NOON) == datetime(2026, 11, 30, 9, tzinfo=LONDON)


@pytest.mark.django_db
def test_at_night_the_councils_team_is_the_one_for_any_worry(sol):
    begin(name="HARMONY", by="the tests")
    given = {"edt_phone": "01632 960 998", "edt_hours": "Mon-Sun 17:00-09:00", "mash_phone": "01632 960 990"}
    hours = {"mash_hours": "Mon-Fri 09:00-17:00", "lado_phone": "01632 960 991", "lado_hours": "Mon-Fri 09:00-17:00"}
    council.write_down(**given, **hours, by=sol)
    contacts = list(HelpContact.objects.select_related("otherwise"))
    assert help_lines(contacts, at=SUNDAY_NIGHT)["worried"].code == "edt"
    assert help_lines(contacts, at=NOON)["worried"].code == "mash"


@pytest.mark.django_db
def test_every_page_carries_them_before_there_is_an_organisation(client):
    page = client.get("/").text
    assert "Help from outside, open now" in page
    assert 'href="tel:08001111"' in page and 'href="tel:101"' in page and 'href="tel:999"' in page
