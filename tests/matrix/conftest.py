"""The world of the matrix, seeded once for a file of tests, in a transaction that is taken back."""

import pytest
from django.db import transaction

from .asking import Site
from .world import World


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Seeded once, in a transaction that is taken back: nothing that a test does here stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def whole_site(world):
    return Site(world)


@pytest.fixture
def site(whole_site):
    """Whoever signs in anew during a test is signed out with its end, as all that it changes is taken back."""
    clients, since = whole_site.clients, whole_site.signed_in
    yield whole_site
    whole_site.clients, whole_site.signed_in = clients, since
