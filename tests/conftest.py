"""The cast (demo.md) and what every test stands on."""

import functools
import gc
import os
from datetime import date
from uuid import uuid4
from zlib import crc32

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils.timezone import now
from hypothesis import settings

from harmony import doctor
from harmony.audit.events import event
from harmony.encryption.keys import ORGANISATION
from harmony.organisation.models import Organisation
from harmony.people.models import Appointment, Membership, User
from incidents.models import Case, Report

from . import emptying
from .browser import browser, page, site  # noqa: F401
from .clients import TwoProofs

# a shared machine's cores do other things too; where everything is asked for, a red test speaks of the change, not of luck
settings.register_profile("shared machine", deadline=None, derandomize=doctor.required())
settings.load_profile("shared machine")
PASSWORD = "a long password 9"
ENGINES = ("sqlite", "postgresql")
BY_A_PAGE = {"client", "client_elsewhere", "sign_in", "signed_in"}  # whoever asks for one of these looks at pages


@pytest.hookimpl(wrapper=True, tryfirst=True)  # before `-m` chooses by these marks, and after the order was shuffled
def pytest_collection_modifyitems(config, items):
    """Leave out what belongs to the other engine; skip, with the reason, what this machine lacks.

    Of two workers each begins with one half of the walk over every page, the longest test there is.
    """
    _choose(config, items)
    yield
    walk = [item for item in items if "test_every_page_of_every_role" in item.name]
    others = [item for item in items if item not in walk]
    middle = len(others) // 2
    items[:] = [*walk[:1], *others[:middle], *walk[1:], *others[middle:]]


def pytest_collection_finish():
    """What is loaded by now stays: it need not be looked through for garbage over and over."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _choose(config, items):
    lacking = {part.name: part for part in doctor.missing()}
    elsewhere = [item for item in items if not all(map(_runs_here, _engines(item)))]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = [item for item in items if item not in elsewhere]
    for item in items:
        for mark in item.iter_markers("needs"):
            if "Chromium" in mark.args:
                item.add_marker("browser")
            for part in (lacking[name] for name in mark.args if name in lacking):
                item.add_marker(pytest.mark.skip(reason=f"{part.name} is missing: {part.how}"))


def _engines(item):
    """The marks that say on which database it runs. Where both are tried with a change, more run on one of them (decision 0097):
    what is marked `once`, and of the pages, which go through the same queries as the records below, each on one by its name.
    """
    if not os.environ.get("HARMONY_BOTH"):
        return [*item.iter_markers("only")]
    marked = [*item.iter_markers("only"), *item.iter_markers("once")]
    if not marked and BY_A_PAGE & set(item.fixturenames) and not item.get_closest_marker("needs"):
        marked = [pytest.mark.once(ENGINES[crc32(item.nodeid.encode()) % 2])]
    return marked


def _runs_here(mark):
    return connection.vendor in mark.args


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where everything has to be there, a test that did not run has failed."""
    report = yield
    if report.skipped and doctor.required() and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"Not run: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """What a test commits is taken back by tests/emptying.py."""
    with django_db_blocker.unblock():
        emptying.remember()
    TransactionTestCase._fixture_teardown = emptying.empty


@pytest.fixture(autouse=True)
def _nobody_has_tried_too_often():
    """Rate limits live in a real cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def organisation(db):
    with event("begin", by="the tests"):
        return Organisation.objects.create(id=ORGANISATION, name="HARMONY")


@pytest.fixture
def person(db):
    """person("Amara Okafor", "dso"): somebody active, with posts, and staff unless told."""

    def make(name, *posts, kind="staff", **fields):
        email = f"{name.lower().replace(' ', '.')}@harmony.test"
        with event("join", by="the tests"):
            user = User.objects.create(email=email, password=_hashed(), name=name, **fields)
            Membership.objects.create(user=user, kind=kind, starts_on=date(2020, 1, 1))
            for post in posts:
                Appointment.objects.create(user=user, post=post, starts_on=date(2020, 1, 1))
        return user

    return make


@functools.cache
def _hashed():
    """Hashing is slow on purpose, and the tests make thousands of people."""
    return make_password(PASSWORD)


@pytest.fixture
def sam(person):
    return person("Sam")


@pytest.fixture
def leah(person):
    return person("Leah Osei")


@pytest.fixture
def amara(person):
    return person("Amara Okafor", "dso")


@pytest.fixture
def tom(person):
    return person("Tom Ellery", "deputy")


@pytest.fixture
def ruth(person):
    return person("Ruth Hale", "lead")


@pytest.fixture
def gwen(person):
    return person("Gwen Price", "chair", kind="trustee")


@pytest.fixture
def sol(person):
    return person("Sol Reyes", "office")


@pytest.fixture
def report(sam):
    """report(about=amara): filed by Sam unless told otherwise."""

    def file(author=None, about=(), at=None, **words):
        author = author or sam
        about = [about] if isinstance(about, User) else about
        words = {"danger": "no", "who": "Zed A (12)", "facts": "A bruise on his arm.", "about_us": bool(about)} | words
        draft = Report(author=author, form_key=uuid4(), named=" ".join(str(user.pk) for user in about), **words)
        draft.save()
        draft.file(by=author, at=at)
        return draft

    return file


@pytest.fixture
def draft(sam):
    report = Report(author=sam, form_key=uuid4(), danger="no", about_us=False, who="Zed A", facts="I saw")
    report.save()
    return report


@pytest.fixture
def case(db):
    with event("open", by="the tests"):
        return Case.objects.create(initials="ZA", rationale="A bruise", filed_at=now())


@pytest.fixture
def client():
    return TwoProofs()


@pytest.fixture
def client_elsewhere():
    """Another browser."""
    return TwoProofs()
