"""Plain text: words in UTF-8, and nothing that any program would run."""

import codecs
import re

from django.utils.translation import gettext as _

from harmony.audit.transitions import Refused

from .signs import CHUNK, begins, must_begin, refuse_markup

UNWRITTEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")  # signs that stand for no letter


def check(file, size):
    if begins(file):
        must_begin(file, "txt")
    file.seek(0)
    reading = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        while chunk := file.read(CHUNK):
            _are_words(reading.decode(chunk))
        _are_words(reading.decode(b"", final=True))
    except UnicodeDecodeError:
        raise no_text() from None
    refuse_markup(file)


def no_text():
    return Refused(_("This is not plain text. Save it as text in UTF-8, or print it as a PDF, and add that."))


def _are_words(text):
    if UNWRITTEN.search(text):
        raise no_text()
