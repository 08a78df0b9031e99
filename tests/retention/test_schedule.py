"""How long we keep what: said by each room, with a reason and a source, and read by everybody here."""

from dataclasses import replace

import pytest
from django.urls import reverse

from harmony import between
from harmony.between import KeptFor
from harmony.retention.checks import each_period_has_a_reason_and_a_source as check
from harmony.retention.schedule import how_long

PAGE = "retention:schedule"
GOOD = KeptFor("one", "A thing", 3, "The day it ended.", "Somebody may ask.", ("ico-storage",))


def test_every_class_has_a_reason_and_a_source():
    assert list(check()) == []
    assert {"case", "case-abuse", "allegation", "low-level", "consent", "training", "policies", "book"} <= {
        one.code for one in between.retention_classes()
    }


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"why": " "}, "retention.E001"),
        ({"rests_on": ()}, "retention.E002"),
        ({"rests_on": ("a-blog",)}, "retention.E002"),
        ({"years": 0}, "retention.E003"),
    ],
)
def test_a_period_that_nobody_can_explain_is_an_error(wrong, code):
    assert [error.id for error in check(classes=[replace(GOOD, **wrong)])] == [code]
    assert [error.id for error in check(classes=[GOOD, GOOD])] == ["retention.E004"]


@pytest.mark.parametrize(
    ("years", "words"), [(None, "For ever"), (0.5, "6 months"), (1, "1 year"), (75, "75 years"), (1 / 12, "1 month")]
)
def test_a_period_is_said_in_words(years, words):
    assert how_long(replace(GOOD, years=years)) == words


@pytest.mark.django_db
def test_everybody_here_reads_it_and_finds_the_way(client, sam, organisation):
    client.force_login(sam, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse(PAGE)).text
    for one in between.retention_classes():
        assert f'id="kept-{one.code}"' in page
    assert page.index("For ever") < page.index("75 years") < page.index("3 years")
    assert reverse(PAGE) in client.get(reverse("policies:library")).text


@pytest.mark.django_db
def test_strangers_are_sent_to_sign_in(client, organisation):
    assert client.get(reverse(PAGE)).status_code == 302
