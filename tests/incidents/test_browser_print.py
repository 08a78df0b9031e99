"""A case printed from the browser: every sheet says who printed it, and carries nothing that can only be pressed."""

import subprocess

import pytest
from django.urls import reverse
from django.utils.timezone import now

from tests.browser import shot

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs("Chromium", "pdftotext")]


@pytest.fixture
def sheets(page, site, amara, tmp_path):
    """sheets(address): the text of each sheet of paper."""

    def printed(address):
        window = page(user=amara, site=site)
        window.goto(site + address)
        window.emulate_media(media="print")
        shot(window, "printed-chronology")
        window.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)
        told = subprocess.run(
            ["pdftotext", "-layout", tmp_path / "printed.pdf", "-"], capture_output=True, text=True, check=True
        )
        return told.stdout.rstrip("\f").split("\f")

    return printed


def test_every_sheet_says_who_printed_it_and_which_of_how_many_it_is(sheets, organisation, amara, triaged):
    for number in range(12):
        triaged.write("call", f"Call number {number}. " + "They asked how she was. " * 30, now(), by=amara)
    found = sheets(reverse("incidents:chronology", args=[triaged.pk]))
    assert len(found) > 1
    for number, sheet in enumerate(found, start=1):
        assert "Printed by Amara Okafor, " in sheet
        assert f"{number}/{len(found)}" in sheet.replace(" ", "")
    told = "".join(found)
    assert all(f"Call number {number}." in told for number in range(12))


def test_no_form_button_or_menu_is_on_paper(sheets, organisation, triaged):
    told = "".join(sheets(reverse("incidents:chronology", args=[triaged.pk])))
    assert "It has gone on since Sunday." in told
    for pressed in (
        "Add an entry",
        "Add to the chronology",
        "Blank screen",
        "Report a concern",
        "Sign out",
        "All cases",
    ):
        assert pressed not in told
