"""The page of components: for those who set up or keep the machine; in a demo for everybody who signs in."""

import pytest
from django.urls import reverse

from harmony.audit.events import event
from harmony.organisation.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]


def seen_by(client, user):
    client.force_login(user)
    return client.get(reverse("home:components")).status_code


def test_it_is_there_for_those_who_set_up_and_missing_for_others(client, sam, sol, amara):
    assert client.get(reverse("home:components")).status_code == 302
    assert {user.name: seen_by(client, user) for user in (sam, sol, amara)} == {
        sam.name: 404,
        sol.name: 200,
        amara.name: 200,
    }


def test_in_a_demo_everybody_sees_it(client, sam):
    with event("begin", by="the tests"):
        Organisation.objects.update(is_demo=True)
    assert seen_by(client, sam) == 200


def test_its_form_can_be_got_wrong_and_changes_nothing(client, sol):
    client.force_login(sol)
    answer = client.post(reverse("home:components"), {"words": "x" * 300})
    assert "Make this 100 characters shorter." in answer.text
