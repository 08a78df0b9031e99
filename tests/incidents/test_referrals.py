"""A referral from when it is considered to how it ended, what it owes by when, and the meetings that come of it (R5, R7 to R9)."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from harmony.audit.events import event
from harmony.audit.transitions import Refused, StateMoved
from harmony.notifications import waits
from harmony.notifications.models import Notice
from harmony.organisation.models import Council, HelpContact
from incidents.models import Case, Meeting, Referral
from incidents.ringing import proposed
from incidents.waits import WITH_OTHERS
from tests.clients import same_as_missing

from .conftest import AT, DAY, HOUR, WEIGHED, said
from .planning import end

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
HEARD = {"whom": "Nia, front door", "words": "They know what we know."}
ASKED = {"agency": "children", "council": None, "why": "He is afraid to go home.", "informed": "risk"}
EASTMOOR = {
    "name": "Eastmoor",
    "children_phone": "01632 960 801",
    "children_hours": "Mon-Fri 09:00-17:00",
    "edt_phone": "01632 960 802",
    "edt_hours": "always",
    "lado_phone": "01632 960 803",
    "lado_hours": "Mon-Fri 09:00-17:00",
    "adults_phone": "",
    "adults_hours": "",
    "web": "",
    "escalation": "",
}


@pytest.fixture
def weighed(report, amara):
    """High, and to be referred: contact outside is owed."""
    case = report(at=AT).case
    case.triage(**WEIGHED | {"refer": True}, by=amara, at=AT)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def considered(weighed, amara):
    referral = Referral(case=weighed)
    referral.consider(**ASKED, informed_why="He is who hurts him.", by=amara, at=AT)
    return referral


@pytest.fixture
def eastmoor(amara):
    council = Council()
    council.add(**EASTMOOR, by=amara)
    return council


def heard(at):
    return HEARD | {"happened_at": at}


def climb(at):
    before = set(Notice.objects.values_list("pk", flat=True))
    waits.climb(at, WITH_OTHERS)
    return said(Notice.objects.exclude(pk__in=before))


def test_a_referral_from_the_call_to_a_challenge_that_is_heard(considered, weighed, amara, tom, on_call):
    on_call(amara)
    considered.tell(**heard(AT + HOUR), their_reference="NB-1", by=amara, at=AT + HOUR)
    assert considered.due_at == AT + DAY + HOUR  # in writing within a working day: Tuesday to Wednesday
    considered.send(**heard(AT + 2 * HOUR), by=amara, at=AT + 2 * HOUR)
    assert (considered.due_at, considered.their_reference) == (AT + 2 * DAY + 2 * HOUR, "NB-1")
    considered.confirm(**heard(AT + 3 * HOUR), by=amara, at=AT + 3 * HOUR)
    assert considered.due_at == AT + 2 * DAY + 2 * HOUR  # that they have it is no answer
    assert climb(AT + 2 * DAY) == []
    late = AT + 2 * DAY + 3 * HOUR
    assert climb(late) == [("Amara", "case_late"), ("Tom", "case_late")]
    considered.chase(**heard(late), by=amara, at=late)
    assert climb(late + HOUR) == []
    considered.refuse(**heard(late + HOUR), by=amara, at=late + HOUR)
    for stage in (1, 2, 3):
        considered.challenge(**heard(late + stage * DAY), by=amara, at=late + stage * DAY)
        assert (considered.status, considered.stage) == ("challenged", stage)
    assert considered.due_at == AT + 10 * DAY + 7 * HOUR  # five working days from a Sunday: the Friday after, at five
    with pytest.raises(Refused, match="three times"):
        considered.challenge(**heard(late + 4 * DAY), by=amara, at=late + 4 * DAY)
    considered.accept(**heard(late + 5 * DAY), by=amara, at=late + 5 * DAY)
    assert considered.due_at is None
    with pytest.raises(StateMoved):
        considered.chase(**heard(late + 6 * DAY), by=amara, at=late + 6 * DAY)
    told = [entry.words.split("\n")[0] for entry in weighed.entries.filter(kind="contact")]
    assert told[0] == "Referral to Children’s services. Told by phone or face to face."
    assert "Referral to Children’s services. Challenged, stage 3." in told
    assert Case.objects.get(pk=weighed.pk).contacted_at == AT + HOUR


def test_not_to_refer_has_a_reason_and_meets_the_clock(considered, weighed, amara):
    assert climb(AT + 9 * DAY) == []  # the case's own clock climbs for both
    considered.leave("His aunt has him, and the police are told.", by=amara, at=AT + HOUR)
    case = Case.objects.get(pk=weighed.pk)
    assert (case.contacted_at, case.refer, case.refer_reason) == (
        AT + HOUR,
        False,
        "His aunt has him, and the police are told.",
    )
    assert considered.due_at is None


def test_a_case_with_an_open_referral_stays_open_and_the_database_keeps_each_step(considered, weighed, amara):
    case = Case.objects.get(pk=weighed.pk)
    with pytest.raises(Refused, match="referral has no end"):
        end(case, "safe", "It has stopped.", by=amara)
    considered.send(**heard(AT), by=amara, at=AT)
    step = considered.steps.get()
    refused = (
        lambda: type(step).objects.filter(pk=step.pk).update(stage=2),
        considered.delete,
        lambda: Referral.objects.filter(pk=considered.pk).update(due_at=None),
        lambda: Referral.objects.filter(pk=considered.pk).update(status="lost"),
    )
    for attempt in refused:
        with pytest.raises(DatabaseError), transaction.atomic(), event("try", by=amara):
            attempt()


def test_the_council_is_that_where_the_child_lives_or_the_adult_works(weighed, amara, eastmoor):
    [ours] = proposed(weighed)
    assert (ours.council, ours.lines) == (None, [])
    HelpContact(code="mash").add("Front door", "Children", "01632 960 990", "", "always", None, by=amara)
    known = {"age": "", "handle": "", "notes": "", "young_person": None}
    weighed.add_person(part="affected", name="Zed A", **known, by=amara)
    weighed.add_person(part="adult", name="A coach", works_in=eastmoor, **known, by=amara)
    ours, theirs = proposed(weighed)
    assert (ours.lives, [line.phone for line in ours.lines]) == (["Zed A"], ["01632 960 990"])
    assert (theirs.name, theirs.works) == ("Eastmoor", ["A coach"])
    assert [line.phone for line in theirs.lines] == ["01632 960 803", "01632 960 802"]
    eastmoor.confirm(by=amara)
    eastmoor.change(**EASTMOOR, by=amara)
    assert eastmoor.checked_on
    eastmoor.change(**EASTMOOR | {"edt_phone": "01632 960 809"}, by=amara)
    assert eastmoor.checked_on is None


def test_a_meeting_owes_a_report_then_what_came_of_it_then_its_minutes(weighed, amara, tom, on_call):
    on_call(amara)
    meeting, comes = Meeting(case=weighed), AT + 7 * DAY
    invited = {"place": "Council offices", "chair": "Nia", "invited": "Amara", "report_due": comes - 2 * DAY}
    with pytest.raises(Refused, match="before the meeting"):
        Meeting(case=weighed).invite(kind="initial", happens_at=AT, **invited, by=amara, at=AT)
    meeting.invite(kind="initial", happens_at=comes, **invited, by=amara, at=AT)
    assert climb(comes - DAY) == [("Amara", "case_late"), ("Tom", "case_late")]
    meeting.send_report("To Nia. His mum has read it.", comes - DAY, by=amara, at=comes - DAY)
    assert meeting.due_at == comes + DAY
    with pytest.raises(Refused, match="still to come"):
        meeting.hold("Amara, Nia", "A plan.", by=amara, at=comes - HOUR)
    meeting.hold("Amara, Nia", "A plan for a year.", by=amara, at=comes + HOUR)
    assert meeting.due_at == comes + 14 * DAY + HOUR  # ten working days
    meeting.get_minutes("In the files.", by=amara, at=comes + 2 * DAY)
    assert (meeting.due_at, meeting.decisions) == (None, "A plan for a year.")
    assert weighed.entries.filter(kind="meeting").get().happened_at == comes


def test_its_pages_are_walked_from_considering_to_the_answer(weighed, sign_in, amara, leah, eastmoor):
    client = sign_in(amara)
    start = reverse("incidents:add_referral", args=[weighed.pk])
    answers = ASKED | {"council": str(eastmoor.pk), "informed_why": ""}
    refused = client.post(start, answers)
    assert "Say why, in a sentence." in refused.content.decode()
    client.post(start, answers | {"informed_why": "It would warn him."})
    referral = Referral.objects.get()
    page = client.get(referral.get_absolute_url()).content.decode()
    assert "01632 960 801" in page and "It would warn him." in page
    day = (AT - DAY).date()
    when = dict(
        zip((f"happened_at_{one}" for one in ("day", "month", "year")), (day.day, day.month, day.year), strict=True)
    )
    words = HEARD | when | {"happened_at_time": "4:30pm", "their_reference": ""}
    step = lambda name: reverse("incidents:referral_step", args=[weighed.pk, referral.pk, name])
    client.post(step("sent"), words)
    assert client.post(step("told"), words).status_code == 409
    client.post(step("answered"), words | {"decision": "no"})
    referral.refresh_from_db()
    assert referral.status == "not_accepted"
    assert client.get(step("nothing")).status_code == 404
    nowhere = reverse("incidents:referral", args=[uuid4(), uuid4()])
    assert same_as_missing(sign_in(leah), referral.get_absolute_url(), nowhere)
