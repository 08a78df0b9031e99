"""Somebody at a browser: what they open, press, type and read, in the words that stand on the page.

sam = at_a_browser(sam, width=390)
sam.opens("/report/")
sam.chooses("Before you write: is somebody in danger, or is it about one of us?", "Neither of these")
sam.presses("Continue")
sam.reads("Who are you worried about?")
"""

import re
from urllib.parse import urlsplit

from django.urls import resolve

from tests.browser import axe, fits, session_of, shot

WIDTHS = (320, 390, 1280)
PICTURED = (390, 1280)


class Browsing:
    def __init__(self, window, site, *, looks=False):
        self.window, self.site, self.looks = window, site, looks
        self.seen = set()  # pages that were looked at closely, once each

    def opens(self, path):
        response = self.window.goto(self.site + path)
        self._met()
        return response.status

    def follows(self, link):
        self._goes(self.link(link))

    def presses(self, button):
        """The status of the page that the button leads to."""
        return self._goes(self.button(button))

    def types(self, question, words):
        self.window.get_by_label(question).fill(words)

    def chooses(self, question, answer):
        self.window.get_by_role("group", name=question).get_by_label(answer, exact=True).check()

    def selects(self, question, answer):
        self.window.get_by_label(question).select_option(label=answer)

    def dates(self, question, day, time=""):
        """The boxes of a day, and of a clock time where it is asked for."""
        boxes = self.window.get_by_role("group", name=question)
        for box, typed in {"Day": day.day, "Month": day.month, "Year": day.year}.items():
            boxes.get_by_label(box, exact=True).fill(str(typed))
        if time:
            boxes.get_by_label("Time").fill(time)

    def reads(self, *words):
        """All of these stand on the page."""
        text = self.text
        for some in words:
            assert some in text, f"“{some}” is not on {self.window.url}:\n{text}"

    def link(self, name):
        return self.window.get_by_role("link", name=name).first

    def button(self, name):
        return self.window.get_by_role("button", name=name, exact=True)

    @property
    def heading(self):
        return self.window.inner_text("h1")

    @property
    def text(self):
        """What can be read, as one line: how it breaks depends on the width."""
        return " ".join(self.window.inner_text("body").split())

    @property
    def path(self):
        return urlsplit(self.window.url).path

    def downloads(self, link):
        with self.window.expect_download() as download:
            self.link(link).click()
        return download.value.path().read_bytes()

    def comes_back(self, user):
        """Signed in again, in the same browser."""
        self.window.context.add_cookies([{"name": "sessionid", "value": session_of(user), "url": self.site}])

    def in_another_window(self):
        """The same person, the same page, a second time."""
        second = Browsing(self.window.context.new_page(), self.site)
        second.opens(self.path)
        return second

    def asks(self, path):
        """The bare answer to an address, with this person's cookies and no page drawn."""
        return self.window.request.get(self.site + path, max_redirects=0)

    def _goes(self, part):
        with self.window.expect_navigation() as arrived:
            part.click()
        self._met()
        return arrived.value.status if arrived.value else None

    def _met(self):
        """Look closely at a page met for the first time: every width, every rule, pictures to look at."""
        name = (resolve(self.path).view_name, self.heading)
        if not self.looks or name in self.seen:
            return
        self.seen.add(name)
        size = self.window.viewport_size
        for width in WIDTHS:
            self.window.set_viewport_size({"width": width, "height": 900})
            fits(self.window)
            if width in PICTURED:
                shot(self.window, f"journey-{len(self.seen):02}-{_as_a_file(name[0])}-{width}")
        self.window.set_viewport_size(size)
        axe(self.window)


def _as_a_file(name):
    return re.sub(r"\W+", "-", name or "page")
