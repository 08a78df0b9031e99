"""The file of master keys: rotated without a restart, never lost half-way, and checked."""

import stat

import pytest
from django.core.management import CommandError, call_command

from harmony.audit import book
from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.encryption import keys, masters
from harmony.encryption.checks import the_master_keys_are_there_and_secret
from harmony.encryption.models import RootKey
from incidents.models import Case

pytestmark = pytest.mark.django_db
ONE = "1:" + "00" * 32 + "\n"


@pytest.fixture
def file(settings, tmp_path):
    settings.MASTER_KEYS = {}
    settings.MASTER_KEY_FILE = tmp_path / "master.keys"
    settings.MASTER_KEY_FILE.write_text(ONE)
    settings.MASTER_KEY_FILE.chmod(0o600)
    return settings.MASTER_KEY_FILE


def versions():
    return set(RootKey.objects.values_list("version", flat=True))


def ciphertexts():
    return list(Case.objects.values_list("rationale", flat=True))


def test_rotation_wraps_anew_and_encrypts_nothing(file, case, capsys):
    before = ciphertexts()
    call_command("rotate_keys")
    assert "wrapped with version 2" in capsys.readouterr().out
    assert versions() == {2}
    assert ciphertexts() == before
    assert Case.objects.get().rationale == "A bruise"
    line = Entry.objects.get(root=case.root.hex, verb="rotate keys")
    assert line.actor_name.endswith("on the server")
    assert '"***"' in line.changes
    assert list(book.breaks()) == []


def test_the_file_keeps_the_old_key_and_stays_secret(file, case):
    call_command("rotate_keys")
    assert file.read_text().startswith(ONE + "2:")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_a_running_process_wraps_with_the_new_key_at_once(file, case):
    keys.for_reading({case.root})
    masters.add()
    with event("open", by="the tests"):
        other = Case.objects.create(initials="B")
    assert RootKey.objects.get(root=other.root).version == 2
    assert Case.objects.get(pk=case.pk).rationale == "A bruise"


def test_an_interrupted_rotation_is_finished_not_begun_again(file, case, capsys):
    masters.add()
    call_command("rotate_keys")
    assert "Finishing the rotation to version 2" in capsys.readouterr().out
    assert versions() == {2}
    assert max(masters.known()) == 2


def test_an_erased_root_stays_erased(file, case, amara):
    with event("erase", by=amara, about=case):
        keys.erase(case.root)
    call_command("rotate_keys")
    assert RootKey.objects.get(root=case.root).wrapped == ""
    assert Case.objects.get().rationale == "(erased)"


def test_an_old_key_is_dropped_only_when_nothing_needs_it(file, case, capsys):
    masters.add()
    with pytest.raises(CommandError, match="needs? an old master key"):
        call_command("rotate_keys", "--drop-old")
    call_command("rotate_keys")
    call_command("rotate_keys", "--drop-old")
    assert "Versions dropped: 1. Left: 2." in capsys.readouterr().out
    assert set(masters.known()) == {2}
    assert Case.objects.get().rationale == "A bruise"
    assert Entry.objects.filter(verb="drop master keys 1").exists()


def test_a_missing_master_key_is_named(file, case):
    call_command("rotate_keys")
    file.write_text(ONE)
    with pytest.raises(masters.MasterKeyMissing, match="Master key 2 is not in"):
        Case.objects.get().rationale  # noqa: B018


def test_keys_from_the_settings_are_not_rotated():
    with pytest.raises(CommandError, match="from the settings"):
        call_command("rotate_keys")


def found():
    return [problem.id for problem in the_master_keys_are_there_and_secret(None)]


def test_the_check_is_content_with_a_good_file(file):
    assert found() == []


def test_the_check_sees_what_is_wrong_with_the_file(file):
    file.chmod(0o640)
    assert found() == ["encryption.W001"]
    for text in ("", "1:abcd\n", "nonsense\n", "1:" + "zz" * 32):
        file.write_text(text)
        masters._read.clear()
        assert found() == ["encryption.E002"], text
    file.unlink()
    assert found() == ["encryption.E001"]
