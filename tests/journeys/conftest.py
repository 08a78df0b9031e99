"""Sam, Amara and the others, each at a browser of their own."""

import pytest

from tests.documents.conftest import _files_of_their_own, text_of  # noqa: F401

from .browsing import Browsing


@pytest.fixture
def amara(person):
    return person("Amara Okafor", "dso", phone="020 7946 0101")


@pytest.fixture
def tom(person):
    return person("Tom Ellery", "deputy", phone="020 7946 0102")


@pytest.fixture
def ruth(person):
    return person("Ruth Hale", "lead", phone="020 7946 0103")


@pytest.fixture
def at_a_browser(page, site, organisation):
    """at_a_browser(sam, width=390, scripts=False): a window of theirs, signed in."""

    def sit_down(user, width=1280, *, scripts=True, looks=False, allow=()):
        return Browsing(page(width, user=user, site=site, scripts=scripts, allow=allow), site, looks=looks)

    return sit_down
