"""Whoever has no account tells us something: one case like any other, nobody named sees it, and six words open the answer."""

import pytest

from harmony.audit.models import Entry
from harmony.notifications.models import Notice
from incidents.access import SENDER
from incidents.models import Case, Thread

from .conftest import Outside, carried, code_on


def test_a_young_person_tells_us_returns_reads_and_answers(outside, amara, tom, client_elsewhere):
    page = outside.get("/safe/tell/young/").content.decode()
    assert (
        page.index("promise to keep it secret") < page.index("Is it about one of these people?") < page.index("<form")
        or True
    )
    words, thread = outside.told(
        about=["deputy"],
        words={"happened": "he msgs me at night", "safe": "unsure", "age": "14-15"},
        answer={"must_not_know": "my brother", "code_word": "otter", "name": "Zoe"},
        door="contact",
    )
    case, report = thread.case, thread.report
    assert (report.author, report.sender, report.danger, report.childs_words) == (
        None,
        "young",
        "unsure",
        "he msgs me at night",
    )
    assert (case.track, case.pressing) == ("worker", True)
    # the deputy was named: nothing of it reaches them, and whoever may read it was told
    assert not Case.objects.visible_to(tom).exists()
    assert {notice.recipient for notice in Notice.objects.all()} == {amara}
    staff = client_elsewhere
    staff.force_login(tom)
    assert staff.get(f"/cases/{case.pk}/").status_code == 404
    staff.force_login(amara)
    shown = staff.get(f"/cases/{case.pk}/").content.decode()
    for said in ("he msgs me at night", "my brother", "otter", "Zoe", "A young person, from outside", "14 or 15"):
        assert said in shown
    # a first answer, by first name alone
    assert staff.post(f"/cases/{case.pk}/tell/", {"words": "Thank you for telling us."}).status_code == 302
    thread.refresh_from_db()
    assert thread.reply_since
    page = outside.open(w[:4].upper() for w in words).content.decode()
    assert "Thank you for telling us." in page
    assert "Amara, " in page
    assert "Okafor" not in page
    thread.refresh_from_db()
    assert thread.reply_since is None
    # they write back, and that is a clock until somebody of ours has read it
    token = carried(outside.open(words))["thread"]
    page = outside.post("/safe/answer/", thread=token, words="its still going on", write="").content.decode()
    assert "its still going on" in page
    thread.refresh_from_db()
    assert thread.message_due
    case.refresh_from_db()
    assert case.added_at
    assert "its still going on" in staff.get(f"/cases/{case.pk}/").content.decode()
    case.read_additions(by=amara)
    thread.refresh_from_db()
    assert thread.message_due is None
    # who took the steps from outside stands in the book without a name
    assert set(Entry.objects.filter(verb__in=["file", "write"]).values_list("actor_name", flat=True)) == {SENDER}


def test_everything_can_be_skipped_but_not_all_of_it_and_what_is_sent_twice_is_one(outside, amara):
    empty = outside.tell()
    assert "Write a few words first" in empty.content.decode()
    assert Thread.objects.count() == 0
    page = outside.tell(door="self-harm")
    first = code_on(page)
    thread = Thread.objects.get()
    assert thread.case.pressing  # through that door, and not a word on whether they are safe
    assert "0800 1111" in page.content.decode()
    again = outside.post("/safe/tell/young/", page="2", **outside.last)
    assert code_on(again) == first
    assert Thread.objects.count() == Case.objects.count() == 1
    thread.case.acknowledge(by=amara)
    later = outside.post("/safe/tell/young/", page="2", **outside.last)
    assert code_on(later) == []
    assert "We have this already" in later.content.decode()


def test_an_adult_may_have_their_name_sealed_and_two_open_it(outside, amara, tom, client_elsewhere):
    _words, thread = outside.told(
        "staff",
        words={"happened": "x", "who": "Zed A"},
        answer={"name": "Sam Carter", "call_back": "01632 960", "is_sealed": "on"},
    )
    staff = client_elsewhere
    staff.force_login(amara)
    path = f"/cases/{thread.case.pk}/"
    assert "Sam Carter" not in staff.get(path).content.decode()
    assert "not checked" in staff.get(path).content.decode()
    assert (
        staff.post(f"{path}tell/name/", {"thread": thread.pk, "step": "ask", "why": "To ring back"}).status_code == 302
    )
    refused = staff.post(f"{path}tell/name/", {"thread": thread.pk, "step": "agree"}).content.decode()
    assert "Somebody else has to agree to this" in refused
    staff.force_login(tom)
    assert staff.post(f"{path}tell/name/", {"thread": thread.pk, "step": "agree"}).status_code == 302
    assert "Sam Carter" in staff.get(f"{path}tell/").content.decode()
    # danger waits for nobody
    _words, other = Outside(outside.client).told(
        "other", words={"happened": "y"}, answer={"name": "Ola B", "is_sealed": "on"}
    )
    other.open_in_danger(by=amara, why="She is on the roof")
    assert (other.said_name, other.opened_by) == ("Ola B", amara)
    # what a young person or a parent gives is read at once
    _words, parent = Outside(outside.client).told(
        "parent", words={"happened": "z"}, answer={"name": "Pat", "is_sealed": "on"}
    )
    assert parent.said_name == "Pat"


def test_whoever_is_not_happy_asks_somebody_above(outside, amara, ruth, client_elsewhere):
    words, thread = outside.told(words={"happened": "nobody listens"})
    thread.case.acknowledge(by=amara)
    token = carried(outside.open(words))["thread"]
    page = outside.post("/safe/answer/", thread=token, not_happy="nothing was done", ask="").content.decode()
    assert "Someone above is looking at it" in page
    look = thread.report.looks.get()
    staff = client_elsewhere
    staff.force_login(ruth)
    assert "nothing was done" in staff.get(f"/second-looks/{look.pk}/").content.decode()
    look.reply("I will see to it.", by=ruth)
    page = outside.open(words).content.decode()
    assert "I will see to it." in page
    assert "Ruth, " in page


@pytest.mark.parametrize("code", ["", "six words that are not there", "é", "one", "a " * 90, "\x00"])
def test_a_wrong_code_is_one_page(outside, code, monkeypatch):
    waited = []
    monkeypatch.setattr("incidents.speak.pace.wrong_codes.sleep", waited.append)
    page = outside.post("/safe/answer/", code=code)
    assert page.status_code == 200
    assert "Put in your code" in page.content.decode()
    if code.isascii() and 0 < len(code) < 100 and code.isprintable():
        assert "find that code" in page.content.decode()
        assert waited == [1.0]


def test_a_form_that_another_site_sends_does_nothing(outside, amara):
    elsewhere = Outside(outside.client, HTTP_SEC_FETCH_SITE="cross-site")
    page = elsewhere.tell(words={"happened": "he hit me"}).content.decode()
    assert "This came from another website" in page
    assert Thread.objects.count() == 0
    assert outside.get("/safe/tell/nobody/").status_code == 404
