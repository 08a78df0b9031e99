"""Members of staff who file reports and do not give up: each request again until it is answered, as a person would."""

import re
import threading
import time
from datetime import UTC, datetime
from http.client import HTTPException
from http.cookiejar import Cookie, CookieJar
from itertools import count
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener
from uuid import uuid4

from .model import Filed

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
REFERENCE = re.compile(r'hm-bigref hm-ref">([A-Z0-9-]+)<')
REPORT = re.compile(r".*/report/([0-9a-f-]{36})/")
CASE = re.compile(r'href="(/cases/[0-9a-f-]{36}/)"')
PATIENCE = 180  # seconds, for one request
TIMEOUT = 15
USUAL = 2  # seconds, for one request
# the first answer: (in danger, about the DSO)
FIRST = {(False, False): "neither", (True, False): "danger", (False, True): "us", (True, True): "both"}
# of ten reports: in danger, about the DSO who is on call, read by the DSO
SORTS = [(True, False, False), (False, True, False), (False, False, True), (True, False, True), (True, True, False)]
PLAIN = (False, False, False)


class Stays(HTTPRedirectHandler):
    """Where an answer leads is told, not followed: of what a button leads to only some has to be read."""

    def redirect_request(self, *_what):
        return None


class Visitor:
    """A browser that is signed in."""

    def __init__(self, base, session):
        self.base, self.tries, self.failures, self.token = base, 0, 0, ""
        self.since = None  # when it began to wait for an answer
        jar = CookieJar()
        jar.set_cookie(_cookie("sessionid", session))
        self.opener = build_opener(HTTPCookieProcessor(jar), Stays)

    def ask(self, path, **answers):
        """(where it leads, the page). Asked again after anything that is no answer."""
        address = urljoin(self.base, path)
        body = urlencode(answers | {"csrfmiddlewaretoken": self.token}).encode() if answers else None
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.tries += 1
            try:
                return self._once(address, body)
            except (URLError, OSError, HTTPException) as error:
                if isinstance(error, HTTPError) and error.code < 500:
                    if error.code == 302:
                        return urljoin(address, error.headers["Location"]), ""
                    if error.code == 409:  # pressed before, and only the answer was lost
                        return error.url, ""
                    raise AssertionError(f"{address}: {error.code}") from None
                self.failures += 1
                time.sleep(0.5)
        raise TimeoutError(address)

    @property
    def waits(self):
        """Whether it has no answer for longer than is usual."""
        return self.since is not None and time.monotonic() > self.since + USUAL

    def _once(self, address, body):
        self.since = time.monotonic()
        try:
            with self.opener.open(Request(address, body), timeout=TIMEOUT) as answer:
                page = answer.read().decode()
        finally:
            self.since = None
        if found := TOKEN.search(page):
            self.token = found.group(1)
        return answer.geturl(), page


class Reporter(threading.Thread):
    """Files its share and more, one after another, until told that it is over; and writes down what it was told.

    The DSO reads some of it meanwhile.
    """

    def __init__(self, base, world, share, every, over):
        super().__init__(daemon=True)
        self.share, self.every, self.over, self.dso_id = share, every, over, world["dso_id"]
        self.staff, self.dso = Visitor(base, world["staff"]), Visitor(base, world["dso"])
        self.filed, self.gave_up = [], []  # what was filed; and why one gave up, each time

    @property
    def tries(self):
        return self.staff.tries + self.dso.tries

    @property
    def troubles(self):
        """Requests without an answer so far, and those that wait for one too long."""
        return sum(visitor.failures + visitor.waits for visitor in (self.staff, self.dso))

    def run(self):
        to_read, began = None, time.monotonic()
        for number in count():
            if number >= self.share and self.over.is_set():
                break
            self.over.wait(max(began + number * self.every - time.monotonic(), 0))  # in step, however long one takes
            danger, about_dso, is_read = dict(enumerate(SORTS)).get(number % 10, PLAIN)
            filed = self._try(self._file, danger, about_dso, number)
            self._try(self._read, to_read)
            to_read = filed if is_read else None
        self._try(self._read, to_read)

    def _try(self, step, *arguments):
        try:
            return step(*arguments)
        except (TimeoutError, AssertionError, AttributeError) as error:  # no answer, a refusal, a page that is another
            self.gave_up.append(f"{step.__name__}: {type(error).__name__}: {error}")
            return None

    def _file(self, danger, about_dso, number):
        key, ask = str(uuid4()), self.staff.ask
        if not self.staff.token:
            ask("/report/")
        where, _page = ask("/report/", first=FIRST[danger, about_dso], form_key=key)
        report = REPORT.match(where).group(0)
        if danger and not about_dso:  # after the page with 999
            ask(f"{report}about-us/", about_us="no")
        if about_dso:
            ask(f"{report}which-of-us/", named=self.dso_id)
        ask(f"{report}who/", who=f"Child {number} (12)")
        ask(f"{report}what/", facts="What was seen and heard, in order.", check="")
        since = _now()
        where, _page = ask(f"{report}send/", send="")
        _where, page = ask(where)
        filed = Filed(key, REFERENCE.search(page).group(1), danger, about_dso, since, _now())
        self.filed.append(filed)
        return filed

    def _read(self, filed):
        if not filed:
            return
        _where, page = self.dso.ask(f"/cases/?ref={filed.reference}")
        case = CASE.search(page).group(1)
        self.dso.ask(case)
        filed.read_since = _now()
        self.dso.ask(f"{case}acknowledge/", acknowledge="")
        filed.read_until = _now()


def _now():
    return datetime.now(UTC)


def _cookie(name, value):
    where = {"domain": "127.0.0.1", "domain_specified": False, "domain_initial_dot": False}
    path = {"path": "/", "path_specified": True, "port": None, "port_specified": False}
    kept = {"secure": False, "expires": None, "discard": True, "comment": None, "comment_url": None}
    return Cookie(0, name, value, **where, **path, **kept, rest={})
