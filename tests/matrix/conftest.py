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
def site(world):
    return Site(world)
