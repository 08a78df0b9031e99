"""Word and Excel (OOXML): the parts of the archive are walked, each within bounds, and read as text where they are text.

A part that can hold a program, or that fetches something when the file is opened, is refused with the whole file.
"""

import re
import stat
import zipfile
import zlib

from django.utils.translation import gettext as _

from harmony.audit.transitions import Refused

from .signs import ZIP_ENDS, must_begin, two_things

MOST_PARTS, MOST_UNFOLDED, MOST_OF_A_PART, RATIO = 2_000, 150_000_000, 60_000_000, 200  # the rest: bytes
CHUNK = 64 * 1024
HOLDS_A_PROGRAM = re.compile(r"vbaproject|vbadata|/activex/|/embeddings/|/macrosheets/|/dialogsheets/|customui|\.bin$|\.(exe|dll|js|vbs|ps1|bat|cmd|hta|scr|lnk|html?|svg|docm|xlsm|zip|jar)$")  # fmt: skip
SAYS_SO = (b"macroenabled", b"vbaproject", b"ms-office.activex", b"application/vnd.ms-office.vba")
FETCHES = re.compile(
    rb"""<[^>]*relationship\b(?=[^>]*targetmode\s*=\s*["']external)(?![^>]*/relationships/hyperlink["'])[^>]*>"""
)
RUNS = (b"ddeauto", b"<ddelink", b"<!doctype", b"<!entity", b"<oleobject", b"o:oleobject")
DDE_FIELD = re.compile(rb"<w:instrtext[^>]*>\s*\"?dde\b|w:instr=\"\s*dde\b")


def check_docx(file, size):
    _check(file, size, "word/document.xml")


def check_xlsx(file, size):
    _check(file, size, "xl/workbook.xml")


def _check(file, size, heart):
    must_begin(file, "office")
    _is_one_archive(file, size)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _are_bounded(parts)
            names = {part.filename.lower() for part in parts}
            if not {"[content_types].xml", heart} <= names or len(names) != len(parts):
                raise Refused(
                    _("This file is not what its name says. Open it, save it again as what it is, and add that.")
                )
            for part in parts:
                _part(archive, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError):
        raise broken() from None


def broken():
    return Refused(_("This file is broken, or has a password. Save it again without one, or print it as a PDF."))


def has_a_program():
    return Refused(
        _("This file holds a program, or fetches something when it is opened. Save it as a PDF, and add that.")
    )


def _is_one_archive(file, size):
    """Its last sign is at its very end: what stands behind it, or a second list of parts, is another file."""
    file.seek(max(0, size - 22))
    if not file.read(4) == ZIP_ENDS:
        raise two_things()


def _are_bounded(parts):
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNFOLDED:
        raise too_much()
    if min(part.header_offset for part in parts) != 0:
        raise two_things()
    for part in parts:
        name, mode = part.filename, part.external_attr >> 16
        if name.startswith("/") or ".." in name.split("/") or set(name) & set("\\:\0") or stat.S_ISLNK(mode):
            raise two_things()
        if part.flag_bits & 1:
            raise broken()
        if HOLDS_A_PROGRAM.search("/" + name.lower()):
            raise has_a_program()
        if (
            part.file_size > MOST_OF_A_PART
            or part.file_size > 1_000_000
            and part.file_size > RATIO * part.compress_size
        ):
            raise too_much()


def too_much():
    return Refused(
        _("This file unfolds to far more than it seems: opening it could stop a computer. Print it as a PDF.")
    )


def _part(archive, part):
    """Read to its end, so that its sum is checked, and never past what it says it holds."""
    is_text = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    before = b""
    with archive.open(part) as content:
        begins = True
        while chunk := content.read(CHUNK):
            if begins and chunk.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"%PDF")):
                raise has_a_program()
            if is_text:
                _text(chunk, before, begins)
            begins, before = False, (before + chunk)[-4096:]


def _text(chunk, before, begins):
    if begins and (chunk.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in chunk[:64]):
        raise broken()  # in UTF-16 the words below would not be found; no office program writes it
    text = (before + chunk).lower()
    if any(sign in text for sign in (*SAYS_SO, *RUNS)) or FETCHES.search(text) or DDE_FIELD.search(text):
        raise has_a_program()
