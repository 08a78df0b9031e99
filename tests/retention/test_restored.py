"""A backup from before: what was destroyed since is destroyed again, and what no backup may hold is said to be missing."""

from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.encryption import keys
from harmony.files import sweeping
from harmony.files.backups import left_out, not_restored
from harmony.files.taking import Taken
from harmony.home.backups import restoring
from harmony.retention.models import Hold, Proposal
from incidents.models import Case, CaseFile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.BACKUP_FOLDER = tmp_path / "backups"


def test_a_hold_that_stood_in_the_backup_was_lifted_since(closed, held, sign_in, amara):
    """Else the key would be there. So the list of erasures wins, and the book says that it did."""
    case, kept = closed(), closed()
    held(case), held(kept)
    roots = [case.root, *case.reports.values_list("root", flat=True)]
    assert restoring.erase_again(dict.fromkeys(roots, now())) == 2
    assert keys.for_reading(set(roots)) == {}
    assert {hold.about: hold.status for hold in Hold.objects.all()} == {case.pk: "overtaken", kept.pk: "standing"}
    assert list(Case.objects.visible_to(amara)) == [kept]
    client = sign_in(amara)
    assert case.reference not in client.get(reverse("retention:past")).text
    call_command("verify_audit", verbosity=0, stdout=StringIO())


def test_what_was_proposed_in_the_backup_waits_for_nobody(proposed, amara):
    case, _proposal = proposed()
    roots = [case.root, *case.reports.values_list("root", flat=True)]
    restoring.erase_again(dict.fromkeys(roots, now()))
    assert not Proposal.objects.visible_to(amara).exists()


def test_a_file_that_was_destroyed_alone_is_destroyed_again_though_its_case_was_held(report, held, amara, storage):
    case = report().case
    CaseFile.take(case, Taken.of("chat.txt", b"hello"), True, by=amara)
    held(case)
    restoring.erase_again({case.files.get().pk: now()})
    assert sweeping.lying() == set() and sweeping.sweep(now()) == 0
    assert list(Case.objects.visible_to(amara)) == [case]


def test_what_was_locked_away_is_in_no_backup_and_the_sweep_says_so_once_and_goes_on(report, sign_in, amara, storage):
    case = report().case
    for name in ("chat.txt", "letter.txt"):
        CaseFile.take(case, Taken.of(name, name.encode()), True, by=amara)
    locked, kept = case.files.get(size=8), case.files.get(size=10)
    locked.lock_away(by=amara)
    default_storage.delete(left_out()[0])  # as after a restore
    with pytest.raises(sweeping.BytesMissing):
        sweeping.sweep(now())  # by itself it is never gone
    with event("restore a backup", by="the tests"):
        assert not_restored(now()) == [locked]
        assert not_restored(now()) == [], "said once"
    assert sweeping.sweep(now()) == 0 and sweeping.lying() == {kept.pk.hex}
    page = sign_in(amara).get(locked.get_absolute_url()).text
    assert "No backup holds a file that may be an indecent image" in page
