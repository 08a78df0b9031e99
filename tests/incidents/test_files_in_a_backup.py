"""Files go into a backup sealed as they lie, and come back as they were; what is locked away or was erased does not."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.encryption import keys
from harmony.files import sweeping
from harmony.files.models import Gone
from harmony.home.backups import archive, restoring, taking
from harmony.home.models import BackupKey

pytestmark = pytest.mark.django_db(transaction=True)
CONTENT = b"A long letter. " * 20_000


@pytest.fixture
def back(organisation, settings, tmp_path):
    """back(): what is there now is backed up, and handed back opened."""
    settings.BACKUP_FOLDER = tmp_path / "backups"
    pair = X25519PrivateKey.generate()
    BackupKey().make(1, pair.public_key().public_bytes_raw().hex(), by="the tests")
    return lambda: archive.opened(taking.take(), pair.private_bytes_raw(), tmp_path)


def test_a_file_comes_back_and_one_that_may_be_an_indecent_image_is_in_no_backup(back, triaged, keep, amara, storage):
    letter, image = keep(triaged, "letter.txt", CONTENT), keep(triaged)
    image.lock_away(by=amara)
    with back() as found:
        assert CONTENT not in found.open(f"files/{letter.path}").read()
        for file in (letter, image):
            file.throw_away()
        assert restoring.put_files_back(found) == 1
    with letter.opened() as file:
        assert file.read() == CONTENT
    assert [one.name for one in storage.iterdir()] == [letter.pk.hex]
    with pytest.raises(sweeping.BytesMissing):
        sweeping.sweep()  # said out loud: the evidence is not here


def test_the_bytes_of_what_was_erased_since_are_deleted_again(back, triaged, keep, storage):
    letter = keep(triaged, "letter.txt", CONTENT)
    with back() as found:
        restoring.put_files_back(found)
    assert restoring.erase_again({triaged.root: now()}) == 1
    assert list(storage.iterdir()) == []
    with pytest.raises(Gone), letter.opened():
        raise AssertionError


def test_a_file_destroyed_by_itself_stays_so(back, triaged, keep, storage):
    """It has a key of its own, and that is on the list too."""
    letter, other = keep(triaged, "letter.txt", CONTENT), keep(triaged)
    with event("erase", by="the tests"):
        keys.erase(letter.pk)
    with back() as found:
        restoring.put_files_back(found)
        listed = restoring.list_of_erasures(found, "nowhere")
    restoring.erase_again(listed)
    with pytest.raises(Gone), letter.opened():
        raise AssertionError
    with other.opened() as file:
        assert file.read()
