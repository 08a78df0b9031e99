"""Who has to say yes, whose no counts, and until when it holds (R37 to R39, N12)."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate, now
from hypothesis import given
from hypothesis import strategies as st

from consent.cover import birthdays
from consent.models import Consent, Permission
from harmony.audit.transitions import Refused
from harmony.organisation.days import months_on

from .conftest import years_ago

YES, NO = "yes", "no"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("age", "parent", "own", "status"),
    [
        (14, YES, None, "asked"),
        (14, None, YES, "asked"),
        (14, YES, YES, "given"),
        (14, YES, NO, "refused"),
        (14, NO, YES, "refused"),
        (14, NO, None, "refused"),
        (None, None, YES, "asked"),  # not known how old: as under 16
        (None, YES, YES, "given"),
        (16, None, YES, "given"),
        (16, YES, None, "asked"),
        (16, NO, YES, "refused"),
        (18, NO, YES, "given"),
        (18, YES, NO, "refused"),
    ],
)
def test_both_say_yes_and_any_no_wins(age, parent, own, status, say, website, young):
    said = {side: says for side, says in {"parent": parent, "young": own}.items() if says}
    consent = say(young(age=age), website, **said)
    assert consent.status == status
    assert Consent.objects.covering().filter(pk=consent.pk).exists() is (status == "given")


@pytest.mark.django_db
def test_what_was_said_last_counts_and_everything_said_stays(say, zed, website):
    say(zed, website, parent=YES, young=YES)
    consent = say(zed, website, young=NO)
    assert consent.status == "refused"
    assert say(zed, website, young=YES).status == "given"
    assert [one.says for one in consent.permissions.all()] == [YES, YES, NO, YES]


@pytest.mark.django_db
def test_a_parents_yes_is_in_writing(say, zed, website, noor):
    consent = say(zed, website, young=YES)
    with pytest.raises(Refused, match="in writing"):
        consent.hear("parent", YES, website.purpose.wording, how=Permission.How.TOLD, by=noor)
    consent.hear("parent", NO, website.purpose.wording, how=Permission.How.TOLD, by=noor)
    assert consent.status == "refused"


@pytest.mark.django_db
def test_it_runs_out_with_the_purposes_months_an_earlier_day_or_a_birthday(say, young, use):
    today = localdate()
    poster = use("Poster", "Noticeboards", months=6)
    assert say(young(age=14), poster, parent=YES, young=YES).covers_until == months_on(today, 6)
    soon = today + timedelta(days=9)
    assert say(young(age=14), poster, parent=YES, young=YES, until=soon).covers_until == soon + timedelta(days=1)
    tomorrow = today + timedelta(days=1)
    nearly = young(
        born=tomorrow.replace(year=tomorrow.year - 16) if (tomorrow.month, tomorrow.day) != (2, 29) else None
    )
    if nearly.born:
        assert say(nearly, poster, parent=YES, young=YES).covers_until == tomorrow


@pytest.mark.django_db
def test_a_day_that_has_gone_by_covers_nothing_and_settling_says_so(agreed, zed, website, noor):
    consent = agreed(zed, website, at=now() - timedelta(days=300))
    end = consent.covers_until
    assert Consent.objects.covering(end - timedelta(days=1)).exists()
    assert not Consent.objects.covering(end).exists() and Consent.objects.run_out(end).exists()
    since = consent.covers_from
    consent.settle(by=noor)
    assert (consent.status, consent.covers_from) == ("given", since)  # nothing has changed yet
    consent.settle(by=noor, at=now() + timedelta(days=120))
    assert (consent.status, consent.covers_until) == ("expired", None)


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(1, 36))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months):
    later = months_on(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 7000))
def test_they_are_asked_again_at_13_16_and_18(born, days):
    after = born + timedelta(days=days)
    found = list(birthdays(born, after))
    assert found == sorted(found) and all(day > after for day in found)
    assert len(list(birthdays(born, born))) == 3
    if after < years_ago(0, born + timedelta(days=30)):
        assert len(found) == 3
