"""The audit report of March, asked for by whoever the test says."""

from datetime import date
from uuid import uuid4

import pytest

from harmony.documents import kinds
from harmony.documents.models import Export


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
