"""May I use this photo? Yes or no for each channel, never why (N11)."""

import json
from datetime import timedelta

import pytest
from django.utils.timezone import now

from consent.models import Check, NeverShown
from consent.models.checks import answers
from harmony.audit.transitions import StateMoved

pytestmark = pytest.mark.django_db


def test_yes_only_where_everybody_agreed(zed, young, use, agreed, amara):
    website, poster, ada = use(), use("Poster", "Noticeboards"), young("Ada")
    for one in (zed, ada):
        agreed(one, website)
    agreed(zed, poster)
    today = now().date()
    assert answers([zed, ada], today) == {website: True, poster: False}
    assert answers([zed], today) == {website: True, poster: True}
    assert answers([], today) == {website: False, poster: False}
    NeverShown(young_person=ada).flag("A court order", by=amara)
    assert answers([zed, ada], today) == {website: False, poster: False}


def test_a_channel_that_is_not_approved_is_not_offered(zed, website, agreed, amara):
    agreed(zed, website)
    website.channel.stop(by=amara, why="Sold")
    assert answers([zed], now().date()) == {}


def test_what_was_answered_is_kept_sealed(zed, website, agreed, sam):
    agreed(zed, website)
    at = now() - timedelta(minutes=5)
    Check.ask([zed], by=sam, at=at)
    kept = Check.objects.get()
    assert (kept.user, kept.asked_at) == (sam, at)
    assert json.loads(kept.asked) == {"people": [zed.pk.hex], "uses": {website.pk.hex: "yes"}}


@pytest.mark.parametrize("many", [1, 12])
def test_it_costs_the_same_for_one_and_for_many(many, young, use, agreed, django_assert_num_queries):
    uses = [use(f"Purpose {number}", f"Channel {number}") for number in range(many)]
    people = [young(f"Young {number}") for number in range(many)]
    for one in people:
        agreed(one, uses[0])
    with django_assert_num_queries(2):
        assert answers(people, now().date())[uses[0]]


def test_who_is_shown_nowhere_is_said_once(amara, zed):
    first, second = NeverShown(young_person=zed), NeverShown(young_person=zed)
    first.flag("A court order", by=amara)
    with pytest.raises(StateMoved, match="already"):
        second.flag("A court order", by=amara)
    assert NeverShown.objects.count() == 1
