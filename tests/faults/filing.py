"""Members of staff who file reports and do not give up: each request again until it is answered, as a person would."""

import re
import threading
import time
from http.client import HTTPException
from http.cookiejar import Cookie, CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener
from uuid import uuid4

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
REFERENCE = re.compile(r'hm-bigref hm-ref">([A-Z0-9-]+)<')
PATIENCE = 180  # seconds, for one request
TIMEOUT = 15


class Reporter(threading.Thread):
    """Files its share, one after another, and writes down what it was told: {form key: reference}."""

    def __init__(self, base, session, share, pause):
        super().__init__(daemon=True)
        self.base, self.share, self.pause = base, share, pause
        self.acknowledged, self.tries, self.gave_up, self.token = {}, 0, 0, ""
        jar = CookieJar()
        jar.set_cookie(_cookie("sessionid", session))
        self.opener = build_opener(HTTPCookieProcessor(jar))

    def run(self):
        for number in range(self.share):
            try:
                self._file(str(uuid4()), number)
            except TimeoutError:
                self.gave_up += 1
            time.sleep(self.pause)

    def _file(self, key, number):
        self.token = TOKEN.search(self._ask("/report/")[1]).group(1)
        where, _page = self._ask("/report/", danger="no", about_us="no", form_key=key)
        report = re.match(r".*/report/([0-9a-f-]{36})/", where).group(0)
        self._ask(f"{report}who/", who=f"Child {number} (12)")
        self._ask(f"{report}what/", facts="What was seen and heard, in order.", check="")
        _where, page = self._ask(f"{report}send/", send="")
        if found := REFERENCE.search(page):
            self.acknowledged[key] = found.group(1)
        else:
            self.gave_up += 1

    def _ask(self, path, **answers):
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
                    raise AssertionError(f"{address}: {error.code}") from None
                time.sleep(0.5)
        raise TimeoutError(address)

    def _once(self, address, body):
        with self.opener.open(Request(address, body), timeout=TIMEOUT) as answer:
            return answer.geturl(), answer.read().decode()


def _cookie(name, value):
    where = {"domain": "127.0.0.1", "domain_specified": False, "domain_initial_dot": False}
    path = {"path": "/", "path_specified": True, "port": None, "port_specified": False}
    kept = {"secure": False, "expires": None, "discard": True, "comment": None, "comment_url": None}
    return Cookie(0, name, value, **where, **path, **kept, rest={})
