"""Characters that PostgreSQL, UTF-8 or a page cannot carry: NUL, and halves of surrogate pairs."""

import re

from django.utils.http import parse_header_parameters

REFUSED = "application/x-refused"  # answered by clean_query, in words
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


def keepable(text):
    return not UNKEEPABLE.search(text)


def shown(value):
    """The value with each such character drawn as the replacement character, in lists too."""
    if isinstance(value, str):
        return UNKEEPABLE.sub("\ufffd", value) if not keepable(value) else value
    if isinstance(value, list | tuple):
        return [shown(part) for part in value]
    return value


def speaks_utf8(content_type):
    """Whether a Content-Type names no other encoding: some can write half a surrogate pair, some are no text at all."""
    try:
        _kind, named = parse_header_parameters(content_type)
    except (LookupError, ValueError):
        return False
    return named.get("charset", "utf-8").lower() in {"utf-8", "utf8"}


def only_utf8(application):
    """The outermost door, before Django reads a header: it decodes the query by whatever encoding the sender names."""

    def guarded(environ, start_response):
        if not speaks_utf8(environ.get("CONTENT_TYPE", "")):
            environ["CONTENT_TYPE"] = REFUSED
        return application(environ, start_response)

    return guarded
