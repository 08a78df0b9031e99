"""A case opened in an emergency: to read, for an hour, with everybody else who leads told, and never by who is kept out (N8)."""

import inspect
import re
import time
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.audit.transitions import Refused, StateMoved, table
from harmony.notifications import waits
from harmony.notifications.models import Notice
from incidents.models import Case, Emergency
from incidents.waits import EMERGENCIES

from .conftest import DAY, HOUR, MINUTE, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
OPEN = reverse("incidents:open_in_emergency")
WHY = "A child is on the roof and nobody answers."
THEIRS_ANYWAY = {"keep_family_out", "hand_over", "open_in_emergency"}  # asks no sight of the case, or is this step


def words(response):
    return response.content.decode()


@pytest.fixture
def opened(report, line, gwen):
    """A case about a child that Gwen, the chair, reads for an hour from now."""
    case = report().case
    case.open_in_emergency(by=gwen, why=WHY)
    return case.emergencies.get()


def test_by_its_reference_and_a_reason_it_is_read_for_an_hour(report, line, gwen, sign_in):
    case, client = report().case, sign_in(gwen)
    assert client.get(case.get_absolute_url()).status_code == 404
    assert OPEN in words(client.get(reverse("incidents:cases")))
    assert client.post(OPEN, {"reference": case.reference.lower(), "why": WHY}).url == case.get_absolute_url()
    page = words(client.get(case.get_absolute_url()))
    assert "A bruise on his arm." in page and "You opened this case in an emergency" in page
    assert case.emergencies.get().ends_at - case.emergencies.get().opened_at == timedelta(minutes=60)
    assert Entry.objects.filter(root=case.root.hex, verb="open_in_emergency", actor_id=gwen.pk.hex).exists()


def test_after_the_hour_it_is_as_if_there_were_none(report, line, gwen, sign_in):
    case = report().case
    case.open_in_emergency(by=gwen, why=WHY, at=now() - 60 * MINUTE)
    assert not Case.objects.visible_to(gwen).exists()
    assert sign_in(gwen).get(case.get_absolute_url()).status_code == 404


def test_every_step_of_it_is_refused(opened, gwen, sign_in):
    case = opened.case
    for step in table(Case):
        take = getattr(case, step.verb)
        wanted = inspect.signature(take).parameters.values()
        empty = {one.name: None for one in wanted if one.default is one.empty and one.name not in ("by", "at", "why")}
        if step.verb not in THEIRS_ANYWAY:
            with pytest.raises(PermissionDenied):
                take(**empty, by=gwen, why="I may read it.")
    assert sign_in(gwen).post(reverse("incidents:acknowledge", args=[case.pk])).status_code == 403
    assert sign_in(gwen).get(reverse("incidents:print_case", args=[case.pk])).status_code == 403


def test_everybody_else_who_leads_hears_in_the_same_breath(opened, amara, ruth, dev, sign_in):
    told = Notice.objects.filter(clock="emergency")
    assert {notice.recipient for notice in told} == {amara, ruth, dev}
    assert {notice.link for notice in told} == {opened.get_absolute_url()} and told[0].urgent
    page = words(sign_in(dev).get(opened.get_absolute_url()))
    assert WHY in page and opened.case.reference in page and "Gwen Price opened a case" in page
    assert opened.case.get_absolute_url() not in page  # he learns of it, and may not read it


def test_where_nobody_is_left_to_be_told_it_stays_shut(report, tom, gwen, sign_in):
    case = report().case
    with pytest.raises(Refused):
        case.open_in_emergency(by=gwen, why=WHY)
    answer = sign_in(gwen).post(OPEN, {"reference": case.reference, "why": WHY})
    assert "There is no case with this reference that you can open." in words(answer)
    assert not Emergency.objects.exists() and not case.entries.exists() and not Case.objects.visible_to(gwen).exists()


def test_wrong_missing_and_kept_out_get_one_answer_and_one_line(report, line, ruth, dev, sign_in):
    case = report(about=ruth).case
    client, typed = sign_in(ruth), {"why": WHY}
    answers = [client.post(OPEN, typed | {"reference": one}) for one in (case.reference, "AAA-AAAA", "nothing at all")]
    same = {
        re.sub(r'(value|content|data-written)="[^"]*"', "", words(answer)).replace(case.reference, "")
        for answer in answers
    }
    assert len(same) == 1 and {answer.status_code for answer in answers} == {200}
    lines = Entry.objects.filter(verb="emergency refused")
    assert [(line.root, line.changes, line.why) for line in lines] == [(ruth.root.hex, None, "")] * 3
    assert not Emergency.objects.exists() and not Notice.objects.filter(clock="emergency").exists()
    with pytest.raises(PermissionDenied):
        case.open_in_emergency(by=ruth, why=WHY)


def test_who_is_kept_out_learns_nothing_of_it_having_been_opened(report, line, ruth, dev, sign_in):
    case = report(about=ruth).case
    case.open_in_emergency(by=dev, why=WHY)
    assert ruth not in {notice.recipient for notice in Notice.objects.filter(clock="emergency")}
    assert sign_in(ruth).get(case.emergencies.get().get_absolute_url()).status_code == 404


def test_staff_have_no_such_page_and_a_fresh_proof_is_asked(sam, gwen, sign_in):
    assert sign_in(sam).get(OPEN).status_code == 404
    client = sign_in(gwen)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "webauthn", "at": time.time() - 9_000}]
    session.save()
    assert client.get(OPEN).url.startswith(reverse("account_reauthenticate"))


def test_what_was_done_is_asked_for_and_climbs(opened, gwen, line, sign_in):
    waits.climb(opened.ends_at - MINUTE, EMERGENCIES)
    assert not Notice.objects.filter(clock="emergency_asked").exists()
    waits.climb(opened.ends_at, EMERGENCIES)
    assert said(Notice.objects.filter(clock="emergency_asked")) == [("Gwen", "emergency_asked")]
    waits.climb(opened.ends_at + DAY, EMERGENCIES)
    told = {name for name, _sentence in said(Notice.objects.filter(clock="emergency_asked"))}
    assert told == {"Gwen", "Amara", "Ruth", "Dev"}
    client = sign_in(gwen)
    assert "What was done?" in words(client.get(opened.get_absolute_url()))
    client.post(opened.get_absolute_url(), {"answer": "Rang 999 with the address."})
    assert not Notice.objects.filter(clock="emergency_asked", stopped_at=None).exists()
    assert "Rang 999 with the address." in words(client.get(opened.get_absolute_url()))
    with pytest.raises(StateMoved):
        Emergency.objects.get().reply("Nothing.", by=gwen)


def test_the_log_of_the_case_and_its_chronology_say_so(opened, gwen, amara, sign_in):
    sign_in(gwen).get(opened.case.get_absolute_url())
    log = words(sign_in(amara).get(reverse("incidents:access_log", args=[opened.case.pk])))
    assert "opened this in an emergency" in log and "In an emergency" in log and WHY in log
    assert WHY in opened.case.entries.get().words


def test_what_was_said_then_stays(opened):
    with pytest.raises(IntegrityError, match="stays as it was written"), transaction.atomic(), event("try", by="us"):
        Emergency.objects.update(ends_at=now() + 9 * HOUR)
