"""What can be held, proposed and destroyed: each room registers its own kind of record in `ready()`, from its storing.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Due:
    """A record whose time is over, by one class of the schedule (`between.retention_classes`)."""

    about: UUID
    root: UUID
    reference: str  # random: it tells nobody what it is about
    code: str  # of its class
    counted_on: date
    due_on: date


@dataclass(frozen=True)
class Store:
    """One kind of record with a root of its own.

    `records` are those that this person may decide on, and `destroyed` those of which they may know that they were
    there: neither holds a record that they are kept out of. `due` reads all of them, in as many queries as it takes for one.
    """

    code: str
    name: str  # lazy: what one of them is called
    records: Callable  # (user) -> queryset
    destroyed: Callable  # (user) -> queryset
    due: Callable  # (at, about=None) -> Dues; of one record alone, where `about` says which
    label: Callable  # (record) -> its reference
    roots: Callable  # (record) -> the roots whose keys go together, its own first


_stores = {}


def register(store):
    _stores[store.code] = store
    return store


def get(code):
    """The store, or None."""
    return _stores.get(code)


def every():
    return tuple(_stores.values())
