"""A file that may be an indecent image: locked away for everybody at once, and destroyed by two people with the police's word."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.audit.transitions import Refused, StateMoved
from harmony.documents import kinds
from harmony.documents.making import in_fours
from harmony.documents.models import Export
from harmony.encryption.models import RootKey
from harmony.files import sweeping
from harmony.files.models import Gone
from harmony.files.taking import Taken
from harmony.notifications.models import Notice
from incidents.certificates import gather
from incidents.documents import files as on_paper
from incidents.models import Case, CaseFile

from .conftest import AT, HOUR
from .planning import end

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
GO = {"police_reference": "42/118/26", "why": "DC Shah says that they have it."}


@pytest.fixture
def locked(triaged, keep, amara):
    file = keep(triaged)
    file.lock_away(by=amara)
    return file


@pytest.fixture
def destroyed(locked, amara, tom, django_capture_on_commit_callbacks):
    locked.ask_to_destroy(GO["police_reference"], by=amara, why=GO["why"])
    with django_capture_on_commit_callbacks(execute=True):
        locked.destroy(by=tom)
    return locked


def test_one_press_and_nobody_opens_it_any_more(triaged, keep, sign_in, amara, tom, storage):
    file = keep(triaged)
    address, bytes_at = file.get_absolute_url(), reverse("incidents:download", args=[file.pk])
    assert "This may be an indecent image" in sign_in(amara).get(address).text
    for _press in range(2):
        assert sign_in(amara).post(reverse("incidents:lock_away", args=[file.pk])).url == address
    for user in (amara, tom):
        page = sign_in(user).get(address).text
        assert "Ring the police now" in page and "Have you seen it?" in page and bytes_at not in page
        assert sign_in(user).get(bytes_at).status_code == 404
    with pytest.raises(Gone), file.opened():
        pass
    assert (storage / file.pk.hex).exists(), "the police may need it"
    assert "Locked away" in sign_in(tom).get(reverse("incidents:files", args=[triaged.pk])).text


def test_its_case_is_critical_from_then_on_and_takes_no_file(triaged, keep, amara, tom):
    file = keep(triaged)
    file.lock_away(by=amara, at=(at := now()))
    case = Case.objects.get(pk=triaged.pk)
    assert (case.severity, case.imagery, case.contacted_at) == ("critical", True, None)
    assert case.contact_due <= at + timedelta(days=1)
    told = Notice.objects.filter(about=case.pk, clock="image", urgent=True)
    assert {notice.recipient for notice in told} == {amara, tom}
    assert case.actions.open().get().what.startswith("Offer support to whoever saw the file")
    assert "locked away" in case.entries.filter(kind="decision").last().words
    with pytest.raises(Refused, match="No file is ever taken"):
        CaseFile.take(case, Taken.of("b.txt", b"more"), True, by=amara)


def test_so_is_one_that_nobody_has_weighed(report, keep, on_call, amara):
    on_call(amara)
    case = report(at=AT).case
    keep(case).lock_away(by=amara, at=AT + HOUR)
    weighed = Case.objects.get(pk=case.pk)
    assert (weighed.pressing, weighed.is_urgent, weighed.imagery) == (True, True, True)
    assert weighed.triage_due < case.triage_due and weighed.acknowledge_due <= case.acknowledge_due


def test_and_one_that_was_closed_is_open_again(triaged, keep, amara):
    file = keep(triaged)
    end(triaged, "safe", "He is safe.", by=amara)
    file.lock_away(by=amara)
    case = Case.objects.get(pk=triaged.pk)
    assert (case.status, case.severity, case.outcome) == ("triaged", "critical", "")
    assert any("It was closed as “Safe: nothing more to do”: He is safe." in one.words for one in case.entries.all())


def test_no_paper_names_it_and_no_new_backup_holds_it(triaged, keep, amara):
    file, other = keep(triaged), keep(triaged, "letter.txt", b"A letter.")
    assert {one["name"] for one in on_paper(triaged)} == {"chat.txt", "letter.txt"}
    file.lock_away(by=amara)
    assert [(one["name"], one["hash"]) for one in on_paper(triaged)] == [("letter.txt", other.digest)]
    call_command("files_left_out", stdout=(said := StringIO()))
    assert said.getvalue() == f"/sealed/{file.pk.hex}\n"


def test_two_people_and_the_word_of_the_police_destroy_it(
    locked, sign_in, amara, tom, storage, django_capture_on_commit_callbacks
):
    ask, destroy = (reverse(f"incidents:{name}", args=[locked.pk]) for name in ("ask_to_destroy", "destroy"))
    assert sign_in(tom).post(destroy).status_code == 403
    wrong = sign_in(amara).post(ask, {"why": "They have it."})
    assert "Give the reference that the police gave you." in wrong.text and "They have it." in wrong.text
    assert sign_in(amara).post(ask, GO).url == locked.get_absolute_url()
    own = sign_in(amara).get(locked.get_absolute_url()).text
    assert "Tom Ellery, deputy safeguarding officer" in own and "I agree" not in own
    assert sign_in(amara).post(destroy).status_code == 403
    assert "I agree: destroy it for good" in sign_in(tom).get(locked.get_absolute_url()).text
    with django_capture_on_commit_callbacks(execute=True):
        assert sign_in(tom).post(destroy).url == locked.get_absolute_url()
    assert not (storage / locked.pk.hex).exists()
    assert RootKey.objects.get(root=locked.pk).erased_at and not RootKey.objects.get(root=locked.root).erased_at
    assert "Reference of the police: 42/118/26" in sign_in(tom).get(locked.get_absolute_url()).text
    assert sweeping.sweep() == 0


def test_the_certificate_says_which_file_and_who(destroyed, amara, tom):
    kind = kinds.get("destruction")
    export = Export.of(kind, destroyed, uuid4(), "police", "For DC Shah.", by=tom)
    said = str(gather(export.record_for(tom), export, now()))
    for word in (in_fours(destroyed.digest), "42/118/26", "Amara Okafor", "Tom Ellery"):
        assert word in said
    assert "chat.txt" not in said


def test_it_may_stay_after_all(locked, amara, tom):
    locked.ask_to_destroy(GO["police_reference"], by=amara, why=GO["why"])
    locked.keep_locked(by=tom, why="They want it first.")
    with pytest.raises(PermissionDenied):
        locked.destroy(by=tom)
    with pytest.raises(StateMoved):
        locked.keep_locked(by=tom, why="They want it first.")


@pytest.mark.parametrize(
    "change",
    [
        {"status": "kept"},
        {"status": "destroyed"},
        {"status": "destroyed", "destroyed": "amara", "asked": "amara"},
        {"status": "destroyed", "destroyed": "tom", "asked": "amara"},  # no reference
    ],
    ids=str,
)
def test_the_database_lets_nobody_go_round_it(locked, amara, tom, change):
    people = {"amara": amara, "tom": tom}
    values = {"status": change["status"], "destroyed_at": now(), "asked_at": now()}
    values |= {f"{name}_by": people[who] for name, who in change.items() if name != "status"}
    with event("change", by=amara), pytest.raises(IntegrityError), transaction.atomic():
        CaseFile.objects.filter(pk=locked.pk).update(**values)
    with event("change", by=amara), pytest.raises(IntegrityError), transaction.atomic():
        CaseFile.objects.filter(pk=locked.pk).delete()


def test_whoever_does_not_work_the_case_can_do_none_of_it(locked, leah, sign_in):
    for name in ("file", "download", "ask_to_destroy", "keep_locked"):
        assert sign_in(leah).get(reverse(f"incidents:{name}", args=[locked.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        locked.ask_to_destroy(GO["police_reference"], by=leah, why=GO["why"])


def test_locked_bytes_stay_until_the_sweep_may_take_them(destroyed, storage):
    """A machine that stopped between the row and the bytes: the sweep deletes them."""
    (storage / destroyed.pk.hex).write_bytes(b"left behind")
    assert sweeping.sweep(at=now() + timedelta(hours=2)) == 1
