"""A form that adds something adds it once, however often it is sent; another answer is another form."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.urls import reverse

from harmony.people.models import Group
from tests.clients import TwoProofs

pytestmark = pytest.mark.usefixtures("organisation")


@pytest.fixture
def answers(client, sol):
    """What the blank form for a group carries, filled in."""
    client.force_login(sol)
    page = client.get(reverse("people:add_group")).text
    return {"name": "Tuesday Makers", "ages": "11 to 13", "once": re.search(r'name="once" value="(\w+)"', page)[1]}


@pytest.mark.django_db
def test_twice_is_once_and_leads_to_the_same_page(client, answers):
    led = [client.post(reverse("people:add_group"), answers).url for _press in range(3)]
    assert Group.objects.count() == 1
    assert set(led) == {led[0]}


@pytest.mark.django_db
def test_another_answer_after_going_back_is_another_group(client, answers):
    for more in ({}, {"name": "Friday Makers"}):
        client.post(reverse("people:add_group"), answers | more)
    assert Group.objects.count() == 2


@pytest.mark.django_db
def test_another_blank_form_is_answered_for_itself(client, answers):
    client.post(reverse("people:add_group"), answers)
    again = client.post(reverse("people:add_group"), answers | {"once": "another"})
    assert (again.status_code, "Error:" in again.text) == (200, True)  # there is a group of this name


@pytest.mark.django_db
def test_what_was_wrong_may_be_sent_again(client, answers):
    assert client.post(reverse("people:add_group"), answers | {"name": ""}).status_code == 200
    assert client.post(reverse("people:add_group"), answers | {"name": ""}).status_code == 200
    assert client.post(reverse("people:add_group"), answers).status_code == 302


@pytest.mark.django_db
def test_somebody_elses_key_is_no_key_of_mine(client, answers, amara):
    client.post(reverse("people:add_group"), answers)
    client.force_login(amara)
    assert client.post(reverse("people:add_group"), answers).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_both_presses_of_a_double_click_at_the_same_time(answers, sol):
    def press(_number):
        window = TwoProofs()
        window.force_login(sol)
        try:
            return window.post(reverse("people:add_group"), answers).url
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as fingers:
        led = set(fingers.map(press, range(4)))
    assert (Group.objects.count(), len(led)) == (1, 1)
