"""Exports of Zed's case, asked for by Amara, with a folder of their own for the files."""

import subprocess
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.utils.timezone import now

from harmony.documents import kinds
from harmony.documents.models import Export


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    storages = settings.STORAGES
    settings.STORAGES = storages | {
        "default": storages["default"] | {"OPTIONS": storages["default"]["OPTIONS"] | {"location": tmp_path / "files"}}
    }


@pytest.fixture
def zeds_case(report, amara, leah):
    """Reported by Sam, weighed by Amara, with an entry, an addendum, what Zed said, and an action."""
    case = report(childs_words="They made a group called zed is dead.", view="He is frightened.").case
    case.acknowledge(by=amara)
    case.triage(
        "medium", "ON-BULLY", "Repeated, by several.", "told", "", False, "No harm beyond school.", "peer", by=amara
    )
    case.write("call", "Rang his dad at seven.", now(), by=amara)
    case.write("note", "Dad rang back.", now(), adds_to=case.entries.get(), by=amara)
    case.write("child", "I just want it to stop.", now(), significant=True, by=amara)
    case.give("Ask the moderator for the log", leah, date(2026, 11, 30), by=amara)
    return case


@pytest.fixture
def ask():
    """ask(amara, case): an export, waiting. Of the chronology unless told."""

    def request(user, record, kind="chronology", **fields):
        fields = {"purpose": "police", "purpose_words": "Strategy discussion", "form_key": uuid4()} | fields
        return Export.of(kinds.get(kind), record, by=user, **fields)

    return request


@pytest.fixture
def text_of(tmp_path):
    """What a PDF says, page by page."""

    def read(content):
        path = tmp_path / "read.pdf"
        path.write_bytes(content)
        told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
        return told.stdout

    return read


@pytest.fixture
def kept_files():
    """The names of the files that lie on disk."""

    def names():
        return default_storage.listdir("exports")[1] if default_storage.exists("exports") else []

    return names
