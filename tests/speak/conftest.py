"""Somebody outside, who tells us something by the pages alone."""

import re

import pytest

from harmony.audit.events import hour_of
from incidents.models import Thread

HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"')
WORDS = re.compile(r'<ol class="hm-code">(.*?)</ol>', re.DOTALL)


class Outside:
    """Their browser: it keeps no cookie, for it is never given one."""

    def __init__(self, client, **headers):
        self.client, self.headers = client, headers

    def get(self, path):
        return self.client.get(path, **self.headers)

    def post(self, path, **answers):
        return self.client.post(path, answers, **self.headers)

    def tell(self, who="young", *, about=(), words=None, answer=None, door=""):
        """All three pages, as a browser sends them. The last response."""
        path = f"/safe/tell/{who}/"
        page = self.post(path, page="0", about=list(about), **({"door": door} if door else {}))
        assert page.status_code == 200
        page = self.post(path, page="1", **carried(page), **(words or {}))
        self.last = carried(page) | (answer or {})
        return self.post(path, page="2", **self.last)

    def told(self, *args, **more):
        """(the six words, the thread)."""
        words = code_on(self.tell(*args, **more))
        return words, Thread.objects.opened_by(words)

    def open(self, words):
        return self.post("/safe/answer/", code=" ".join(words))


def carried(page):
    found = {}
    for name, answer in HIDDEN.findall(page.content.decode()):
        if name != "page":
            found.setdefault(name, []).append(answer)
    return found


def code_on(page):
    shown = WORDS.search(page.content.decode())
    return re.findall(r"<li>([a-z]+)</li>", shown[1]) if shown else []


@pytest.fixture
def outside(client, organisation):
    return Outside(client)


def is_whole_hour(moment):
    return moment == hour_of(moment)
