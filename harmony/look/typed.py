"""What was typed, as it was sent: bytes that are no UTF-8 become halves of surrogate pairs, which the fields refuse.

Django would put the replacement character in their place, and it would be kept as if somebody had written it.
"""

import codecs
import re
from urllib.parse import parse_qsl, unquote_to_bytes

from django.conf import settings
from django.http import QueryDict, UnreadablePostError

REPLACED = "\ufffd"
HALF = "\ud800"


def _half_pairs(error):
    """A half pair, written as UTF-8 would if it were allowed to; else each byte as half a pair of its own."""
    sent = error.object[error.start : error.start + 3]
    try:
        text = sent.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        text = ""
    return (text, error.start + 3) if len(text) == 1 else (chr(0xDC00 + sent[0]), error.start + 1)


codecs.register_error("harmony.half_pairs", _half_pairs)


def is_utf8(query):
    """Whether a query string, its escapes read, is text."""
    try:
        unquote_to_bytes(query.encode("latin-1")).decode()
    except UnicodeError:
        return False
    return True


def as_it_came(request):
    """Read a form again, if Django had to put something else in the place of what it was sent."""
    try:
        read = request.POST
    except UnreadablePostError:  # whoever sent it is gone
        return
    kind = request.content_type
    if kind == "application/x-www-form-urlencoded":
        if not request.body.isascii() or _was_replaced(read):
            request._post = urlencoded(request.body)
    elif _was_replaced(read):  # in parts, which are not kept: what cannot be read counts as not sent right
        request._post = _parted(read)


def _was_replaced(read):
    return any(REPLACED in text for name, texts in read.lists() for text in (name, *texts))


def urlencoded(body):
    """The answers of a form that was sent as bytes."""
    escaped = re.sub(rb"[\x80-\xff]", lambda found: b"%%%02X" % found[0][0], body).decode("ascii")
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    pairs = parse_qsl(escaped, keep_blank_values=True, errors="harmony.half_pairs", max_num_fields=most)
    return _posted(pairs)


def _parted(read):
    return _posted((name, text.replace(REPLACED, HALF)) for name, texts in read.lists() for text in texts)


def _posted(pairs):
    posted = QueryDict(mutable=True)
    for name, text in pairs:
        posted.appendlist(name, text)
    posted._mutable = False
    return posted
