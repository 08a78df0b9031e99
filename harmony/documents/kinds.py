"""What can be exported. Each room registers its own kinds in `ready()`, from its documents.py."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """One kind of document about one kind of record.

    `gather` returns everything the template shows, as plain text and numbers. The printed fingerprint is that
    of these, less the parts named in `passing`: what is other each time a document is made (who has opened the
    record, what else was made). So the same record has the same fingerprint, whoever prints it next.
    """

    code: str
    title: str | Promise  # what it is, for lists and the file's own title; never a name
    label: Callable  # (record) -> which one it is, without a name
    records: Callable  # (user) -> queryset of the records this person may see
    may: Callable  # (user, record) -> whether this person may export that one
    gather: Callable  # (record, export, at) -> what the template shows
    template: str
    classification: str | Promise  # runs along the head of each page
    about: str | Promise = ""  # a sentence for whoever asks for it
    passing: tuple = ()  # the parts of what is gathered that the fingerprint does not cover
    checkable: Callable | None = None  # (user) -> queryset of the records whose papers this person may check
    changed_since: Callable | None = None  # (about, a moment of the book) -> whether the record has changed
    offered: bool = False  # on the page of documents too, not only on its record's own page
    # (record, the PDF's bytes) -> what is sealed and handed out instead, a PDF too: closed with a passphrase, say
    finish: Callable | None = None
    asks: type[forms.Form] | None = None  # questions besides the purpose


_kinds = {}


def register(kind):
    _kinds[kind.code] = kind
    return kind


def get(code):
    """The kind, or None."""
    return _kinds.get(code)


def every():
    return tuple(_kinds.values())
