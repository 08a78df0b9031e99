"""A legal hold: while it stands nobody destroys the record, by whatever way they try; a second person lifts it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.audit.transitions import Refused
from harmony.encryption import keys
from harmony.encryption.models import RootKey
from harmony.retention.models import Hold, Proposal
from incidents.models import Case

from .conftest import LATER

pytestmark = pytest.mark.django_db
STANDS = "A legal hold stands on this"


def refused(does):
    with event("try", by="the tests"), pytest.raises(IntegrityError, match=STANDS), transaction.atomic():
        does()


def raw(sql, *values):
    def run():
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    return run


def as_kept(pk):
    return pk.hex if connection.vendor == "sqlite" else str(pk)


def test_while_it_stands_nothing_destroys_the_record_in_any_way(closed, held, amara, tom):
    case, report = closed(), closed().reports.get()
    held(case)
    own, told = case.root, case.reports.get().root
    for root in (own, told):
        refused(lambda root=root: keys.erase(root))
        refused(RootKey.objects.filter(root=root).delete)
        wipe = "UPDATE encryption_rootkey SET wrapped = '', erased_at = %s WHERE root = %s"
        refused(raw(wipe, now(), as_kept(root)))
        refused(raw("DELETE FROM encryption_rootkey WHERE root = %s", as_kept(root)))
    refused(lambda: Case.objects.filter(pk=case.pk).update(destroyed_at=now()))
    refused(raw("DELETE FROM incidents_case WHERE id = %s", as_kept(case.pk)))
    assert keys.for_reading({own, told}).keys() == {own, told}
    with event("erase", by="the tests"):
        keys.erase(report.root)  # what nobody holds
    assert keys.for_reading({report.root}) == {}


def test_its_files_are_held_with_it(closed, held, report, amara, storage):
    from harmony.files.taking import Taken
    from incidents.models import CaseFile

    case = report().case
    CaseFile.take(case, Taken.of("chat.txt", b"hello"), True, by=amara)
    held(case)
    refused(lambda: keys.erase(case.files.get().pk))


def test_a_second_person_lifts_it_and_says_why(closed, held, amara, tom):
    case = closed()
    hold = held(case)
    with pytest.raises(Refused, match="Somebody else has to lift this"):
        hold.lift(by=amara, why="Over.")
    hold.lift(by=tom, why="The court is done.")
    hold = Hold.objects.get(pk=hold.pk)
    assert (hold.status, hold.lifted_by, hold.lifted_why) == ("lifted", tom, "The court is done.")
    with event("erase", by="the tests"):
        keys.erase(case.root)
    assert Hold.objects.get().why == "(erased)", "its words go with the record"


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "lifted"},
        {"status": "lifted", "lifted_by": "amara"},
        {"placed_by": "tom"},
        {"reference": "AAA-AAAA"},
    ],
    ids=str,
)
def test_the_database_keeps_a_hold_as_it_was_placed(closed, held, amara, tom, changes):
    hold, people = held(closed()), {"amara": amara, "tom": tom}
    changed = {name: people.get(value, value) for name, value in changes.items()}
    if "lifted_by" in changed:
        changed["lifted_at"] = now()
    with event("try", by="the tests"), pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.filter(pk=hold.pk).update(**changed)
    with event("try", by="the tests"), pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.filter(pk=hold.pk).delete()


def test_what_was_destroyed_cannot_be_held(closed, held):
    case = closed()
    keep = Hold(kind="case", about=case.pk, root=case.root, reference=case.reference, placed_by=case.owner)
    keep.why = "A court"
    sealed = Hold._meta.get_field("why").pre_save(keep, True)
    with event("erase", by="the tests"):
        keys.erase(case.root)
    keep.why = sealed
    with event("try", by="the tests"), pytest.raises(IntegrityError, match="destroyed"), transaction.atomic():
        Hold.objects.bulk_create([keep])


def test_a_hold_wins_over_the_schedule_and_over_two_people(proposed, held, amara, tom):
    case, proposal = proposed()
    proposal.agree(by=tom, at=LATER)
    held(case)
    with pytest.raises(Refused, match=STANDS):
        proposal.destroy(by=amara, at=LATER)
    forced = {"status": "destroyed", "destroyed_by": amara, "destroyed_at": LATER, "fingerprint": "0"}
    refused(lambda: Proposal.objects.filter(pk=proposal.pk).update(**forced))


def test_only_who_decides_places_one(closed, held, sam, person):
    case = closed()
    for user in (sam, person("Ada Auditor", "auditor"), person("Olu Office", "office")):
        with pytest.raises(PermissionDenied):
            held(case, by=user)


def test_the_pages(closed, sign_in, amara, tom, sam):
    case = closed()
    address = reverse("retention:hold", args=["case", case.pk])
    client = sign_in(amara)
    assert address in client.get(case.get_absolute_url()).text
    empty = client.post(address, {"why": ""})
    assert "Say why, in a sentence." in empty.text
    assert client.post(address, {"why": "A court asks."}).url == address
    page = client.get(address).text
    assert "A court asks." in page and "somebody else has to lift it" in page
    again = client.post(address, {"why": "Twice."})
    assert "stands on this already" in again.text and Hold.objects.count() == 1
    hold = Hold.objects.get()
    lift = reverse("retention:lift", args=[hold.pk])
    assert "You placed it" in client.post(lift, {"why": "Over"}).text
    client = sign_in(tom)
    assert case.reference in client.get(reverse("retention:past")).text
    assert client.post(lift, {"why": "Over"}).status_code == 302
    assert Hold.objects.standing().count() == 0
    client = sign_in(sam)
    for there in (address, lift, reverse("retention:past")):
        assert client.get(there).status_code == 404


def test_to_whoever_is_kept_out_there_is_none(closed, held, sign_in, amara, tom, ruth):
    case = closed()
    hold = held(case)
    case.recuse(tom, by=amara, why="He knows them")
    client = sign_in(tom)
    assert client.get(reverse("retention:hold", args=["case", case.pk])).status_code == 404
    assert client.get(reverse("retention:lift", args=[hold.pk])).status_code == 404
    assert case.reference not in client.get(reverse("retention:past")).text
    assert "0 under a legal hold" in client.get(reverse("retention:schedule")).text
    assert client.get(reverse("retention:hold", args=["nothing", case.pk])).status_code == 404
