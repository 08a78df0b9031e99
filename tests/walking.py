"""Every page that somebody reaches by following links, role by role, in the demo: for tests that look at all of them.

What no link of the demo leads to, tests/byways.py makes.
"""

import hashlib
from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.contrib.auth import get_user_model
from django.urls import Resolver404, resolve

from .clients import TwoProofs

# who walks: the demo's sign-ins (harmony/home/demo/cast.py); a stranger signs in as nobody
ROLES = {
    "stranger": None,
    "staff": "jamie",
    "DSO": "amara",
    "lead": "ruth",
    "trustee": "dev",
    "chair": "gwen",
    "office": "sol",
    "IT": "piotr",
    "auditor": "kit",
    "consent": "noor",
}
EACH = 6  # addresses of one name that are opened for one role: what can be done with a record differs
OUTSIDE = ("http", "tel:", "mailto:", "data:", "#", "/static/")


@dataclass
class Page:
    """One address as one role saw it."""

    role: str
    name: str
    url: str
    status: int
    html: str
    parsed: "Parsed" = field(repr=False)


class Parsed(HTMLParser):
    """The links of a page, and its shape: which parts with which classes, whatever the words."""

    def __init__(self, html):
        super().__init__()
        self.links, self.parts, self.in_main = [], set(), False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.in_main |= tag == "main"
        if self.in_main:
            self.parts.add((tag, attrs.get("class") or "", attrs.get("type") or "", attrs.get("role") or ""))
        if tag == "a" and attrs.get("href"):
            self.links.append(attrs["href"])

    def handle_endtag(self, tag):
        self.in_main &= tag != "main"

    @property
    def shape(self):
        """Of what is between head and foot, which are the same on every page of a role."""
        return hashlib.sha256(repr(sorted(self.parts)).encode()).hexdigest()[:12]


def client_of(role):
    client = TwoProofs()
    if first := ROLES[role]:
        client.force_login(get_user_model().objects.get(email__startswith=f"{first}@"))
    return client


def walk(role, starts=("/",), each=EACH, client=None):
    """Yield each page that this role reaches: every name, and of each name a few addresses."""
    client, seen, opened = client or client_of(role), set(), Counter()
    waiting = deque(starts)
    while waiting:
        url = waiting.popleft()
        kind = _kind(url)
        if url in seen or kind is None or opened[kind] >= each:
            continue
        seen.add(url)
        opened[kind] += 1
        answer = client.get(url)
        if answer.status_code in (301, 302):
            waiting.append(answer.url)
        elif answer.get("Content-Type", "").startswith("text/html"):
            html = answer.content.decode()
            page = Page(role, kind[0], url, answer.status_code, html, Parsed(html))
            yield page
            waiting.extend(_address(url, link) for link in page.parsed.links if not link.startswith(OUTSIDE))


def visit(role, url):
    """One address as this role sees it, after whatever it leads on to."""
    answer = client_of(role).get(url, follow=True)
    html = answer.content.decode()
    return Page(role, resolve(url.split("?")[0]).view_name, url, answer.status_code, html, Parsed(html))


def _address(base, link):
    parts = urlsplit(urljoin(base, link))
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _kind(url):
    """What counts as the same page: its name in the site map, and which questions its address asks."""
    parts = urlsplit(url)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return None
    return name, frozenset(key for key, _value in parse_qsl(parts.query, keep_blank_values=True))
