"""A bad night, as docs/operations.md tells it: what people see while something is gone, and that it comes back as it was."""

import re
from io import StringIO

import pytest
from django.conf import settings as ours
from django.core.management import call_command
from django.db import OperationalError, connections
from django.urls import reverse

from harmony.encryption import sheets
from harmony.home.health import facts
from incidents.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
GUIDE = (ours.BASE / "docs/operations.md").read_text()
NIGHT = re.search(r"^## A bad night\n(.*?)(?=^## )", GUIDE, re.MULTILINE | re.DOTALL)[1]


def seen(text):
    """What a page says is in the guide, word for word."""
    assert text in NIGHT
    return text


@pytest.fixture
def keys(settings, tmp_path):
    """The file of master keys; whoever takes it away sees what happens then."""
    file = tmp_path / "master_keys"
    file.write_text(f"1:{settings.MASTER_KEYS['1']}\n")
    file.chmod(0o600)
    settings.MASTER_KEYS, settings.MASTER_KEY_FILE = {}, file
    return file


def test_without_the_master_key_no_word_opens_and_with_it_all_do_again(report, sign_in, amara, keys, monkeypatch):
    case, client = report().case, sign_in(amara)
    client.raise_request_exception = False
    address = reverse("incidents:case", args=[case.pk])
    lines = sheets.lines("master", 1, bytes.fromhex(keys.read_text().strip().split(":")[1]))
    keys.unlink()
    page = client.get(address)
    assert page.status_code == 500 and seen("Something went wrong here") in page.text and "999" in page.text
    assert [fact.says for fact in facts() if fact.name == "keys"] == [
        seen("The master key cannot be read, or others can read it. Run manage.py check.")
    ]
    monkeypatch.setattr("sys.stdin", StringIO("\n".join([*lines, ""])))
    call_command("restore_master_key", "1", stdout=StringIO())
    assert client.get(address).status_code == 200
    assert next(fact for fact in facts() if fact.name == "keys").is_well
    assert keys.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("why", ["server closed the connection unexpectedly", "database or disk is full"])
def test_a_database_that_is_gone_or_full_is_said_and_whom_to_ring(sign_in, amara, why):
    client = sign_in(amara)
    client.raise_request_exception = False

    def refuse(execute, sql, params, many, context):
        raise OperationalError(why)

    with connections["default"].execute_wrapper(refuse):
        page = client.get("/")
        assert [fact.says for fact in facts()] == [seen("The database does not answer.")]
    assert page.status_code == 503 and seen("We can’t answer just now") in page.text and "999" in page.text
    assert client.get("/").status_code == 200


def test_without_redis_pages_answer_and_the_queue_is_said_to_be_away(settings, sign_in, amara):
    settings.CELERY_BROKER_URL, settings.CELERY_BROKER_TRANSPORT_OPTIONS = "redis://127.0.0.1:1/0", {}
    assert sign_in(amara).get("/").status_code == 200
    assert seen("The queue of the worker does not answer.") in [fact.says for fact in facts()]


def test_a_report_can_be_sent_while_files_cannot_be_kept(settings, tmp_path, report):
    (tmp_path / "files").write_text("in the way")
    default = settings.STORAGES["default"]
    options = default["OPTIONS"] | {"location": tmp_path / "files"}
    settings.STORAGES = settings.STORAGES | {"default": default | {"OPTIONS": options}}
    assert seen("Files cannot be written.") in [fact.says for fact in facts()]
    assert Case.objects.filter(pk=report().case.pk).exists()
