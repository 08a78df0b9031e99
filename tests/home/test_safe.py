"""The pages for young people, parents and anybody else: plain, light, and nobody is known on them."""

import re
import sys

import pytest
from django.test import Client

from harmony.home.topics import TOPICS
from incidents.kinds import DOORS_NAMED
from policies import first_drafts
from tests import reading

HARDEST = 5  # the grade of one page: a child of ten reads it alone
PAGES = [
    *("/safe/", "/safe/parents/", "/safe/telling/", "/safe/answer/"),
    *(f"/safe/tell/{who}/" for who in ("young", "parent", "other", "staff")),
    *(f"/safe/about/{topic.code}/" for topic in TOPICS),
]
TAGS = re.compile(r"<(?:script|style|svg)\b.*?</(?:script|style|svg)>|<[^>]+>", re.DOTALL)
BLOCKS = re.compile(r"</(?:p|li|h\d|summary|label|legend|div|a|button|strong)>")


def said_on(page):
    main = re.search(r"<main.*?</main>", page, re.DOTALL)[0]
    pieces = BLOCKS.sub("\n", main)
    return [" ".join(piece.split()) for piece in TAGS.sub("", pieces).split("\n") if piece.strip()]


def test_nobody_is_known_no_other_host_is_asked_and_a_child_can_read_it(organisation, amara, tom, client, capsys):
    client.force_login(amara)  # whoever is signed in is a stranger here too
    grades = {}
    for path in PAGES:
        for response in (client.get(path), Client().get(path)):
            assert response.status_code == 200, path
            assert not response.cookies, path
            assert "Amara" not in response.content.decode()
            assert response["Referrer-Policy"] == "no-referrer"
        page = response.content.decode()
        fetched = re.findall(r'(?:src|action)="([^"]+)"|<link[^>]+href="([^"]+)"', page)
        assert all(one.startswith("/") for pair in fetched for one in pair if one), path
        assert 'type="file"' not in page
        assert "csrfmiddlewaretoken" not in page
        assert "<title>Start</title>" in page or "<title>Your page</title>" in page
        said = said_on(page)
        assert reading.unwanted(" ".join(said)) == [], path
        grades[path] = round(reading.grade(reading.prose(said)), 1)
    with capsys.disabled():
        sys.stdout.write("".join(f"\n{grade:5} {path}" for path, grade in grades.items()))
    assert {path: grade for path, grade in grades.items() if grade > HARDEST} == {}


@pytest.mark.parametrize("code", [topic.code for topic in TOPICS if topic.is_urgent])
def test_what_cannot_wait_leads_with_999_and_childline(organisation, client, code):
    page = client.get(f"/safe/about/{code}/").content.decode()
    main = page[page.index("<main") :]
    assert (
        main.index("999") < main.index("0800 1111") < main.index("What you can do now") < main.index("Tell us about it")
    )


def test_each_door_leads_to_one_of_ours(organisation, client):
    assert {topic.tells for topic in TOPICS} <= set(DOORS_NAMED)
    assert len(TOPICS) == 8
    page = client.get("/safe/").content.decode()
    assert page.count('class="hm-door"') == 8
    assert "does not clear your history" in page
    assert client.get("/safe/about/nothing/").status_code == 404
    assert client.post("/safe/").status_code == 405


def test_what_we_promise_stands_there_in_plain_words_once_it_is_in_force(organisation, amara, gwen, client):
    """Of public policies alone, as they were approved; a child of ten can read it (S16, S17)."""
    words = {"/safe/": "You have a right to be safe", "/safe/parents/": "only if you signed for it"}
    version = first_drafts.add(by=amara)[first_drafts.STATEMENT]
    assert not any(said in client.get(path).content.decode() for path, said in words.items())
    version.send(by=amara)
    version.approve(by=gwen)
    version.publish(by=gwen)
    for path, said in words.items():
        page = client.get(path).content.decode()
        assert said in page and "What we promise you" in page
        assert reading.grade(reading.prose(said_on(page))) <= HARDEST
    version.policy.change(version.policy.title, "dso", "board", "all", False, by=amara)
    assert not any(said in client.get(path).content.decode() for path, said in words.items())
