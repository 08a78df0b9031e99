"""A family's own link: signed once, shown and taken back by it afterwards; and every link that does not open is one page."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from consent.models import Consent, FamilyLink, Permission, TakeDown
from harmony.audit.models import Entry
from harmony.audit.transitions import Refused
from harmony.people.doors import GUESSES
from tests.people.test_doors import bare

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"consent:{name}", args=args)


@pytest.fixture
def link(zed, noor):
    """link("parent") -> (the link, its token)."""
    return lambda side="parent", at=None, who=zed: FamilyLink.make(who, side, by=noor, at=at)


def answers(client, token, **said):
    """What a browser sends back of the page it was shown."""
    form = client.get(page("sign", token)).context["form"]
    told = {"words": form.wordings, "who": "Denise A", "name_shown": "none"}
    if "may_decide" in form.fields:
        told["may_decide"] = "on"
    return told | {name: said.get(str(use.channel), "no") for name, use in form.by_name.items()}


def test_a_parent_signs_on_screen_and_takes_back_by_the_same_link(client, zed, use, link, say, picture, publish):
    website, poster = use(), use("Poster", "Noticeboards", lasting="paper")
    say(zed, website, young="yes")
    one, token = link()
    assert client.get(page("family", token)).url == page("sign", token)
    shown = client.get(page("sign", token)).content.decode()
    assert "May we use pictures of Zed?" in shown and "Zed A" not in shown  # a first name, and no more
    assert "cannot be called back" in shown and website.purpose.wording.words in shown
    told = answers(client, token, **{"Our website": "yes"})
    assert client.post(page("sign", token), told).url == page("family", token)
    said = {item.consent.use: (item.says, item.how, item.who) for item in Permission.objects.filter(side="parent")}
    assert said == {website: ("yes", "link", "Denise A"), poster: ("no", "link", "Denise A")}
    consent = Consent.objects.get(use=website)
    assert consent.status == "given" and Entry.objects.filter(verb="sign", actor_name="holder of link").exists()
    one.refresh_from_db()
    assert localdate(one.expires_at) == consent.permissions.last().ends  # it stands for as long as the yes
    publish(picture(zed), website)
    assert "Until" not in client.get(page("family", token)).content.decode().split("<h1")[0]
    assert client.post(page("family", token), {"uses": [website.pk]}).status_code == 302
    consent.refresh_from_db()
    assert consent.status == "refused" and TakeDown.objects.get().because == "withdrawn"
    assert "Take it back" not in client.get(page("family", token)).content.decode()
    assert "Tick what you take back." not in client.get(page("family", token)).content.decode()


def test_a_young_person_says_no_by_their_own_and_neither_page_tells_of_the_other(client, zed, website, link):
    _parents, token = link("parent")
    client.post(page("sign", token), answers(client, token, **{"Our website": "yes"}))
    _own, own = link("young")
    shown = client.get(page("sign", own)).content.decode()
    assert "may we use pictures of you?" in shown and "by law I decide" not in shown and "Denise" not in shown
    assert 'value="yes" checked' not in shown
    client.post(page("sign", own), answers(client, own) | {"who": "Zed"})
    assert Consent.objects.get().status == "refused"
    assert "Denise" not in client.get(page("family", own)).content.decode()
    parents = client.get(page("family", token)).content.decode()
    assert "Yes" in parents and "refused" not in parents.lower() and ">No<" not in parents


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"who": ""}, "That is how you sign."),
        ({"may_decide": ""}, "tell us who decides"),
        ({"use": ""}, "Say yes or no to this one."),
        ({"words": "others"}, "has changed since you opened this page"),
    ],
)
def test_what_is_missing_is_said_beside_it_and_nothing_is_signed(client, website, link, changed, says):
    one, token = link()
    told = answers(client, token, **{"Our website": "yes"})
    told |= {f"use_{website.pk.hex}" if name == "use" else name: value for name, value in changed.items()}
    told["conditions"] = "Only in a group"
    shown = client.post(page("sign", token), told).content.decode()
    assert says in shown and "Only in a group" in shown
    one.refresh_from_db()
    assert one.used_at is None and not Permission.objects.exists()


def test_forged_expired_ended_used_and_guessed_links_are_one_page_of_one_cost(client, zed, website, link, noor, sol):
    _one, token = link()
    told = answers(client, token)
    used = client.post(page("sign", token), told) and token
    _old, expired = link("young", at=now() - timedelta(days=15))
    ended, dead = link("young")
    ended.end(by=noor)
    _older, replaced = link("young")
    link("young")
    good = link("young")[1]
    forged = good[:-1] + ("A" if good[-1] != "A" else "B")
    invited = FamilyLink.new_token()
    addresses = [page("sign", one) for one in (used, expired, dead, replaced, forged, invited, "x", "é" * 40)]
    addresses += [page("family", one) for one in (expired, dead, replaced, forged, invited)]
    client.get(addresses[-1])
    seen, costs = set(), set()
    for address in addresses:
        for ask in (client.get, lambda where: client.post(where, told)):
            with CaptureQueriesContext(connection) as asked:
                answer = ask(address)
            seen.add((answer.status_code, *bare(answer)))
            costs.add(len(asked))
        client.cookies.clear()
        _forget_the_guesses()
    assert len(seen) == 1 and {status for status, *_page in seen} == {404}
    assert len(costs) == 1
    assert Permission.objects.count() == 1  # what was replayed said nothing again


def _forget_the_guesses():
    from django.core.cache import cache

    cache.clear()


def test_guessing_too_often_opens_nothing_any_more(client, client_elsewhere, website, link):
    _one, token = link()
    for guess in range(int(GUESSES["config"]["link"].split("/")[0])):
        client.get(page("family", f"guess-{guess}"))
    assert client.get(page("sign", token)).status_code == 404
    assert client_elsewhere.get(page("sign", token), REMOTE_ADDR="203.0.113.7").status_code == 200


def test_a_link_is_of_one_child_and_tells_of_no_other(client, young, zed, website, link):
    young("Ada B")
    _one, token = link()
    shown = client.get(page("sign", token))
    assert "Ada" not in shown.content.decode() and zed.pk.hex not in shown.content.decode()
    assert token not in str(list(FamilyLink.objects.values())) and shown["Referrer-Policy"] == "strict-origin"
    assert not Entry.objects.filter(changes__contains=token).exists()


def test_a_grown_ups_parents_are_not_asked_and_their_link_ends_with_18(young, website, link):
    with pytest.raises(Refused, match="grown up"):
        link(who=young(age=18))
    nearly = young(born=localdate().replace(day=1, year=localdate().year - 17))
    one, _token = link(who=nearly)
    one.sign({website: "yes"}, who="Denise", by="holder of link")
    eighteen = localdate().replace(day=1, year=localdate().year + 1)
    assert localdate(one.expires_at) == eighteen


def test_staff_make_a_link_on_the_screen_or_by_an_e_mail_without_a_name(client, noor, zed, website, mailoutbox, leah):
    client.force_login(noor)
    shown = client.post(page("make_link", zed.pk), {"side": "parent"}).content.decode()
    assert "http://" in shown and "data:image/svg+xml" in shown
    assert client.post(page("make_link", zed.pk), {"side": "parent", "to": "nobody"}).status_code == 200
    client.post(page("make_link", zed.pk), {"side": "parent", "to": "denise@harmony.test"})
    (mail,) = mailoutbox
    assert mail.to == ["denise@harmony.test"] and "Zed" not in mail.body + mail.subject
    where = next(word for word in mail.body.split() if "/pictures/yours/" in word)
    assert "picture" not in (mail.body.replace(where, "") + mail.subject).lower()
    assert client.get(urlsplit(where).path, follow=True).status_code == 200
    assert FamilyLink.objects.standing().count() == 1  # the newer ended the older
    record = client.get(page("record", zed.pk)).content.decode()
    assert "Not answered yet" in record
    client.post(page("end_link", FamilyLink.objects.standing().get().pk))
    assert "no link that works" in client.get(page("record", zed.pk)).content.decode()
    client.force_login(leah)
    assert client.get(page("make_link", zed.pk)).status_code == 404
