"""The register of law and guidance: editions, who cites what, and pages that move or lead where they should not."""

import re
import socket
import threading
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from time import monotonic, process_time

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from harmony import between
from harmony.audit.events import event
from harmony.audit.transitions import ReasonOwed, Refused
from harmony.home.guidance import cited, look_up
from harmony.home.tasks import look_up_guidance
from harmony.organisation.beginning import begin
from harmony.organisation.looking_up import LONGEST, NO_ANSWER, is_public, look, words_of
from harmony.organisation.models import Edition, GuidanceSource
from tests.policies.conftest import draft, policy, publish  # noqa: F401 (fixtures)

DAY = timedelta(days=1)
database = pytest.mark.django_db
PAGE = (
    b"<html><head><script>var t=%d</script></head><body><nav>News %d</nav><main><h1>Advice</h1>%s</main></body></html>"
)


class Web(BaseHTTPRequestHandler):
    """A small web on this machine. `server.pages` says what stands at each path: (status, headers, body)."""

    def do_GET(self):
        server = self.server
        server.asked.append((self.path, dict(self.headers)))
        if self.path == "/drip":
            self._drip()
            return
        status, headers, body = server.pages.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in (
            {"Content-Type": "text/html; charset=utf-8", "Content-Length": len(body)} | headers
        ).items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self):
        """A byte now and then, for ever: never silent, never done."""
        self.send_response(200)
        self.end_headers()
        while not self.server.over.wait(0.05):
            self.wfile.write(b"x")

    def log_message(self, *args):
        """Nothing."""


@pytest.fixture
def web():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    server.pages, server.asked, server.over, server.daemon_threads = {}, [], threading.Event(), True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    server.url = f"http://127.0.0.1:{server.server_address[1]}"
    server.write = lambda path, words=b"Tell somebody.", n=1: server.pages.update(
        {path: (200, {}, PAGE % (n, n, words))}
    )
    server.look = partial(look, may_reach=lambda address: address.is_loopback, ports={"http": server.server_address[1]})
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def source(web, sol):
    """source("/advice"): a page of that small web, in the register."""

    def add(path="/advice", name="Advice"):
        web.write(path)
        made = GuidanceSource()
        made.add(name, "NSPCC Learning", "2025", localdate() - 400 * DAY, web.url + path, by=sol)
        return made

    return add


@pytest.mark.once("sqlite")
def test_a_page_is_its_words_and_not_what_they_are_dressed_in(web):
    web.write("/", b"Tell somebody.", n=1)
    first = web.look(web.url)
    web.write("/", b"Tell  somebody.", n=2)  # its script and its menu changed, and how it is spaced
    assert first.startswith("page ") and web.look(web.url) == first
    web.write("/", b"Tell two people.", n=2)
    assert web.look(web.url) not in (first, NO_ANSWER)
    web.pages["/file"] = 200, {"Content-Type": "application/pdf"}, b"%PDF one"
    web.pages["/other"] = 200, {"Content-Type": "application/pdf"}, b"%PDF two"
    assert web.look(web.url + "/file") != web.look(web.url + "/other")
    assert web.look(web.url + "/nothing") == "status 404"
    _path, headers = web.asked[0]
    assert "Cookie" not in headers and "Referer" not in headers


@pytest.mark.once("sqlite")
def test_what_is_read_of_a_page_and_a_page_that_is_made_to_hurt():
    assert words_of("a <!-- x > y <b>no</b> --> b") == ["a", "b"]
    assert words_of("<main>hi <nav>a<nav>b</nav>c</nav> there <!-- <main> --></main> x") == ["hi", "there"]
    assert words_of('<script>if (a<b) {"<script>"}</script>z <p>1 < 2') == ["z", "1", "2"]
    began = process_time()
    for part in ("<a ", "<!--"):
        words_of((part * LONGEST)[:LONGEST])
    assert process_time() - began < 20  # an hour, where it takes the square of its length


@pytest.mark.once("sqlite")
def test_it_follows_a_page_that_moved_and_no_circle(web):
    web.write("/new")
    web.pages |= {"/old": (301, {"Location": "/new"}, b""), "/round": (302, {"Location": "/round"}, b"")}
    assert web.look(web.url + "/old") == web.look(web.url + "/new")
    assert web.look(web.url + "/round") == NO_ANSWER


@pytest.mark.once("sqlite")
def test_no_address_of_this_machine_or_its_network_is_public():
    inside = """127.0.0.1 10.0.0.8 192.168.1.1 172.16.4.4 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 ::1 fd00::1 fe80::1 ::
        ::ffff:127.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 2002:7f00:1::"""
    assert not [address for address in inside.split() if is_public(ip_address(address))]
    assert is_public(ip_address("151.101.0.144")) and is_public(ip_address("2606:4700::1111"))


@pytest.mark.once("sqlite")
def test_it_goes_nowhere_inside_however_it_is_asked_to(web):
    web.write("/")
    port = web.server_address[1]
    inside = [web.url, f"http://localhost:{port}/", f"http://[::ffff:127.0.0.1]:{port}/", "http://2130706433/"]
    strange = ["file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "http://", "http:///x", "http://a b/",
               "http://user@example.org/", "https://example.org:22/", "http://example.org:99999/", "http://\u2603.invalid/"]  # fmt: skip
    assert {look(url, ports={"http": port, "https": 443}) for url in (*inside, *strange)} == {NO_ANSWER}
    assert web.asked == []
    # a redirect is looked at anew: from a page that may be reached to one that may not
    web.pages["/in"] = 302, {"Location": f"http://127.0.0.2:{port}/"}, b""
    only_one = partial(look, may_reach=lambda address: str(address) == "127.0.0.1", ports={"http": port})
    assert only_one(f"{web.url}/in") == NO_ANSWER and [path for path, _headers in web.asked] == ["/in"]
    web.pages["/in"] = 302, {"Location": "file:///etc/passwd"}, b""
    assert only_one(f"{web.url}/in") == NO_ANSWER


@pytest.mark.once("sqlite")
def test_a_slow_a_silent_and_a_huge_page_end_in_time(web):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = monotonic()
        port = silent.getsockname()[1]
        hears = partial(look, may_reach=lambda address: True, ports={"http": port}, at_most=0.3)
        assert hears(f"http://127.0.0.1:{port}/") == NO_ANSWER
    assert web.look(web.url + "/drip", at_most=0.3) == NO_ANSWER
    assert monotonic() - began < 3
    web.pages["/huge"] = 200, {"Content-Type": "text/plain"}, b"x" * (LONGEST + 1)
    web.pages["/more"] = 200, {"Content-Type": "text/plain"}, b"x" * (LONGEST + 99)
    web.pages["/broken"] = 200, {"Content-Length": 9999}, b"half of it"
    assert web.look(web.url + "/huge") == web.look(web.url + "/more") != NO_ANSWER  # no more is read than that
    assert web.look(web.url + "/broken", at_most=0.5) == NO_ANSWER


@pytest.mark.once("sqlite")
def test_every_rule_that_the_code_names_stands_in_the_register():
    """ "(R11)" in a docstring is a rule of which `between.rules` says what it rests on."""
    known, named = [rule.code for rule in between.rules()], set()
    for room in settings.OURS:
        for path in (settings.BASE / room.replace(".", "/")).rglob("*.py"):
            if "migrations" not in path.parts:
                for first, last in re.findall(r"\bR(\d{1,2})\b(?: to R(\d{1,2})\b)?", path.read_text()):
                    named |= {f"R{number}" for number in range(int(first), int(last or first) + 1)}
    assert len(known) == len(set(known)) and named == set(known)


@database
def test_the_checker_flags_a_page_that_changed_or_went_until_somebody_looks(web, source, sol):
    one, other = source("/advice"), source("/other", "Other")
    one.confirm(by=sol)
    look_up(now(), web.look)
    assert not GuidanceSource.objects.moved().exists()
    web.write("/advice", b"New advice.")
    del web.pages["/other"]
    look_up(now(), web.look)
    one.refresh_from_db(), other.refresh_from_db()
    assert (one.trouble, other.trouble) == ("Its page has changed.", "Its page cannot be reached.")
    assert one in GuidanceSource.objects.lapsed() and one.checked_on == localdate()
    one.confirm(by=sol)
    look_up(now(), web.look)
    assert list(GuidanceSource.objects.moved()) == [other]
    other.change("Other", "", "", None, web.url + "/advice", by=sol)  # another address: nobody has looked yet
    assert not GuidanceSource.objects.moved().exists()


@database
def test_where_no_page_answers_our_own_line_is_down_and_nothing_is_said(web, source):
    one, other = source("/advice"), source("/other", "Other")
    look_up(now(), web.look)
    look_up_guidance()  # as the clock runs it: nothing on this machine is public
    one.refresh_from_db(), other.refresh_from_db()
    assert (one.trouble, other.trouble) == ("", "")
    look_up(now(), lambda url: NO_ANSWER if url.endswith("/other") else web.look(url))
    other.refresh_from_db()
    assert other.trouble == "Its page cannot be reached."


@database
def test_a_new_edition_keeps_the_one_before_and_lists_what_rests_on_it(client, publish, amara, sol, sam):  # noqa: F811 (fixtures)
    begin(name="HARMONY", council="", hours="", by="the tests")
    kcsie = GuidanceSource.objects.get(code="kcsie")
    near = GuidanceSource()
    near.add("Something near", "", "", None, kcsie.url.rstrip("-2"), by=sol)
    version = publish(f"# Online safety\n\nIt rests on [guidance]({kcsie.url.rstrip('/')}). {{S6}}\n")
    client.force_login(sol)
    page = reverse("home:replace_guidance", args=[kcsie.pk])
    empty = client.post(page, {"edition": "September 2026", "url": kcsie.url}).content.decode()
    assert "September 2026" in empty and "error" in empty and not Edition.objects.exists()
    told = {"edition": "September 2026", "url": kcsie.url, "why": "AI images are named."}
    shown = client.post(page, told, follow=True).content.decode()
    assert "R12: Nobody works a concern about themselves" in shown and "Online safety, version 1" in shown
    assert "AI images are named." in shown and "September 2026" in shown
    kcsie.refresh_from_db()
    assert kcsie.checked_by == sol.pk and not kcsie.is_due() and kcsie.is_due(localdate() + 365 * DAY)
    assert not any(one.url for one in cited([near], amara)[near])  # its address is only the beginning of the other's
    with pytest.raises(Refused, match="stands here already"):
        kcsie.replace("September 2026", None, kcsie.url, by=sol, why="Again")
    with pytest.raises(ReasonOwed):
        kcsie.replace("2027", None, kcsie.url, by=sol)
    with pytest.raises(DatabaseError, match="stays written down"), transaction.atomic(), event("try", by=sol):
        Edition.objects.all().delete()
    client.force_login(sam)  # whoever works here reads it, and changes nothing
    assert client.get(reverse("home:source", args=[kcsie.pk])).status_code == 200
    assert client.get(page).status_code == 404
    assert version.policy.live


@database
def test_the_policy_that_rests_on_it_is_looked_at_again(publish, amara, gwen, sol):  # noqa: F811 (fixtures)
    from policies import citing

    begin(name="HARMONY", council="", hours="", by="the tests")
    kcsie = GuidanceSource.objects.get(code="kcsie")
    version = publish(f"It rests on <{kcsie.url}>. {{S6}}\n", at=now() - 9 * DAY)
    assert citing.behind() == 0
    kcsie.replace("September 2026", None, kcsie.url, by=sol, why="AI images are named.", at=now() - 5 * DAY)
    assert citing.behind() == 1
    review = version.policy.reviews.get()
    review.call_early("guidance", by=amara, why="A new edition.")
    review.minute("We read it.", "keep", by=amara)
    review.sign_off(by=gwen)
    assert citing.behind() == 0
    assert ["New editions of guidance that we follow", 1] in review.counted


@database
def test_it_is_looked_up_again_on_a_day_and_that_day_is_to_come(client, source, sol):
    one = source()
    with pytest.raises(Refused, match="gone by"):
        one.confirm(localdate(), by=sol)
    client.force_login(sol)
    day = localdate() + 30 * DAY
    boxes = {f"next_check_on_{part}": getattr(day, part) for part in ("day", "month", "year")}
    assert client.post(reverse("home:again_guidance", args=[one.pk]), boxes).status_code == 302
    one.refresh_from_db()
    assert one.next_check_on == day
    assert "Sol Reyes" in client.get(reverse("home:guidance")).content.decode()
