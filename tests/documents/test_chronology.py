"""The chronology on paper: all of the case, tagged, sealed, the same bytes for the same facts."""

import io
from datetime import UTC, datetime

import pikepdf
import pytest

from harmony.audit import book
from harmony.documents import kinds, making, pdf
from harmony.documents.models import Export

pytestmark = [pytest.mark.django_db, pytest.mark.needs("Pango", "pdftotext")]

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
def made(organisation, zeds_case, amara, ask):
    export = ask(amara, zeds_case)
    book.seal()
    assert making.make_waiting(AT) == 1
    export.refresh_from_db()
    return export


def elements(file, kind):
    return [found for found in file.objects if isinstance(found, pikepdf.Dictionary) and found.get("/S") == f"/{kind}"]


def test_it_says_all_of_the_case_and_who_made_it_and_why(made, text_of):
    text = text_of(made.file)
    for words in (
        "A bruise on his arm.",
        "They made a group called zed is dead.",
        "He is frightened.",
        "Repeated, by several.",
        "No harm beyond school.",
        "Rang his dad at seven.",
        "Added by Amara Okafor",
        "I just want it to stop.",
        "Ask the moderator",
        "Strategy discussion",
        "Confidential: safeguarding",
        "Amara Okafor, Tuesday 24 November 2026, 10am",
        "Page 1 of 4",
        "Page 4 of 4",
    ):
        assert words in text


def test_it_prints_the_fingerprint_of_what_it_shows_and_the_newest_seal(made, zeds_case, text_of):
    shown = kinds.get("chronology").gather(zeds_case, made, AT)
    text = text_of(made.file).replace(" ", "").replace("\n", "")
    assert made.fingerprint == making.fingerprint(shown, kinds.get("chronology").passing)
    assert made.fingerprint in text
    assert made.seal == book.newest_seal().digest
    assert made.seal in text


def test_a_screen_reader_finds_language_headings_and_table_scopes(made):
    with pikepdf.open(io.BytesIO(made.file)) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == "en-GB"
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert elements(file, "H1")
        assert elements(file, "H2")
        scopes = [str(heading.A.Scope) for heading in elements(file, "TH")]
        assert set(scopes) == {"/Column", "/Row"}
        with file.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"


def test_its_title_names_nobody_and_its_fonts_are_inside(made):
    with pikepdf.open(io.BytesIO(made.file)) as file:
        with file.open_metadata() as meta:
            assert str(meta["dc:title"]).startswith("Chronology of a case")
        assert "ZA" not in str(file.docinfo.Title)
        fonts = [found for found in file.objects if isinstance(found, pikepdf.Dictionary) and "/FontName" in found]
        assert fonts
        assert all("Hyperlegible" in str(font.FontName) and "/FontFile2" in font for font in fonts)


def test_the_same_facts_at_the_same_time_give_the_same_bytes(made, zeds_case):
    kind = kinds.get("chronology")
    sheet = making.sheet(made, kind, kind.gather(zeds_case, made, AT), book.newest_seal(), AT)
    again = [pdf.write(sheet, identifier=made.pk.bytes)[0] for _time in range(2)]
    assert again == [made.file, made.file]


@pytest.mark.parametrize(
    ("chosen", "worn", "left_out"),
    [(("", ""), ("#0a3b42", "#0b5c66"), "#5b0e2d"), (("#7a1640", "#5b0e2d"), ("#7a1640", "#5b0e2d"), "#0a3b42")],
)
def test_it_wears_the_organisations_colours(organisation, zeds_case, amara, sol, ask, chosen, worn, left_out):
    organisation.recolour(*chosen, by=sol)
    ask(amara, zeds_case)
    making.make_waiting()
    with pikepdf.open(io.BytesIO(Export.objects.get().file)) as file:
        painted = {colour for page in file.pages for colour in _painted(page)}
    assert set(worn) <= painted and left_out not in painted


def _painted(page):
    """What its words and shapes are filled and drawn with, as "#0a3b42"."""
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) in {"rg", "RG"}:
            yield "#" + "".join(f"{round(255 * float(part)):02x}" for part in operands)


def test_weasyprint_has_nothing_to_complain_about(organisation, zeds_case, amara, ask, caplog):
    ask(amara, zeds_case)
    making.make_waiting()
    assert [line.getMessage() for line in caplog.records if line.levelname in ("WARNING", "ERROR")] == []


def test_words_in_a_record_are_shown_and_never_obeyed(organisation, report, amara, ask, text_of):
    """An address in a report is not visited, and markup stands on the page as it was typed."""
    nasty = '<img src="http://127.0.0.1:9/x.png"><link rel="attachment" href="file:///etc/passwd"><h1>Hello</h1>'
    export = ask(amara, report(facts=nasty).case)
    making.make_waiting()
    export.refresh_from_db()
    assert "etc/passwd" in text_of(export.file)
    with pikepdf.open(io.BytesIO(export.file)) as file:
        assert not file.attachments


def test_nothing_but_static_files_is_fetched():
    from weasyprint.urls import FatalURLFetchingError

    for address in ("file:///etc/passwd", "http://127.0.0.1:9/", f"{pdf.HERE}../../harmony/settings.py"):
        with pytest.raises(FatalURLFetchingError):
            pdf.write(f'<html lang="en"><title>x</title><img alt="" src="{address}">', identifier=b"1")
