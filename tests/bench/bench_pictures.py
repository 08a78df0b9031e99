"""What "May I use this photo?" costs for 60 people and 12 uses, beside a constant page of whoever is signed in; and what it
costs to say how far permission goes, of a thousand young people and of ten thousand.

One of the benchmarks that `make bench` runs; alone: pytest tests/bench/bench_pictures.py -s
"""

from datetime import timedelta
from time import process_time
from uuid import uuid4

import pytest
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils.timezone import localdate, now

from consent import coverage
from consent.models import Check, Consent, Permission, Purpose, Use, Wording
from harmony.audit.events import event
from harmony.people.models import Group, GroupMember, User, YoungPerson
from harmony.urls import handler400, handler403, handler404, handler500  # noqa: F401
from harmony.urls import urlpatterns as ours

from ..platforms.making import listed
from .measure import IS_FULL, figure, in_turn

PEOPLE, USES, PAGES = 60, 12, 6


@login_required
def constant(request):
    return HttpResponse("<p>The same for everybody.</p>")


urlpatterns = [*ours, path("bench/constant/", constant)]


@pytest.mark.urls(__name__)
@pytest.mark.django_db(transaction=True)
def test_a_check(client, organisation, person):
    noor = person("Noor Aziz", "consent")
    people = _make(PEOPLE, USES, agreed=True)
    client.force_login(noor, backend="allauth.account.auth_backends.AuthenticationBackend")
    ticked = {"people": [str(one.pk) for one in people]}

    def page(n):
        assert client.get("/bench/constant/").status_code == 200

    def check(n):
        assert b"Answer for these 60" in client.post("/pictures/", ticked).content

    def ask(n):
        assert len(Check.ask(people, by=noor, at=now())) == USES

    for work in (page, ask, check):
        work(0)
    spent = {work: sum(both) for work, both in in_turn([page, ask, check], PAGES).items()}
    for work, what in ((ask, "a check, worked out and kept"), (check, "its whole page, with all names")):
        cost = {"ms": round(spent[work], 1), "constant_ms": round(spent[page], 1)}
        figure(f"{what}: 60 people and 12 uses", spent[work] / spent[page], of="a constant page", **cost)


@pytest.mark.django_db(transaction=True)
def test_coverage():
    sizes = (1000, 10_000) if IS_FULL else (500, 2000)
    asked, spent = [], []
    for number in sizes:
        _make(number - YoungPerson.objects.count(), USES, agreed=False)
        began = process_time()
        with CaptureQueriesContext(connection) as queries:
            found = coverage.by_use(YoungPerson.objects.here())
            coverage.by_group(list(Group.objects.all()))
        spent.append(process_time() - began)
        asked.append(len(queries))
        assert sum(found[use]["given"] for use in found)
    assert asked[0] == asked[1], asked
    more = {"queries": asked[1], "ms": round(1000 * spent[1], 1)}
    figure(f"coverage of {sizes[1]} young people", spent[1] / spent[0], of=f"coverage of {sizes[0]}", **more)


def _make(number, uses, agreed):
    """So many more, in one group more, each with a consent for each use; written in bulk, as no page does."""
    today, at = localdate(), now()
    with event("seed", by="the benchmark"):
        purpose, new = Purpose.objects.get_or_create(name="A purpose")
        if new:
            two = [
                User.objects.create(name=name, email=f"{name}@harmony.test", password="!") for name in ("ann", "bea")
            ]
            Wording.objects.create(purpose=purpose, version=1, words="May we?", since=at)
            for turn in range(uses):
                channel = listed(f"Channel {turn}", today + timedelta(days=300), *two)
                Use.objects.create(purpose=purpose, channel=channel, since=today)
        kept, wording = list(Use.objects.all()), purpose.wording
        people = [YoungPerson(name=f"Young {turn}", born="2014-01-01") for turn in range(number)]
        YoungPerson.objects.bulk_create(people, batch_size=500)
        group = Group.objects.create(name=f"Group {uuid4().hex[:8]}")
        GroupMember.objects.bulk_create(
            [GroupMember(group=group, young_person=one, starts_on=today) for one in people], batch_size=500
        )
        covers = {"status": "given", "covers_from": today, "covers_until": today + timedelta(days=200)}
        consents = [
            Consent(young_person=one, use=use, asked_at=at, **covers)
            for turn, one in enumerate(people)
            for use in kept
            if agreed or turn % 3
        ]
        Consent.objects.bulk_create(consents, batch_size=500)
        if agreed:
            said = [
                Permission(consent=one, side=side, says="yes", wording=wording, how="paper", said_at=at, who="Denise")
                for one in consents
                for side in ("parent", "young")
            ]
            Permission.objects.bulk_create(said, batch_size=500)
    return people
