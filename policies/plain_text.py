"""Plain text, as it comes out of a PDF or a word processor, turned into Markdown.

Lines that only a page needs (its number, a head or foot that stands on every page) are left out and reported. Lines
that were broken to fit a page are joined again; what is a heading or a bullet is found by how it stands.
"""

import re
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

IS_BULLET = re.compile(r"^\s*(?:[•●▪◦‣∙·\uf0b7\uf0a7\uf0d8]\s*|[–—*-]\s+|o\s{1,4}(?=[a-z]))(?=\S)")
NUMBERED = re.compile(r"^\s*(\d{1,2})[.)]\s+(?=\S)")
CLAUSE = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[A-Z])")
PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:page|p\.?)\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\W*$|^\W*page\s+\d{1,3}\b.{0,20}$", re.IGNORECASE
)
ENDS_A_PAGE = re.compile(r"^\s*page\s+\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\s*$", re.IGNORECASE)
PART = re.compile(r"(?:appendix|annex|section|part)\b", re.IGNORECASE)
ENDS = re.compile(r"[.!?:;][\"”’')]*$")
A_HEADING = 80  # letters at most
REPEATED = 3  # times a line stands beside a page's end: then it is a head or a foot
FULL = 0.6  # of the longest line: a shorter one ended because its writer ended it


class PlainText:
    def __init__(self, words):
        self.left_out = []
        lines = self._without_pages(words)
        self.text = "\n\n".join(_written(_chunks(lines))) + "\n" if any(line.strip() for line in lines) else ""

    def _without_pages(self, words):
        """The lines, less what only pages need. What goes over a page's end goes on."""
        pages = _pages(words)
        heads = self._heads(pages) if len(pages) > 1 else set()
        gone, lines = Counter(), []
        for page in pages:
            kept = []
            for line in page:
                said = " ".join(line.split())
                if said and (said in heads or PAGE_NUMBER.match(said)) and not _goes_on(said, kept):
                    gone[said] += 1
                else:
                    kept.append(line.rstrip())
            lines = _joined(lines, kept)
        self.left_out += [
            _("Left out, as it only belongs to a page: “%(line)s”") % {"line": line}
            + (_(" (%(count)d times)") % {"count": count} if count > 1 else "")
            for line, count in gone.items()
        ]
        return lines

    def _heads(self, pages):
        """Lines that stand at the top or foot of several pages."""
        seen = Counter()
        for page in pages:
            said = [" ".join(line.split()) for line in page if line.strip()]
            seen.update({*said[:2], *said[-2:]})
        return {line for line, count in seen.items() if count >= min(REPEATED, len(pages))}


def _pages(words):
    """Lists of lines: a page ends at a form feed, or at a line that says which page it is."""
    pages = [[]]
    for line in words.replace("\f", "\n\f").split("\n"):
        if line.startswith("\f"):
            pages.append([])
        pages[-1].append(line.lstrip("\f"))
        if ENDS_A_PAGE.match(line):
            pages.append([])
    return pages


def _goes_on(said, kept):
    """A number by itself that ends a sentence of the line before: “call 0808 800 5000, or dial” / “999”."""
    before = next((line for line in reversed(kept) if line.strip()), "")
    return bool(kept and kept[-1].strip() and not ENDS.search(before.strip()) and re.fullmatch(r"\d{3}", said))


def _joined(lines, page):
    """A page after those before it. A sentence that goes on over the page's end is not cut there."""
    while lines and not lines[-1].strip():
        lines.pop()
    while page and not page[0].strip():
        page = page[1:]
    if not lines or not page:
        return lines + page
    goes_on = not ENDS.search(lines[-1].strip()) and page[0].lstrip()[:1].islower() and not IS_BULLET.match(page[0])
    return [*lines, *([] if goes_on else [""]), *page]


def _chunks(lines):
    """[(kind, words)]: each heading, bullet and paragraph, its lines joined."""
    found, above, width = [], "", max(map(len, lines), default=0) * FULL
    for number, line in enumerate(lines):
        said = line.strip()
        if said:
            after = lines[number + 1].strip() if number + 1 < len(lines) else ""
            following = after or next((one.strip() for one in lines[number + 1 :] if one.strip()), "")
            kind = _kind(Line(line, said, above, len(above) >= width, following, not after), found)
            if kind == "more":
                found[-1] = (found[-1][0], _together(found[-1][1], said))
            else:
                found.append((kind, IS_BULLET.sub("", said, count=1) if kind == "bullet" else said))
        above = line
    return found


@dataclass(frozen=True)
class Line:
    line: str
    said: str
    above: str  # the line above it; "" where that is blank
    above_is_full: bool
    following: str  # the next line with words
    next_is_blank: bool


def _kind(one, found):
    before, words = found[-1] if found else ("", "")
    blank, ended = not one.above.strip(), ENDS.search(words) or before in ("", "heading")
    if IS_BULLET.match(one.line):
        return "bullet"
    if _is_heading(one, ended or blank, is_first=not found):
        return "heading"
    if NUMBERED.match(one.said) and (ended or blank or before == "number"):
        return "number"
    if before in ("", "heading"):
        return "paragraph"
    if one.said[0].islower() and not ENDS.search(words):
        return "more"
    if blank or (ENDS.search(words) and before != "paragraph" and one.said[0].isupper()):
        return "paragraph"
    return "more" if one.above_is_full or one.line[0].isspace() or before != "paragraph" else "paragraph"


def _is_heading(one, ended, is_first):
    said, following = one.said, one.following
    if len(said) > A_HEADING or not ended or not following or re.search(r"[.!:;,]$|\b(and|or)$", said):
        return False
    if not (said[0].isupper() or said[0].isdigit()) or (":" in said and not (is_first or PART.match(said))):
        return False
    if said.isupper() and len(said) > 3:
        return True
    if said[0].isdigit():
        return bool(CLAUSE.match(said)) and one.next_is_blank and not NUMBERED.match(following)
    return one.next_is_blank or (len(said) <= 60 and (following[0].isupper() or bool(IS_BULLET.match(following))))


def _together(before, said):
    """Two lines of one sentence. A word that was cut at the end of a line keeps its hyphen: it may belong there."""
    return before + said if re.search(r"\w-$", before) and said[:1].islower() else f"{before} {said}"


def _written(chunks):
    """Markdown of each; bullets that follow one another stand together, and so do numbers."""
    written, before = [], ""
    for number, (kind, words) in enumerate(chunks):
        if kind == "heading":
            written.append(f"{'##' if number else '#'} {escaped(words)}")
        elif kind == "paragraph":
            written.append(escaped(words))
        else:
            sign = "-" if kind == "bullet" else f"{NUMBERED.match(words)[1]}."
            item = f"{sign} {escaped(NUMBERED.sub('', words) if kind == 'number' else words)}"
            written[-1:] = [f"{written[-1]}\n{item}"] if kind == before else [*written[-1:], item]
        before = kind
    return written


def escaped(words):
    """So that Markdown shows each sign as it was."""
    words = re.sub(r"([\\`*]|(?<!\w)_|_(?!\w)|(?<=\])\()", r"\\\1", words)
    words = re.sub(r"^(#|>|\+|-|=)", r"\\\1", words)
    return re.sub(r"^(\d{1,9})([.)])(?=\s)", r"\1\\\2", words)
