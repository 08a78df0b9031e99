"""Texts: what reaches a page, which promise each line makes, what is brought in from files, and what changed."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from policies import bringing, comparing, markdown
from policies.word import Word

STATEMENT = (Path(__file__).parent / "statement.txt").read_text()


def words_of(text):
    return re.findall(r"\w+", text)


def test_a_statement_of_five_kilobytes_comes_in_with_its_headings_and_bullets_and_nothing_is_lost():
    assert 5_000 < len(STATEMENT) < 6_000
    found = bringing.from_words(STATEMENT)
    blocks = markdown.blocks(found.text)
    headings = [one.words for one in blocks if one.kind == "heading"]
    assert headings == [
        "Keeping safe online: our policy", "What this is for", "Where the rules come from", "Words we use in it",
        "Who does what", "Other policies", "CONTACT DETAILS", "Leads on online safety",
    ]  # fmt: skip
    items = [one.words for one in blocks if one.kind == "item"]
    assert len(items) == 3 + 3 + 2 + 5 + 10 + 4 + 3
    # over the end of a page, and over two lines
    assert (
        "help the young people who come to us to use social media, phones and games in a way that is safe for them"
        " and kind to others" in items
    )
    assert "Concerns about one of us" in items and "<ol" in markdown.html(found.text)
    # every word is in the text or in a line of the report, as often as it was
    reported = " ".join(
        f"{line.partition('“')[2]} " * int((re.search(r"\((\d+) times\)", line) or [0, 1])[1])
        for line in found.left_out
    )
    reported = re.sub(r"\(\d+ times\)", "", reported)
    assert sorted(words_of(found.text) + words_of(reported)) == sorted(words_of(STATEMENT))
    assert any("Page 3 of 4" in line for line in found.left_out)


def test_each_line_can_be_marked_and_the_marks_stand_in_the_text():
    text = bringing.from_words(STATEMENT).text
    count = len(markdown.blocks(text))
    marked = markdown.tagged(text, {number: (f"S{number + 1}",) for number in range(count)})
    assert [one.tags for one in markdown.blocks(marked)] == [(f"S{number + 1}",) for number in range(count)]
    assert [one.words for one in markdown.blocks(marked)] == [one.words for one in markdown.blocks(text)]
    bare = markdown.tagged(marked, dict.fromkeys(range(count), ()))
    assert bare == text
    shown = markdown.html(marked)
    assert "{S" not in shown and "S9</span>" in markdown.html(marked, marks=True)
    assert markdown.codes("s4, S15 S4") == ("S4", "S15")
    with pytest.raises(ValueError, match="FOUR"):
        markdown.codes("S4 four")


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=alert(1)>", "![x](http://a/b.png)",
        "[x](data:text/html;base64,AAAA)", "<a href='x' onclick='y'>z</a>", "<style>p{}</style>", "<iframe src=a></iframe>",
    ],
)  # fmt: skip
def test_nothing_that_runs_reaches_a_page(evil):
    shown = markdown.html(f"Before {evil} after {{S1}}\n\n{evil}\n\n# {evil}", marks=True)
    tags = re.findall(r"<(\w+)([^>]*)>", shown)
    assert "Before" in shown and "after" in shown
    assert {tag for tag, _more in tags} <= markdown.TAGS
    assert not re.search(r"\son\w+=|javascript:|data:", "".join(more for _tag, more in tags))


def test_what_to_do_and_what_not_to_do_is_seen_at_a_glance_and_compared_as_it_is_written():
    shown = markdown.html("- Do: ask. {S15}\n- Do not: guess.\n- Do it twice.")
    assert 'govuk-tag--green">Do</strong> ask.' in shown and 'govuk-tag--red">Do not</strong> guess.' in shown
    assert "Do it twice." in shown
    rows = comparing.changes("- Do: ask.", "- Do not: ask.")
    assert rows == [("", True, [("del", "Do:"), ("ins", "Do not:"), ("", "ask.")])]


def test_what_is_already_markdown_stays_as_it_is():
    text = "# Title\n\n- one {S1}\n- two\n\nA **bold** word.\n"
    assert bringing.from_words(text.replace("\n", "\r\n")).text == text


def test_signs_of_markdown_in_plain_text_are_shown_as_they_were():
    words = "We ask * before we act.\n\n#4 is no heading.\n\n2019. That was the year."
    shown = markdown.html(bringing.from_words(words).text)
    assert "We ask * before we act." in shown and "#4 is no heading." in shown and "2019. That was" in shown


def word_file():
    """Headings, bullets, numbers, bold, a link, a table, a head, a tracked change and a picture’s place."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Oakfield Youth Arts"
    document.add_heading("Keeping safe", 0)
    document.add_heading("Pictures", 1)
    paragraph = document.add_paragraph("We ask ")
    paragraph.add_run("before").bold = True
    paragraph.add_run(" we show * anything.")
    document.add_paragraph("On paper", style="List Bullet")
    document.add_paragraph("On the web", style="List Bullet")
    document.add_paragraph("First", style="List Number")
    document.add_paragraph("Then", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(
        (cell for row in table.rows for cell in row.cells), ("Who", "What", "DSO", "Leads"), strict=True
    ):
        cell.text = words
    for tag, words in (("w:ins", "added"), ("w:del", "removed")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement("w:t" if tag == "w:ins" else "w:delText")
        text.text = words
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    drawn = OxmlElement("w:drawing")
    paragraph.runs[0]._r.append(drawn)
    assert document.element.body.iter(qn("w:drawing"))
    kept = BytesIO()
    document.save(kept)
    kept.seek(0)
    return kept


def test_a_word_file_comes_in_with_a_report_of_what_was_left_out():
    found = Word(word_file())
    assert found.text == (
        "# Keeping safe\n\n## Pictures\n\nWe ask **before** we show \\* anything.added\n\n- On paper\n- On the web\n\n"
        "1. First\n1. Then\n\n| Who | What |\n| --- | --- |\n| DSO | Leads |\n"
    )
    assert found.left_out == [
        "Left out: 1 picture", "Left out: 1 tracked deletion",
        "Left out, as it only belongs to a page: “Oakfield Youth Arts”",
    ]  # fmt: skip
    assert "<table" in markdown.html(found.text)


def test_what_changed_is_told_word_by_word_under_its_heading():
    before = "# Policy\n\n## Contact\n\nStaff should avoid contact by phone.\n\nTell the DSO.\n\n## Pictures\n\n- Ask first.\n"
    after = "# Policy\n\n## Contact\n\nStaff must not be in contact by phone. {S25}\n\nTell the DSO.\n\n## Pictures\n\n- Ask first.\n- Made by a machine counts.\n"
    rows = comparing.changes(before, after)
    assert [(heading, parts) for heading, _changed, parts in rows] == [
        ("Contact", [("", "Staff"), ("del", "should avoid"), ("ins", "must not be in"), ("", "contact by phone.")]),
        ("Pictures", [("ins", "Made by a machine counts.")]),
    ]
    assert comparing.changes(after, after) == []
    assert all(
        "del" not in dict(parts) for _heading, _changed, parts in comparing.compared("", after)
    ) and comparing.changes(after, "")
