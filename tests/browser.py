"""A real browser for tests: pages that collect what goes wrong, accessibility rules, pictures to look at.

    from tests.browser import axe, fits, shot

    def test_the_queue(page, site, organisation, amara):
        queue = page(width=390, user=amara, site=site)
        queue.goto(site + "/cases/")
        axe(queue)
        fits(queue)
        shot(queue, "queue-390")

At the end of a test each page's console errors and page errors must be none: that is where a broken
content security policy shows. Mark such tests `needs("Chromium")`: where it is missing they skip and say so.
"""

import os
import re
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

SHOTS = Path(os.environ.get("HARMONY_VAR", "var")) / "shots"
# what is broken, and nothing of all that is well: the whole answer is megabytes, and is read in three programs
BROKEN = "options => axe.run(document, options).then(found => found.violations)"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"]

# what sticks out, for the message
WIDE = """[...document.body.querySelectorAll("*")]
    .filter(part => part.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(part => part.tagName + "." + part.className).slice(0, 8)"""

# what can be pressed, is not part of running text, and is smaller than a fingertip (WCAG 2.5.8)
SMALL = """[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter(part => part.checkVisibility({visibilityProperty: true}) && !part.closest(".govuk-visually-hidden, .govuk-skip-link"))
    .filter(part => {
        const box = part.getBoundingClientRect();
        if (box.width < 2 || (box.width >= 24 && box.height >= 24)) return false;
        const line = part.closest("p, li, dd, td, th, span, div, label");
        const inText = getComputedStyle(part).display === "inline" && line && line.textContent.trim() !== part.textContent.trim();
        const alone = ![...document.querySelectorAll("a[href], button, input, select, summary")].some(other => {
                const to = other.getBoundingClientRect();
                const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
                const near = Math.hypot(Math.max(to.left - x, 0, x - to.right), Math.max(to.top - y, 0, y - to.bottom));
                return other !== part && !part.contains(other) && !other.contains(part) && to.width > 1 && near < 12;
            });
        return !inText && !alone;
    })
    .map(part => part.outerHTML.slice(0, 120)).slice(0, 8)"""


@pytest.fixture(scope="session")
def browser():
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in this thread
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
            yield chromium
            chromium.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(live_server):
    """The address of a running site. By name, not by number: passkeys need a domain."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def page(browser):
    """page(width=390, scripts=False, user=…): a window of its own, signed in if a user is given.

    `allow=("409",)` lets console errors pass that contain one of these words: an expected refusal is one.
    """
    contexts, wrong = [], []

    def open(width=1280, height=900, *, scripts=True, user=None, site=None, allow=()):
        context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=scripts, locale="en-GB"
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        if user:
            context.add_cookies([{"name": "sessionid", "value": session_of(user), "url": site}])
        window = context.new_page()
        window.on("pageerror", lambda error: wrong.append(str(error)))
        window.on("console", lambda said: _listen(said, wrong, allow))
        return window

    yield open
    for context in contexts:
        context.close()
    assert not wrong, "\n".join(wrong)


def axe(page):
    """No rule of WCAG 2.2 AA, nor good practice, is broken on this page."""
    if not page.evaluate("'axe' in window"):  # it stays for as long as the page does
        page.evaluate(Axe().axe_script)
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    broken = [
        f"{rule['id']}: {rule['help']}: {[node['html'][:160] for node in rule['nodes']]}"
        for rule in page.evaluate(BROKEN, options)
    ]
    assert not broken, "\n".join(broken)


def fits(page):
    """Nothing sticks out sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{wide}px too wide: {page.evaluate(WIDE)}"


def pressable(page):
    """Whatever can be pressed is at least 24 pixels each way, or has that much room to itself."""
    small = page.evaluate(SMALL)
    assert not small, f"too small to press: {small}"


def says_what_is_wrong(page):
    """The page came back with what is wrong first in its title. Waits for it: a click does not wait for the answer."""
    expect(page).to_have_title(re.compile("^Error: "))


def shot(page, name):
    """A picture to look at, var/shots/<name>.png."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def _listen(said, wrong, allow):
    if said.type == "error" and not any(word in said.text for word in allow):
        wrong.append(said.text)


def session_of(user):
    """A session as signing in with two proofs makes it, without the forms."""
    from tests.clients import TwoProofs

    client = TwoProofs()
    client.force_login(user)
    return client.cookies["sessionid"].value
