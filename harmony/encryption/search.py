"""Finding records by the words in them, though the database holds none.

A model says which of its words lead where, and nothing more is to be done: what is saved is found.

    class Addendum(Recorded):
        searched = Searched({"words": _("Added to the report")}, of="report.case_id")

    keys, more = found("bruise Monday", Case.objects.visible_to(user), newest="-filed_at")
"""

from dataclasses import dataclass, field
from functools import reduce
from operator import attrgetter, or_

from django.apps import apps
from django.db import connection
from django.db.models import Q
from django.db.models.signals import post_delete, post_save

from . import engines, index, tokens
from .fields import root_of
from .models import IndexedPlace, IndexedRecord
from .sealing import ERASED

FEW = 1000  # whoever sees as many has each of them looked through
A_LOT = 1000  # as many are found: whoever has more adds a word


@dataclass(frozen=True)
class Searched:
    fields: dict  # {attribute: where that is, in words}
    of: str = "pk"  # the way to the key of the record that is found; None there: not yet
    read: dict = field(default_factory=dict)  # {attribute: makes words of what it holds}, where that is no text

    def subject(self, record):
        return attrgetter(self.of)(record)

    def text(self, record, name):
        text = getattr(record, name) or ""
        if not text or text == ERASED:
            return ""
        return self.read[name](text) if name in self.read else text

    def moves(self, changed):
        """Whether a change of these fields leads somewhere else."""
        way = self.of.split(".")[0]
        return bool({way, way.removesuffix("_id")} & changed)


def searched_models():
    return [model for model in apps.get_models() if "searched" in vars(model)]


def connect():
    for model in searched_models():
        post_save.connect(_follow, sender=model)
        post_delete.connect(_leave, sender=model)


def place(model, name):
    return f"{model._meta.db_table}.{name}"


def labels():
    """{place: where that is, in words}"""
    return {place(model, name): label for model in searched_models() for name, label in model.searched.fields.items()}


def keep(record, names=None, **more):
    """Put what a record says into the index; of all its searched fields, or of these."""
    model, how = type(record), type(record).searched
    if (subject := how.subject(record)) is not None:
        texts = {place(model, name): how.text(record, name) for name in how.fields if names is None or name in names}
        index.put(record.pk, texts, subject=subject, root=root_of(record), **more)


def is_empty():
    """Nothing can be found: after a restore the index is made anew, by `manage.py reindex`."""
    return not IndexedRecord.objects.exists()


def found(text, among, *, newest):
    """(keys of those of `among` that hold every word, whether there are more): the newest first, of at most A_LOT.

    `among` is what the reader may see. Whoever sees few has those looked through: what else holds the words neither
    counts nor takes time. Whoever sees many is answered from the index, in two steps, for no single question is quick
    for a rare word and for a common one: at most A_LOT in any order, which are then sorted; else the newest.
    """
    wanted = tokens.asked(text, tokens.own_key())
    if not wanted:
        return [], False
    seen = among.order_by().values_list("pk", flat=True)
    if not seen[FEW : FEW + 1]:  # one more than few
        lines = IndexedRecord.objects.filter(_holds_each(wanted), subject__in=list(seen[:FEW]))
        return _sorted(among, list(lines.values_list("subject", flat=True)), newest), False
    matching = engines.matching(connection, among, wanted)
    keys = list(matching.order_by().values_list("pk", flat=True)[: A_LOT + 1])
    if len(keys) <= A_LOT:
        return _sorted(among, keys, newest), False
    return list(matching.order_by(newest).values_list("pk", flat=True)[:A_LOT]), True


def where(text, subjects):
    """{key: where in it any of the words stand, in words}, for a page of what was found."""
    wanted = tokens.asked(text, tokens.own_key())
    if not wanted or not subjects:
        return {}
    any_of = reduce(or_, (_holds(alternatives) for alternatives in wanted))
    said, named = {}, labels()
    rows = IndexedPlace.objects.filter(any_of, subject__in=subjects).order_by("pk")
    for subject, at in rows.values_list("subject", "place"):
        said.setdefault(subject, {})[str(named[at])] = None
    return {subject: list(those) for subject, those in said.items()}


def sharing(sought, among):
    """(key, what) of those of `among` in which all of some words stand in one place.

    `sought`: (what, words as `tokens.words` has them, places) each.
    """
    key = tokens.own_key()
    wanted = [(what, {tokens.token(word, key) for word in words}, places) for what, words, places in sought]
    if not wanted:
        return
    narrowed = engines.matching(connection, among, [{min(those) for _what, those, _places in wanted}])
    keys = list(narrowed.order_by().values_list("pk", flat=True)[:A_LOT])
    rows = IndexedPlace.objects.filter(subject__in=keys, place__in={at for *_more, places in wanted for at in places})
    for subject, at, held in rows.values_list("subject", "place", "tokens"):
        yield from ((subject, what) for what, those, places in wanted if at in places and those <= set(held.split()))


def _sorted(among, keys, newest):
    return list(among.filter(pk__in=keys).order_by(newest).values_list("pk", flat=True))


def _holds_each(wanted):
    every = Q()
    for alternatives in wanted:
        every &= _holds(alternatives)
    return every


def _holds(alternatives):
    """Tokens are of one length and spaces stand between, so that none is found inside another."""
    return reduce(or_, (Q(tokens__contains=token) for token in sorted(alternatives)))


def _follow(sender, instance, created, update_fields=None, **kwargs):
    changed = None if update_fields is None else set(update_fields)
    if changed is None or sender.searched.moves(changed):
        keep(instance, is_new=created)
    elif names := changed & sender.searched.fields.keys():
        keep(instance, names)


def _leave(sender, instance, **kwargs):
    index.drop(instance.pk)
