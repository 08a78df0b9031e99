"""The pages as people see them: 320, 390 and 1280 wide, with and without scripts, and by every rule of axe."""

import pytest
from django.urls import reverse

from harmony.documents import making
from tests.browser import axe, fits, shot

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs("Chromium", "Pango")]


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_asked_for_watched_and_ready(page, site, organisation, zeds_case, amara, width):
    window = page(width=width, user=amara, site=site)
    window.goto(site + reverse("documents:ask", args=["chronology", zeds_case.pk]))
    _look(window, f"document-ask-{width}")
    window.get_by_label("For the police or a court").check()
    window.get_by_role("button", name="Make the PDF").click()
    assert "Say who will get it" in window.inner_text("main")
    window.get_by_label("Who will get it, and why do they need it?").fill("For DC Hall")
    window.get_by_role("button", name="Make the PDF").click()
    window.get_by_text("Waiting for its turn").wait_for()
    _look(window, f"document-waiting-{width}")
    assert making.make_waiting() == 1
    window.get_by_text("It is ready").wait_for(timeout=8000)
    _look(window, f"document-ready-{width}")
    with window.expect_download() as download:
        window.get_by_role("link", name="Download the PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    window.goto(site + reverse("documents:mine"))
    _look(window, f"documents-{width}")


def test_without_scripts_the_page_refreshes_itself(page, site, organisation, zeds_case, amara, ask):
    export = ask(amara, zeds_case)
    window = page(width=390, scripts=False, user=amara, site=site)
    window.goto(site + export.get_absolute_url())
    making.make_waiting()
    window.get_by_text("It is ready").wait_for(timeout=9000)


def _look(window, name):
    axe(window)
    fits(window)
    shot(window, name)
