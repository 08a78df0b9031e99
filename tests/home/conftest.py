"""The audit report of March, asked for by whoever the test says; somebody's front page; a slot of the rota."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from harmony.audit.events import event
from harmony.documents import kinds
from harmony.documents.models import Export
from harmony.home.models import BackupKey, KeySheet
from harmony.people.models import OnCall


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    storages = settings.STORAGES
    options = storages["default"]["OPTIONS"] | {"location": tmp_path / "files"}
    settings.STORAGES = storages | {"default": storages["default"] | {"OPTIONS": options}}


@pytest.fixture
def ask(organisation):
    def request(user, since=date(2026, 3, 1), until=date(2026, 3, 31)):
        return Export.of(
            kinds.get("audit-report"),
            organisation,
            uuid4(),
            "trustees",
            "Meeting of the trustees",
            by=user,
            since=since,
            until=until,
        )

    return request


@pytest.fixture
def home(client):
    """home(amara): her front page, answered."""

    def open(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = client.get("/")
        page.words = page.content.decode()
        page.parts = {part.name: part.shown for part in page.context["parts"]}
        return page

    return open


@pytest.fixture
def slot():
    def add(user, since, hours):
        with event("set up", by="the tests"):
            OnCall.objects.create(
                user=user, phone="01632 960 101", starts_at=since, ends_at=since + timedelta(hours=hours)
            )

    return add


@pytest.fixture
def tess(person):
    """A trustee without a post."""
    return person("Tess Amos", kind="trustee")


@pytest.fixture
def on_paper(gwen, tess):
    """on_paper(): both keys are printed, and two trustees say that they hold them."""

    def put(at=None):
        if not BackupKey.objects.exists():
            BackupKey().make(1, "00" * 32, by="the tests")
        for kind in KeySheet.Kind:
            for holder in (gwen, tess):
                KeySheet.of(kind, holder).confirm("The safe", by=holder, at=at)

    return put
