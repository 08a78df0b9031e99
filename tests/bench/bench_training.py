"""What the matrix of training costs: 50 people and 20 courses, and 200 people on one page, beside a page of ours with nothing
on it, and beside a constant word to whoever is signed in: what menu, help lines and counts of every page cost lies between.

One of the benchmarks that `make bench` runs; alone: pytest tests/bench/bench_training.py -s
"""

from datetime import timedelta

import pytest
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils.timezone import localdate, now

from harmony.audit.events import event
from harmony.people.models import Membership, User
from harmony.urls import handler400, handler403, handler404, handler500  # noqa: F401
from harmony.urls import urlpatterns as ours
from training.models import Completion, Course, Requirement

from .measure import figure, in_turn

PAGES = 10  # asked for in a round
COURSES = 20
BARE, CONSTANT = "a page of ours with nothing on it", "a constant page"


@login_required
def bare(request):
    """Session, user, menu and footer: what every page of ours costs."""
    return HttpResponse(Template('{% extends "base.html" %}').render(RequestContext(request)))


@login_required
def constant(request):
    return HttpResponse("<p>The same for everybody.</p>")


urlpatterns = [*ours, path("bench/bare/", bare), path("bench/constant/", constant)]


@pytest.mark.urls(__name__)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("people", [50, 200])
def test_the_matrix(people, client, organisation, amara, person):
    """Everybody on one page, whatever the number; of 50 it is the page as it stands."""
    _fill(people - 2, amara, person("Maria Training", "training"))  # the two are people too
    client.force_login(amara, backend="allauth.account.auth_backends.AuthenticationBackend")

    def asks(address):
        def work(n):
            assert client.get(address).status_code == 200

        work(0)  # what is made once is made before
        return work

    base, least, matrix = asks("/bench/bare/"), asks("/bench/constant/"), asks("/training/people/?all=1")
    spent = {work: sum(both) for work, both in in_turn([base, least, matrix], PAGES).items()}
    with CaptureQueriesContext(connection) as asked:
        matrix(0)
    cost = {"ms": round(spent[matrix], 1), "bare_ms": round(spent[base], 1), "queries": len(asked)}
    what = f"the matrix of {people} people and {COURSES} courses"
    figure(what, spent[matrix] / spent[base], of=BARE, **cost)
    figure(what, spent[matrix] / spent[least], of=CONSTANT, constant_ms=round(spent[least], 1))


def _fill(number, amara, maria):
    since, at = localdate() - timedelta(days=900), now()
    versions = []
    for turn in range(COURSES):
        course = Course()
        course.add(f"C-{turn:02}", f"Course {turn}", by=amara)
        course.change("A morning.", ["sexting"], 24, 60, since, by=amara)
        Requirement(course=course).ask("everybody", "", 14, starts_on=since, by=amara)
        versions.append(course.versions.get())
    with event("fill", by="the benchmark"):
        people = [User(name=f"Worker {turn:03}", email=f"{turn}@example.org") for turn in range(number)]
        User.objects.bulk_create(people)
        Membership.objects.bulk_create(
            Membership(user=one, kind="staff", starts_on=since, root=one.root) for one in people
        )
        done = [
            Completion(
                user=one, version=version, completed_on=localdate() - timedelta(days=(turn * 37 + place * 11) % 860),
                status="verified", recorded_by=amara, recorded_at=at, verified_by=maria, verified_at=at, root=one.root,
            )
            for turn, one in enumerate(people) for place, version in enumerate(versions) if (turn + place) % 9
        ]  # fmt: skip
        Completion.objects.bulk_create(done, batch_size=500)
