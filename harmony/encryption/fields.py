"""Model fields: the root a row belongs to, and words kept as ciphertext."""

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from . import keys
from .sealing import root_in, seal, unseal


class RootField(models.UUIDField):
    """The root this row belongs to: its own key, or its parent's root, copied at insert."""

    def __init__(self, follows=None, **options):
        self.follows = follows
        super().__init__(**{"editable": False, "db_index": False} | options)

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        return name, path, args, options | ({"follows": self.follows} if self.follows else {})

    def pre_save(self, record, add):
        if getattr(record, self.attname) is None:
            parent = self.follows and getattr(record, self.follows)
            setattr(record, self.attname, root_of(parent) if parent else record.pk)
        return getattr(record, self.attname)


def root_of(record):
    """The root of any record, saved or not; a table without a root hangs on the organisation."""
    fields = {field.name: field for field in record._meta.concrete_fields}
    return fields["root"].pre_save(record, add=False) if "root" in fields else keys.ORGANISATION


class Ciphertext(str):
    """As it came from the database, unread."""


class Words(str):
    """Plain text that remembers its ciphertext, so that unchanged words stay unchanged bytes."""

    ciphertext: str
    place: tuple

    @classmethod
    def of(cls, plain, ciphertext, place):
        words = cls(plain)
        words.ciphertext, words.place = ciphertext, place
        return words


def as_stored(value):
    """Any field's value as it lies in the database."""
    return Ciphertext(value.ciphertext) if isinstance(value, Words) else value


class SealedAttribute(DeferredAttribute):
    """Opens on reading; keeps the ciphertext when the same words are set again."""

    def __get__(self, record, owner=None):
        value = super().__get__(record, owner)
        if isinstance(value, Ciphertext) and value:
            place = self.field.place(record)
            plain = unseal(value, place=place, key=key_of(record, value))
            value = record.__dict__[self.field.attname] = Words.of(plain, value, place)
        return value

    def __set__(self, record, value):
        held = record.__dict__.get(self.field.attname)
        if held and not isinstance(value, Ciphertext | Words) and self.__get__(record) == value:
            return
        record.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):
    """Never unique, ordered or filtered in SQL; its model has a uuid key and a `root`."""

    descriptor_class = SealedAttribute

    def place(self, record):
        return (record._meta.db_table, record.pk, self.column)

    def from_db_value(self, value, expression, connection):
        return value if value is None else Ciphertext(value)

    def pre_save(self, record, add):
        # a copy of a row it was never read from is opened first: better an error now than lost words
        value = getattr(record, self.attname) if add else record.__dict__[self.attname]
        if not value or isinstance(value, Ciphertext):
            return value
        if isinstance(value, Words) and value.place == self.place(record):
            return Ciphertext(value.ciphertext)
        ciphertext = Ciphertext(seal(value, root=root_of(record), place=self.place(record)))
        record.__dict__[self.attname] = Words.of(value, ciphertext, self.place(record))
        return ciphertext

    def get_prep_value(self, value):
        # `update(words="…")` knows no row, so it cannot encrypt: better refused than stored in clear
        if value and not isinstance(value, Ciphertext):
            raise TypeError(f"{self.name} is encrypted: set it on the record and save that")
        return value

    def get_lookup(self, name):
        if name != "isnull":
            raise FieldError(f"{self.name} is encrypted: it cannot be searched in SQL")
        return super().get_lookup(name)


def key_of(record, ciphertext):
    """The data key, remembered on the record: one query a record, or one a list with `load_keys`."""
    if not hasattr(record._state, "data_key"):
        load_keys([record], {root_in(ciphertext)})
    return record._state.data_key


def load_keys(records, roots=None):
    found = keys.for_reading(roots or {root_of(record) for record in records})
    for record in records:
        record._state.data_key = found.get(root_of(record))
