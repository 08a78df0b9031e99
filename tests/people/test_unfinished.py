"""Words typed into a page whose session has ended come back to the person who typed them, and to nobody else."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.timezone import now

from harmony.encryption.sealing import unseal
from harmony.look.words import hour
from harmony.people import unfinished
from incidents.models import Report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]


@pytest.fixture
def page(client, draft, sam):
    """Where Sam writes what happened."""
    client.force_login(sam)
    return reverse("incidents:report_what", args=[draft.pk])


def drawn_for(client, page):
    return re.search(r'name="written_by" value="([^"]+)"', client.get(page).content.decode())[1]


def too_late(client, page, **more):
    answers = {"facts": "Every word of it.", "written_by": drawn_for(client, page)} | more
    client.logout()
    return client.post(page, answers)


def shown(client, user, page):
    client.force_login(user)
    return client.get(page)


def test_they_stand_on_the_page_again_after_signing_in_and_are_saved_by_the_button(client, page, sam, draft):
    assert too_late(client, page).status_code == 302
    again = shown(client, sam, page)
    assert "Every word of it." in again.content.decode()
    assert "You were signed out to keep records safe." in again.content.decode()
    assert Report.objects.get().facts == "I saw"  # nothing is done with them until the button is pressed
    client.post(page, {"facts": "Every word of it."})
    assert Report.objects.get().facts == "Every word of it."
    assert "You were signed out to keep records safe." not in client.get(page).content.decode()  # shown once


def test_the_sign_in_page_says_until_when_and_no_longer(client, page, rf):
    answer = too_late(client, page)
    until = unfinished.kept_until(rf.get(answer.url))
    assert timedelta(minutes=29) < until - now() <= timedelta(minutes=30)
    assert f"What you wrote is kept until {hour(until)}. Sign in by then" in client.get(answer.url).content.decode()
    assert unfinished.kept_until(rf.get(answer.url), at=until) is None


@pytest.mark.parametrize("kept", ["", "4102444800", "forged:by:nobody", "é"])
def test_no_other_address_makes_it_promise_that(client, kept):
    answer = client.get(reverse("account_login"), {"idle": 1, "kept": kept}).content.decode()
    assert "You were signed out to keep records safe." in answer
    assert "What you wrote is kept" not in answer


def test_a_page_that_has_words_kept_hears_until_when(client, page, rf):
    answers = {"facts": "Every word of it.", "written_by": drawn_for(client, page)}
    client.logout()
    answer = client.post(page, answers, headers={"Keep-Only": "yes"})
    assert unfinished.kept_until(rf.get("/", {"kept": answer.headers["kept"]})) > now()
    assert "kept" not in client.post(page, answers | {"written_by": "forged"}, headers={"Keep-Only": "yes"}).headers


def test_they_wait_as_ciphertext_under_a_name_that_tells_nothing(client, page, sam):
    too_late(client, page)
    place = unfinished._place(sam.pk.hex, page)
    waiting = cache.get(unfinished._name(place))
    assert waiting.startswith("1.")
    assert "Every" not in waiting
    assert "Every" in unseal(waiting, place=place)
    assert sam.pk.hex not in unfinished._name(place)


def test_nobody_else_gets_them(client, page, leah, sam):
    too_late(client, page)
    assert shown(client, leah, page).status_code == 404
    assert "Every word of it." in shown(client, sam, page).content.decode()


@pytest.mark.parametrize("written_by", ["", "forged", "forged:by:nobody"])
def test_words_that_no_page_of_ours_drew_a_form_for_are_not_kept(client, page, sam, written_by):
    assert too_late(client, page, written_by=written_by).status_code == 302
    assert "Every word of it." not in shown(client, sam, page).content.decode()


def test_a_form_drawn_for_one_page_keeps_nothing_on_another(client, page, sam, draft):
    other = reverse("incidents:report_who", args=[draft.pk])
    too_late(client, page, written_by=drawn_for(client, other))
    assert "Every word of it." not in shown(client, sam, page).content.decode()


def test_autosave_says_that_nobody_is_signed_in(client, page, sam):
    answers = {"facts": "Every word of it.", "written_by": drawn_for(client, page)}
    client.logout()
    said = client.post(page, answers, headers={"HX-Request": "true"}).content.decode()
    assert said.startswith("You were signed out. What you wrote is kept")
    assert "Every word of it." in shown(client, sam, page).content.decode()
