"""What a case page costs: with 100 entries beside one with 5, and how much of it is opening what is sealed.

Opening is every key that is asked for and unwrapped, its query included, and every text that is opened. What it adds should be
a quarter or less of what the page costs without it.

One of the benchmarks that `make bench` runs; alone: pytest tests/bench/bench_case.py -s
"""

from datetime import timedelta
from time import thread_time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from harmony.encryption import fields, keys
from incidents.models import Case
from tests.incidents.conftest import AT, WEIGHED

from .measure import ROUNDS, figure, in_turn

PAGES = 10  # asked for in a round
FEW, MANY = 5, 100  # entries


@pytest.fixture
def opening(monkeypatch):
    """opening["s"]: seconds spent so far on opening what is sealed."""
    spent = {"s": 0.0, "texts": 0}

    def timed(what, counts):
        def work(*args, **options):
            began = thread_time()
            try:
                return what(*args, **options)
            finally:
                spent["s"] += thread_time() - began
                spent["texts"] += counts

        return work

    monkeypatch.setattr(fields, "unseal", timed(fields.unseal, 1))
    monkeypatch.setattr(keys, "for_reading", timed(keys.for_reading, 0))
    return spent


@pytest.mark.django_db(transaction=True)
def test_a_case_page(report, organisation, client, amara, opening):
    few, many = (_filled(report, amara, number) for number in (FEW, MANY))
    client.force_login(amara, backend="allauth.account.auth_backends.AuthenticationBackend")

    def asks(name, case):
        address = reverse(f"incidents:{name}", args=[case.pk])

        def work(n):
            assert client.get(address).status_code == 200

        work(0)  # what is made once is made before
        return work

    for name in ("case", "chronology"):
        small, large = asks(name, few), asks(name, many)
        spent = {work: sum(both) for work, both in in_turn([small, large], PAGES).items()}
        figure(f"{name} of {MANY} entries", spent[large] / spent[small], of=f"the same of {FEW}")
        opening |= {"s": 0.0, "texts": 0}
        with CaptureQueriesContext(connection) as asked:
            large(0)
        queries, texts = len(asked), opening["texts"]
        opening |= {"s": 0.0}
        [whole] = map(sum, in_turn([large], PAGES).values())
        opened = 1000 * opening["s"] / (ROUNDS * PAGES)
        more = {"ms": round(whole, 1), "opening_ms": round(opened, 2), "texts": texts, "queries": queries}
        figure(f"{name} of {MANY} entries, opened", whole / (whole - opened), of="the same, but for opening it", **more)


def _filled(report, amara, number):
    case = report(at=AT).case
    case.acknowledge(by=amara, at=AT)
    case.triage(**WEIGHED | {"severity": "high"}, by=amara, at=AT)
    for turn in range(number):
        at = AT + timedelta(hours=turn + 1)
        case.write("note", f"Rang her mother, turn {turn}. She says that it is quieter now.", at, by=amara, at=at)
    return Case.objects.get(pk=case.pk)
