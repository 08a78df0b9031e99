"""What people can be told about. Each room registers its own kinds in `ready()`.

A notice holds the kind and the key of its record, never the record: rooms lie above. So the room says here
how to ask, again and again, whether somebody may still see it, and where the link leads.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Source:
    code: str
    records: Callable  # (user) -> queryset of the records this person may see now
    link: Callable  # (notice) -> where its page is
    may: Callable | None = None  # (user, record): what the database alone cannot say, because it is encrypted
    letter: Callable | None = None  # (user, notice, at) -> more lines of the e-mail, as free of content as its sentence
    reminds: bool = False  # about no case: until it is answered, the weekly summary of the DSO line counts it
    what: str = _("Safeguarding")  # all that is told of it to whoever sees that it did not get out


_sources = {}


def register(source):
    _sources[source.code] = source
    return source


def get(code):
    """The source, or None."""
    return _sources.get(code)


def every():
    return tuple(_sources.values())


def sees(user, code, key):
    """May this person see that record at this moment? Asked when they are told, and again when it is sent."""
    source = get(code)
    if not source or not user.is_active:
        return False
    record = source.records(user).filter(pk=key).first()
    return record is not None and (not source.may or source.may(user, record))
