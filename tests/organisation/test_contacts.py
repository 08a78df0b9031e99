"""Whom to ring outside, and whom when they are closed."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from harmony.audit.events import event
from harmony.organisation.beginning import begin
from harmony.organisation.models import GuidanceSource, HelpContact, Organisation

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 28, 3, tzinfo=ZoneInfo("Europe/London"))
NOON = datetime(2026, 11, 27, 12, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def contact(db):
    def make(code, hours="", otherwise=None):
        with event("add", by="the tests"):
            return HelpContact.objects.create(code=code, name=code, says="help", hours=hours, otherwise=otherwise)

    return make


def test_a_closed_line_gives_its_alternative_and_that_ones_alternative(contact):
    team = contact("edt", "always")
    helpline = contact("helpline", "Mon-Fri 10:00-11:00", otherwise=team)
    lado = contact("lado", "Mon-Fri 09:00-17:00", otherwise=helpline)
    assert lado.now_or_otherwise(NOON) == lado
    assert lado.now_or_otherwise(NIGHT) == team


def test_alternatives_that_go_in_a_circle_end_with_the_one_asked_for(contact):
    first = contact("first", "Mon 10:00-11:00")
    second = contact("second", "Mon 10:00-11:00", otherwise=first)
    with event("change", by="the tests"):
        HelpContact.objects.filter(pk=first.pk).update(otherwise=second)
    first.refresh_from_db()
    assert first.now_or_otherwise(NIGHT) == first


def test_a_contact_whose_hours_nobody_knows_is_not_promised_to_answer(contact):
    assert contact("quiet").now_or_otherwise(NOON).code == "quiet"
    assert contact("other", otherwise=contact("open", "always")).now_or_otherwise(NOON).code == "open"


def test_a_changed_number_is_no_longer_checked(contact, sol):
    line = contact("edt", "always")
    line.confirm(by=sol, at=NOON)
    assert line.checked_on == date(2026, 11, 27)
    answers = {"name": "Team", "says": "At night", "web": "", "hours": "always", "otherwise": None}
    line.change(**answers, phone="", by=sol)
    assert line.checked_on
    line.change(**answers, phone="01632 960 999", by=sol)
    assert line.checked_on is None
    assert list(HelpContact.objects.unchecked()) == [line]


def test_a_number_checked_more_than_a_year_ago_is_unchecked(contact, sol):
    contact("edt", "always").confirm(by=sol, at=NOON)
    assert not HelpContact.objects.unchecked(date(2027, 11, 26)).exists()
    assert HelpContact.objects.unchecked(date(2027, 11, 27)).exists()


def test_only_those_who_set_up_change_a_number(contact, sam):
    with pytest.raises(PermissionDenied):
        contact("edt").confirm(by=sam)


def test_a_beginning_has_the_national_lines_the_guidance_and_no_guessed_hours(db):
    begin(name="Harbour Youth", by="the tests")
    assert Organisation.current().name == "Harbour Youth"
    assert Organisation.current().hours == ""
    assert HelpContact.objects.get(code="nspcc").phone == "0808 800 5000"
    assert HelpContact.objects.get(code="whistleblowing").otherwise.code == "nspcc"
    assert HelpContact.objects.unchecked().count() == HelpContact.objects.count()
    seeded = GuidanceSource.objects.filter(url__startswith="https://learning.nspcc.org.uk/")
    assert set(seeded.values_list("name", flat=True)) >= {
        "Bullying and cyberbullying",
        "Online safety",
        "The child protection system in England",
    }
