"""How files begin and end: what one is, whatever it is called, and whether it is two things at once."""

from django.utils.translation import gettext as _

from harmony.audit.transitions import Refused

CHUNK = 64 * 1024
# (begins with, kind): the first that fits
BEGIN = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    *((one, "office") for one in (b"PK\x03\x04",)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office"),
    *(
        (one, "archive")
        for one in (b"PK\x05\x06", b"PK\x07\x08", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
    ),
    *(
        (one, "program")
        for one in (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"L\0\0\0")
    ),
)
MARKUP = (
    *(b"<script", b"<html", b"<!doctype", b"<svg", b"<iframe", b"<?php", b"<body", b"<object", b"<embed"),
    *(b"<img", b"javascript:", b"vbscript:", b"<%eval", b"<!entity"),
)
ZIP_ENDS = b"PK\x05\x06"
AT_MOST_BEFORE_ITS_END = 65_557  # bytes: where a reader of archives looks for that sign


def begins(file):
    """What the file is by its first bytes; "" where they tell nothing."""
    file.seek(0)
    head = file.read(16)
    return next((kind for sign, kind in BEGIN if head.startswith(sign)), "")


def must_begin(file, kind):
    """Refuse what is not what its name says, by what it is instead."""
    found = begins(file)
    if found == kind:
        return
    raise Refused(
        {
            "old office": _("This is an old office file, or one with a password. Save it as a PDF, and add that."),
            "archive": _("This is an archive, whatever its name says. Unpack it, and add each file by itself."),
            "program": _("This is a program, whatever its name says. Do not open it. Ask whoever looks after IT."),
        }.get(found, _("This file is not what its name says. Open it, save it again as what it is, and add that."))
    )


def refuse_markup(file):
    """A page of the web or a script inside something else: some programs would run it."""
    file.seek(0)
    before = b""
    while chunk := file.read(CHUNK):
        text = (before + chunk).lower()
        if any(sign in text for sign in MARKUP):
            raise two_things()
        before = chunk[-16:]


def refuse_archive_at_its_end(file, size):
    file.seek(max(0, size - AT_MOST_BEFORE_ITS_END))
    if ZIP_ENDS in file.read():
        raise two_things()


def two_things():
    return Refused(_("There is something else hidden in this file. Take a new screenshot, or print it as a PDF."))
