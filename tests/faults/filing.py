"""Members of staff who file reports and do not give up: each request again until it is answered, as a person would."""

import re
import threading
import time
from datetime import UTC, datetime
from http.client import HTTPException
from http.cookiejar import Cookie, CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener
from uuid import uuid4

from .model import Filed

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
REFERENCE = re.compile(r'hm-bigref hm-ref">([A-Z0-9-]+)<')
REPORT = re.compile(r".*/report/([0-9a-f-]{36})/")
CASE = re.compile(r'href="(/cases/[0-9a-f-]{36}/)"')
PATIENCE = 180  # seconds, for one request
TIMEOUT = 15
# the first answer: (in danger, about the DSO)
FIRST = {(False, False): "neither", (True, False): "danger", (False, True): "us", (True, True): "both"}
# of ten reports: in danger, about the DSO who is on call, read by the DSO
SORTS = [(True, False, False), (False, True, False), (False, False, True), (True, False, True), (True, True, False)]
PLAIN = (False, False, False)


class Visitor:
    """A browser that is signed in."""

    def __init__(self, base, session):
        self.base, self.tries, self.token = base, 0, ""
        jar = CookieJar()
        jar.set_cookie(_cookie("sessionid", session))
        self.opener = build_opener(HTTPCookieProcessor(jar))

    def ask(self, path, **answers):
        """(where it led, the page). Asked again after anything that is no answer."""
        address = path if path.startswith("http") else self.base + path
        body = urlencode(answers | {"csrfmiddlewaretoken": self.token}).encode() if answers else None
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.tries += 1
            try:
                return self._once(address, body)
            except (URLError, OSError, HTTPException) as error:
                if isinstance(error, HTTPError) and error.code < 500:
                    if error.code == 409:  # pressed before, and only the answer was lost
                        return error.url, ""
                    raise AssertionError(f"{address}: {error.code}") from None
                time.sleep(0.5)
        raise TimeoutError(address)

    def _once(self, address, body):
        with self.opener.open(Request(address, body), timeout=TIMEOUT) as answer:
            page = answer.read().decode()
        if found := TOKEN.search(page):
            self.token = found.group(1)
        return answer.geturl(), page


class Reporter(threading.Thread):
    """Files its share, one after another, and writes down what it was told. The DSO reads some of it meanwhile."""

    def __init__(self, base, world, share, every):
        super().__init__(daemon=True)
        self.share, self.every, self.dso_id = share, every, world["dso_id"]
        self.staff, self.dso = Visitor(base, world["staff"]), Visitor(base, world["dso"])
        self.filed, self.gave_up = [], 0

    @property
    def tries(self):
        return self.staff.tries + self.dso.tries

    def run(self):
        to_read, began = None, time.monotonic()
        for number in range(self.share):
            time.sleep(max(began + number * self.every - time.monotonic(), 0))  # in step, however long one takes
            danger, about_dso, is_read = dict(enumerate(SORTS)).get(number % 10, PLAIN)
            filed = self._try(self._file, danger, about_dso, number)
            self._try(self._read, to_read)
            to_read = filed if is_read else None
        self._try(self._read, to_read)

    def _try(self, step, *arguments):
        try:
            return step(*arguments)
        except (TimeoutError, AssertionError, AttributeError):  # no answer, a refusal, a page that is another
            self.gave_up += 1
            return None

    def _file(self, danger, about_dso, number):
        key, ask = str(uuid4()), self.staff.ask
        ask("/report/")
        where, _page = ask("/report/", first=FIRST[danger, about_dso], form_key=key)
        report = REPORT.match(where).group(0)
        if about_dso:
            ask(f"{report}which-of-us/", named=self.dso_id)
        ask(f"{report}who/", who=f"Child {number} (12)")
        ask(f"{report}what/", facts="What was seen and heard, in order.", check="")
        since = _now()
        _where, page = ask(f"{report}send/", send="")
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
