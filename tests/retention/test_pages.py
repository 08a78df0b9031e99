"""The pages by which two people decide, as whoever may and whoever may not meets them."""

import pytest
from django.urls import reverse

from harmony.retention.models import Longer, Proposal
from harmony.retention.proposing import propose

from .conftest import LATER

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_ago(closed, monkeypatch):
    """A case whose time is over today: its rule is shorter here than in life."""
    from incidents import past

    monkeypatch.setitem(past.YEARS, "case", 0)
    monkeypatch.setattr(past, "QUIET_FOR", 0)
    case = closed()
    propose(LATER)
    proposal = Proposal.objects.get(about=case.pk)
    return case, proposal


def address(name, proposal):
    return reverse(f"retention:{name}", args=[proposal.pk])


def test_two_people_destroy_it_page_by_page(long_ago, sign_in, amara, tom):
    case, proposal = long_ago
    client, agree = sign_in(amara), address("agree", proposal)
    assert address("proposal", proposal) in client.get(reverse("retention:past")).text
    page = client.get(address("proposal", proposal)).text
    assert agree in page and case.get_absolute_url() in page
    assert "1 past their time" in client.get(reverse("retention:schedule")).text
    assert "Tick this, or keep it longer." in client.post(agree).text
    assert client.post(agree, {"sure": "on"}).status_code == 302
    assert "You agreed" in client.get(address("proposal", proposal)).text
    again = client.post(agree, {"sure": "on"})
    assert "You were the first" in again.text and Proposal.objects.get().status == "agreed"
    client = sign_in(tom)
    assert "Amara Okafor agrees" in client.get(reverse("retention:past")).text
    assert "its keys are destroyed" in client.get(agree).text
    assert client.post(agree, {"sure": "on"}).status_code == 302
    page = client.get(address("proposal", proposal)).text
    assert "was destroyed" in page and reverse("documents:ask", args=["destroyed", proposal.pk]) in page
    assert client.get(case.get_absolute_url()).status_code == 404
    for step in ("agree", "longer"):
        assert client.post(address(step, proposal), {"sure": "on"}).url == proposal.get_absolute_url()


def test_one_keeps_it_longer(long_ago, sign_in, amara):
    _case, proposal = long_ago
    client, longer = sign_in(amara), address("longer", proposal)
    day = {"until_day": "1", "until_month": "6", "until_year": "2090"}
    for answers, said in (
        ({"because": "Her brother is here."}, "Say until what day."),
        (day, "Say why, in a sentence."),
        (day | {"because": "x", "until_year": "2001"}, "This day has gone by."),
        (day | {"because": "x", "until_day": "31"}, "There is no such day."),
    ):
        page = client.post(longer, answers)
        assert page.status_code == 200 and said in page.text and not Longer.objects.exists()
    assert "Her brother is here." in client.post(longer, {"because": "Her brother is here."}).text, (
        "what was typed stays"
    )
    assert client.post(longer, day | {"because": "Her brother is here."}).url == reverse("retention:past")
    assert Longer.objects.get().why == "Her brother is here."
    assert client.get(address("proposal", proposal)).status_code == 404


def test_when_it_comes_back_it_says_why_it_was_kept(long_ago, sign_in, amara):
    _case, proposal = long_ago
    proposal.keep("Her brother is here.", LATER.date().replace(year=2060), by=amara, at=LATER)
    propose(LATER.replace(year=2061))
    page = sign_in(amara).get(address("proposal", Proposal.objects.waiting().get())).text
    assert "Her brother is here." in page and "Amara Okafor kept it until" in page


def test_whoever_does_not_decide_meets_what_is_not_there(long_ago, sign_in, sam, person):
    _case, proposal = long_ago
    for user in (sam, person("Olu Office", "office"), person("Al Manager", "allegations"), person("Chris", "chair")):
        client = sign_in(user)
        for name in ("proposal", "agree", "longer"):
            assert client.get(address(name, proposal)).status_code == 404
            assert client.post(address(name, proposal), {"sure": "on"}).status_code == 404
    assert "past their time" not in sign_in(sam).get(reverse("retention:schedule")).text
    assert Proposal.objects.get().status == "open"


def test_whoever_lacks_training_cannot_agree_and_is_told_why(long_ago, sign_in, amara, monkeypatch):
    from harmony import between

    _case, proposal = long_ago
    monkeypatch.setattr(between.competence, "answers", [lambda user, at=None: ["a lapse"]])
    client = sign_in(amara)
    assert "training that your role asks for has run out" in client.get(address("proposal", proposal)).text
    assert client.post(address("agree", proposal), {"sure": "on"}).status_code == 403
    assert Proposal.objects.get().status == "open"
