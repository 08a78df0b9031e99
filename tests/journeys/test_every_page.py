"""Every page of every role in a browser, at three widths: accessible, quiet in the console, nothing sticks out.

`make screens` runs the same walk and keeps a picture of every page × role × {390, 1280} under var/screens.
"""

import os
from collections import Counter
from io import StringIO
from itertools import chain
from zlib import crc32

import pytest
from django.core.management import call_command
from django.urls import resolve

from harmony.people.models import User
from tests.browser import axe, fits, pressable
from tests.byways import NO_PAGE, byways, names
from tests.gallery import Gallery
from tests.walking import ROLES, walk

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.needs("Chromium", "Pango"),
    pytest.mark.journey,
]
WIDTHS = (1280, 390, 320)
NARROW = WIDTHS[1:]  # where another shape of a page met before may stick out
HALVES = 2
SHAPES = 2  # of one page, with a change: each costs a second
PICTURES = os.environ.get("HARMONY_SCREENS")
EVERY = PICTURES or os.environ.get(
    "HARMONY_EVERY_TEST"
)  # by night, each page for each role, whether it looks alike or not


@pytest.fixture
def cast(transactional_db):
    call_command("demo", stdout=StringIO())
    return {user.email.split("@")[0]: user for user in User.objects.active()}


def ahead(cast):
    """(role, address, shape): each page in the first shapes that it has for somebody; by night in all of them, for each role."""
    met, shapes = set(), Counter()
    for role in ROLES:
        for page in walk(role, each=3):
            kinds = {(page.name, page.parsed.shape)} | ({(role, page.name)} if EVERY else {role})
            if not kinds <= met and (EVERY or role not in met or shapes[page.name] < SHAPES):
                met |= kinds
                shapes[page.name] += 1
                yield role, page.url, page.parsed.shape


class Look:
    """A page at each width; what is wrong is gathered, instead of stopping at the first."""

    def __init__(self, gallery):
        self.gallery, self.wrong, self.met, self.names = gallery, [], set(), set()

    def at(self, window, role, url, shape=""):
        answer = window.goto(self.gallery.site + url)
        name = name_of(url)
        if answer.status != 200:
            self.wrong.append(f"{role} {url}: {answer.status}")
        asked = self._widths_for_rules(role, name, shape)
        for width in WIDTHS if asked == WIDTHS or EVERY else NARROW:
            window.set_viewport_size({"width": width, "height": 900})
            self._holds(f"{role} {url} at {width}", fits, window)
            self._holds(f"{role} {url} at {width}", pressable, window)
            if width in asked:
                self._holds(f"{role} {url} at {width}", axe, window)
            self.gallery.keep(window, role, name, width)
        self.names.add(name)
        self.met |= {role, (name, shape)}

    def _widths_for_rules(self, role, name, shape):
        """All for a name or a role's head met first, a phone's for another shape; none where all was met before."""
        if name not in self.names or role not in self.met:
            return WIDTHS
        return () if (name, shape) in self.met else (390,)

    def _holds(self, where, rule, window):
        try:
            rule(window)
        except AssertionError as broken:
            self.wrong.append(f"{where}: {broken}")


def in_half(half, name):
    """The same for the same page, whatever else there is and whoever looks: so each is met for the first time once."""
    return crc32(name.encode()) % HALVES == half


def name_of(url):
    return resolve(url.split("?")[0]).view_name


@pytest.mark.parametrize("half", range(HALVES))
def test_every_page_of_every_role(page, site, cast, half):
    """Two halves, so that two cores share them; every page falls in one of them.

    What links lead to is found before a browser changes anything; a byway is made as it is come to.
    """
    look = Look(Gallery(site, PICTURES))
    windows = {role: page(user=first and cast[first], site=site) for role, first in ROLES.items()}
    met = set()
    for role, url, shape in chain(list(ahead(cast)), ((role, url, "") for role, url in byways(cast))):
        met.add(name_of(url))
        if in_half(half, name_of(url)):
            look.at(windows[role], role, url, shape)
    look.gallery.close()
    assert look.wrong == []
    assert set(names()) - met - set(NO_PAGE) == set(), "pages that nobody has come to: add a way to tests/byways.py"
    assert met & set(NO_PAGE) == set()
