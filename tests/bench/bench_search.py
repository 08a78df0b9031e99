"""What a search costs: encrypted narratives by their tokens, beside the same engine's own index of the same words in clear.

The same plan is asked of both. The sealed one first reads its key, and whether its reader sees few cases; then it looks up
tokens. In how many milliseconds that shows, the plain one's say: the rarer the word, the more of a search is those two questions.

One of the benchmarks that `make bench` runs; alone: pytest tests/bench/bench_search.py -s
"""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import now

from harmony.audit import triggers
from harmony.encryption import tokens
from harmony.encryption.models import IndexedPlace, IndexedRecord
from harmony.encryption.search import A_LOT, found
from incidents.models import Case

from .measure import IS_FULL, figure, in_turn

NARRATIVES = 100_000 if IS_FULL else 5_000
WORDS = 150  # of a narrative
A_BATCH = 2_500
COMMON, RARE, OTHER = "phone", "giraffe", "umbrella"
ASKED = {
    "a rare word": RARE,
    "two words": f"{COMMON} {RARE}",
    "an absent word": "xylophone",
    "a common word": COMMON,
}
PLAIN = {
    "sqlite": (
        "CREATE TABLE bench_plain (id INTEGER PRIMARY KEY, subject char(32), words text)",
        "CREATE VIRTUAL TABLE bench_index USING fts5(words, content='bench_plain', content_rowid='id', tokenize='porter')",
    ),
    "postgresql": (
        """CREATE TABLE bench_plain (id bigserial PRIMARY KEY, subject uuid, words text,
            held tsvector GENERATED ALWAYS AS (to_tsvector('english', words)) STORED)""",
        "CREATE INDEX bench_index ON bench_plain USING gin (held)",
    ),
}


@pytest.mark.django_db(transaction=True)
def test_a_search(amara):
    _make()
    among = Case.objects.visible_to(amara)
    for what, words in ASKED.items():

        def sealed(n, words=words):
            return found(words, among, newest="-filed_at")

        def plain(n, words=words):
            return _found_in_clear(words, among)

        assert sealed(0) == plain(0), what
        spent = {work: sum(both) for work, both in in_turn([sealed, plain], 10).items()}
        more = {"ms": round(spent[sealed], 2), "plain_ms": round(spent[plain], 2), "narratives": NARRATIVES}
        figure(f"searching for {what}", spent[sealed] / spent[plain], of="the same plan on plain text", **more)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {'bench_index' if connection.vendor == 'sqlite' else 'bench_plain'}")
        cursor.execute("DROP TABLE IF EXISTS bench_plain")


def _found_in_clear(words, among):
    """The same two steps, by the engine's own stems."""
    key = f'"{Case._meta.db_table}"."id" = bench_plain.subject'
    if connection.vendor == "sqlite":
        found_in = ["bench_index.rowid = bench_plain.id", "bench_index MATCH %s"]
        matching = among.extra(tables=["bench_index", "bench_plain"], where=[key, *found_in], params=[words])
    else:
        held = "bench_plain.held @@ plainto_tsquery('english', %s)"
        matching = among.extra(tables=["bench_plain"], where=[key, held], params=[words])
    keys = list(matching.order_by().values_list("pk", flat=True)[: A_LOT + 1])
    if len(keys) <= A_LOT:
        return list(among.filter(pk__in=keys).order_by("-filed_at").values_list("pk", flat=True)), False
    return list(matching.order_by("-filed_at").values_list("pk", flat=True)[:A_LOT]), True


def _make():
    """Neither the book nor the sealing of the words is what is measured here."""
    dice, at, key = random.Random(5), now(), tokens.own_key()
    vocabulary = ["".join(dice.choices("bdfgklmnprt", k=3)) + dice.choice(["alu", "eko", "imo"]) for _n in range(5_000)]
    triggers.drop()
    with connection.cursor() as cursor:
        for sql in PLAIN[connection.vendor]:
            cursor.execute(sql)
    for begin in range(0, NARRATIVES, A_BATCH):
        numbers = range(begin, min(begin + A_BATCH, NARRATIVES))
        cases = Case.objects.bulk_create(Case(filed_at=at - timedelta(minutes=number)) for number in numbers)
        _index(cases, [_narrative(number, vocabulary, dice) for number in numbers], key)
    triggers.install()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO bench_index (bench_index) VALUES ('rebuild')")
        cursor.execute("ANALYZE")


def _narrative(number, vocabulary, dice):
    words = dice.choices(vocabulary, k=WORDS)
    words += [COMMON] if number % 25 else [OTHER]
    words += [RARE] if number % 500 == 3 else []
    return " ".join(words)


def _index(cases, texts, key):
    sealed = [tokens.of(text, key) for text in texts]
    IndexedRecord.objects.bulk_create(
        IndexedRecord(subject=case.pk, tokens=held) for case, held in zip(cases, sealed, strict=True)
    )
    IndexedPlace.objects.bulk_create(
        IndexedPlace(subject=case.pk, root=case.root, row=case.pk, place="incidents_case.rationale", tokens=held)
        for case, held in zip(cases, sealed, strict=True)
    )
    keys = [Case._meta.pk.get_db_prep_value(case.pk, connection) for case in cases]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO bench_plain (subject, words) VALUES (%s, %s)", list(zip(keys, texts, strict=True))
        )
