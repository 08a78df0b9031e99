"""Each cell asked of the running site, and its answer held against what was declared."""

import re
import time
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse

from harmony.audit.events import plain
from harmony.audit.models import Entry
from tests.clients import TwoProofs
from tests.test_doors import addresses

from . import oracle
from .pages import ABSENT, ANYTHING, MISSING, OPEN, PAGES, REFUSED, WRITTEN
from .world import ROLES, STRANGER, SUSPENDED

METHODS = ("GET", "POST")
PROOF_LASTS = 200  # seconds; less than what a page asks for
WORD, REFERENCE = re.compile(r"zq[bcdfghjklmnprstv]{6}"), re.compile(r"(?<![\w-])[A-Z2-9]{3}-[A-Z2-9]{4}(?![\w-])")
KEY = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
# differs each time a page is made: tokens, keys of forms, nonces, the number of the request, clock times
EACH_TIME = re.compile(
    r'<input[^>]*name="(csrfmiddlewaretoken|form_key|written_by|once)"[^>]*>|nonce-[\w+/=-]+'
    r'|(?<![\w-])[0-9a-f]{8}(?![\w-])|\b\d{1,2}([:.]\d\d)?[ap]m\b|\b\d\d:\d\d\b|data-[a-z-]+="[\d.]+"'
)


@dataclass(frozen=True)
class Cell:
    page: str
    method: str
    role: str
    relation: str

    def __str__(self):
        return f"{self.method} {self.page} as {self.role}" + (f", {self.relation}" if self.relation else "")


def every_page():
    """{name: pattern} of the site map."""
    return dict(addresses())


def every_cell():
    return [
        Cell(name, method, role, relation)
        for name in sorted(every_page())
        if name in PAGES
        for relation in PAGES[name].relations
        for method in METHODS
        for role in ROLES
    ]


def unclassified():
    """What the code has and no table here knows, each as a sentence that says where to add it."""
    for name in sorted(set(every_page()) - set(PAGES)):
        yield f"page {name}: say whose it is in tests/matrix/pages.py, PAGES"
    for name in sorted(set(PAGES) - set(every_page())):
        yield f"page {name} is not there any more: take it out of tests/matrix/pages.py"
    for role in sorted(set(ROLES) ^ oracle.KNOWN_ROLES):
        yield f"role {role}: say what it reads and works in tests/matrix/oracle.py"


@dataclass
class Answer:
    status: int
    headers: dict
    body: str
    queries: int

    def masked(self, keys):
        """Byte for byte, but for what differs each time and the key that was asked for."""
        head = {name: value for name, value in self.headers.items() if name not in ("Content-Length",)}
        text = f"{self.status} {sorted(head.items())}\n{self.body}"
        for key in keys:
            text = text.replace(str(key), "*").replace(plain(key), "*")
        return EACH_TIME.sub("~", text)

    @property
    def text(self):
        return f"{sorted(self.headers.items())} {self.body}"


class Site:
    """Requests as each role, behind every middleware; whatever they change is taken back."""

    def __init__(self, world):
        self.world, self.nowhere = world, {}
        self.handler, self.factory = ClientHandler(enforce_csrf_checks=False), RequestFactory()
        self.handler.load_middleware()
        self.sign_in()
        self.cases = {plot.case.reference: plot for plot in world.plots.values()}
        self.keys = {plot.case.pk.hex: plot for plot in world.plots.values()}

    def sign_in(self):
        """Everybody, with two proofs, some of which count for five minutes only."""
        self.clients = {role: self._sign_in(role) for role in (STRANGER, *self.world.people)}
        self.signed_in = time.monotonic()

    def _sign_in(self, role):
        client = TwoProofs()
        if role != STRANGER:
            client.force_login(self.world.people[role])
        return client

    @cached_property
    def last_line(self):
        return Entry.objects.order_by("-pk").values_list("pk", flat=True).first()

    def ask(self, cell, address, data=None):
        """(the answer, the lines that its reader has in the book for it)."""
        queries = 0

        def count(execute, *told):
            nonlocal queries
            queries += 1
            return execute(*told)

        if time.monotonic() - self.signed_in > PROOF_LASTS:
            self.sign_in()
        self.last_line  # noqa: B018 (before anything is written)
        typed = urlencode(data or {}, doseq=True, errors="surrogatepass")
        if cell.method == "POST":
            request = self.factory.post(address, typed, content_type="application/x-www-form-urlencoded")
        else:
            request = self.factory.get(f"{address}?{typed}" if typed else address)
        request.environ["HTTP_COOKIE"] = "; ".join(
            f"{name}={one.value}" for name, one in self.clients[cell.role].cookies.items()
        )
        with transaction.atomic():
            with connection.execute_wrapper(count):
                response = self.handler(request.environ)
            lines = self._lines(cell) if response.status_code < 400 else []
            transaction.set_rollback(True)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        headers = dict(response.headers) | {f"cookie {name}": _shape(one) for name, one in response.cookies.items()}
        return Answer(response.status_code, headers, body.decode(errors="replace"), queries), lines

    def _lines(self, cell):
        me = self.world.people.get(cell.role)
        if me is None:
            return []
        return list(Entry.objects.filter(pk__gt=self.last_line, actor_id=plain(me.pk), changes=None))

    def judge(self, cell):
        """What is wrong with this cell; nothing, where it is as declared."""
        rule = PAGES[cell.page]
        args = list(rule.args(self.world, cell.role, cell.relation)) or WRITTEN.get(cell.page, [])
        answer, lines = self.ask(cell, reverse(cell.page, args=args))
        if answer.status >= 500 and cell.page != "home:ready":  # which says so when something is not well
            yield f"{answer.status}"
        yield from self.leaks(cell.role, answer.text, leave=args)
        expected = rule.expects(self.world, cell.role, cell.relation)
        yield from self._is_as_expected(cell, rule, expected, answer, args)
        if expected == OPEN and cell.method == "GET" and answer.status == 200:
            yield from self._is_noted(cell, rule, args, answer, lines)

    def _is_as_expected(self, cell, rule, expected, answer, args):
        if expected == ANYTHING:
            return
        if rule.takes == "POST" and cell.method == "GET":
            if answer.status not in (302, 404, 405):
                yield f"{answer.status}: a look at a button’s address"
        elif expected == OPEN and (answer.status in (403, 404) or self._is_shown_out(answer)):
            yield f"{answer.status}, and it is open to them"
        elif expected == REFUSED and answer.status not in ((403, 405) if cell.method == "POST" else (403,)):
            yield f"{answer.status}, and it should refuse in words (403)"
        elif expected == ABSENT and answer.status not in (404, 405):
            yield f"{answer.status}, and what they see has no such page (404)"
        if expected == MISSING:
            yield from self._is_missing(cell, answer, args)

    def _is_shown_out(self, answer):
        return answer.status == 302 and reverse(settings.LOGIN_URL) in answer.headers["Location"]

    def _is_missing(self, cell, answer, args):
        """Exactly what is not there: an address of the same kind with a key that nobody has, or one of no kind."""
        if cell.role in (STRANGER, SUSPENDED):
            if answer.status != 405 and not self._is_shown_out(answer):
                yield f"{answer.status}: whoever is not signed in is asked to sign in"
            return
        nowhere, strange = self._nowhere(cell, args)
        if answer.status not in (404, 405):
            yield f"{answer.status}, and it should be as if it were not there (404)"
        elif answer.masked(args) != nowhere.masked(strange):
            yield "it differs from the answer of what is not there"
        elif PAGES[cell.page].relations != ("",) and answer.queries != nowhere.queries:
            yield f"{answer.queries} queries, and {nowhere.queries} for what is not there"

    def _nowhere(self, cell, args):
        at = cell.page, cell.method, cell.role
        if at not in self.nowhere:
            strange = [uuid4() if isinstance(one, UUID) else one for one in args]
            strange = [999_999 if isinstance(one, int) else one for one in strange]
            known = any(one != other for one, other in zip(args, strange, strict=True))
            address = reverse(cell.page, args=strange) if known else f"{reverse(cell.page, args=args)}nothing-here/"
            self.nowhere[at] = self.ask(cell, address)[0], strange
        return self.nowhere[at]

    def _is_noted(self, cell, rule, args, answer, lines):
        reads = [line for line in lines if line.verb in ("read", "print")]
        lists = [line for line in lines if line not in reads]
        if rule.notes == "read":
            if [line.row_id for line in reads] != [plain(args[0])]:
                yield f"one line of the book says who read it, not {[line.row_id for line in reads]}"
        elif reads:
            yield f"a line of the book says that it was read: {[line.verb for line in reads]}"
        words = self.words_in(answer.body)
        if rule.notes == "list" and len([line for line in lists if line.row_id]) > 1:
            yield "a list is one line of the book"
        if rule.notes == "list" and words and not lists:
            yield "a list with words of records is one line of the book, and there is none"

    # what stands in an answer, a mail, a paper

    def words_in(self, text):
        return {word for word in WORD.findall(text) if word in self.world.planted}

    def leaks(self, role, text, leave=()):
        """Words, references and addresses that this role may not know of."""
        for word in sorted(self.words_in(text)):
            label, kind, *of = self.world.planted[word]
            if not oracle.may_read(self.world, role, label, kind, *of):
                yield f"a word of {label} ({kind}, {getattr(of[0], 'name', of[0])})"
        for reference in sorted(set(REFERENCE.findall(text)) & set(self.cases)):
            if not oracle.may_know_of(self.world, role, self.cases[reference]):
                yield f"the reference of “{self.cases[reference].name}”"
        asked = {plain(one) for one in leave}
        for key in sorted({key.replace("-", "") for key in KEY.findall(text)} - asked):
            if key in self.keys and not oracle.sees(self.world, role, self.keys[key]):
                yield f"the address of “{self.keys[key].name}”"


def _shape(cookie):
    return sorted((name, value) for name, value in cookie.items() if value and name != "expires")


def fresh():
    """Rate limits live in a real cache."""
    cache.clear()
