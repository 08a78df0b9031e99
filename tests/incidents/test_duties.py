"""The duty to tell of sexual abuse: from its day on a record of whoever has it, which nobody else can answer (R22, N23)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.timezone import localdate, now

from harmony.audit.events import event
from harmony.audit.transitions import Refused
from harmony.notifications import waits
from harmony.notifications.models import Notice
from harmony.organisation.models import Organisation
from incidents.models import Case, Duty
from incidents.timeline import timeline
from incidents.waits import DUTIES
from tests.clients import same_as_missing

from .conftest import DAY, HOUR, WEIGHED, said
from .planning import end

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
GROOMED = WEIGHED | {"kind": "CT-GROOM", "caused_by": "stranger"}
WHEN = {
    f"told_at_{part}": value
    for part, value in zip(("day", "month", "year", "time"), ("26", "11", "2026", "4pm"), strict=True)
}
TOLD = {"said": "told", "told_whom": "police", "reference": "42/118/26"} | WHEN
NOWHERE = reverse("incidents:my_duty", args=[uuid4()])
OTHER = {"said": "other", "told_whom": "council", "told_at": now() - HOUR, "told_by": "Her school"}


def words(response):
    return response.content.decode()


@pytest.fixture
def law(organisation, amara):
    """The duty applies since a month ago."""
    organisation.date_duty(localdate() - timedelta(days=30), by=amara)
    return organisation


@pytest.fixture
def groomed(report, line):
    """groomed(): reported by Sam, and weighed by Amara as grooming."""

    def weigh(about=(), by=None, **written):
        case = report(about=about, **written).case
        case.triage(**GROOMED, by=by or line[0])
        return Case.objects.get(pk=case.pk)

    return weigh


def close(case, by):
    end(case, "police", "The police have him.", by=by)


def test_before_its_day_nobody_sees_anything_of_it(groomed, organisation, line, sam, amara, sign_in):
    case = groomed()
    assert not Duty.objects.exists()
    client = sign_in(amara)
    assert "tell in person" not in words(client.get(case.get_absolute_url()))
    assert client.get(reverse("incidents:duties", args=[case.pk])).status_code == 404
    organisation.date_duty(localdate() + timedelta(days=1), by=amara)
    assert not groomed().duties.exists()
    close(case, amara)


def test_whoever_reported_it_is_asked_at_once_and_answers_for_themselves(law, groomed, sam, amara, sign_in):
    case = groomed()
    duty = case.duties.get()
    assert (duty.user, duty.due_at - duty.arose_at) == (sam, DAY)
    assert said(Notice.objects.filter(clock="duty")) == [("Sam", "duty")]
    client = sign_in(sam)
    assert case.reference in words(client.get("/"))
    page = words(client.get(duty.get_absolute_url()))
    assert "This is asked of you in person" in page and "grooming" not in page.lower()
    answer = client.post(duty.get_absolute_url(), {"said": "told"})
    assert "Say who was told." in words(answer) and "Say when they were told." in words(answer)
    assert client.post(duty.get_absolute_url(), TOLD).url == duty.get_absolute_url()
    page = words(client.get(duty.get_absolute_url()))
    assert "You told them" in page and "42/118/26" in page and "Save what I say" not in page
    duty.refresh_from_db()
    assert (duty.status, duty.answered_by, duty.reference) == ("told", sam, "42/118/26")
    assert "Duty of Sam to tell" in [one for one in timeline(case) if one.tone == "key"][-1].words
    assert not Notice.objects.filter(clock="duty", stopped_at=None).exists()
    assert "42/118/26" in words(sign_in(amara).get(case.get_absolute_url()))


def test_it_is_nobody_elses_to_answer(law, groomed, sam, amara, tom, sign_in):
    duty = groomed().duties.get()
    with pytest.raises(PermissionDenied):
        duty.answer(**OTHER, by=amara)
    with pytest.raises(PermissionDenied):
        duty.set_aside("He did.", by=sam)
    assert same_as_missing(sign_in(tom), duty.get_absolute_url(), NOWHERE)
    with pytest.raises(IntegrityError), transaction.atomic(), event("forge", by=amara, about=duty):
        Duty.objects.filter(pk=duty.pk).update(
            status="told", answered_by=amara, answered_at=now(), told_at=now(), told_whom="police"
        )


def test_a_case_stays_open_until_they_have_said(law, groomed, sam, amara, sign_in):
    case = groomed()
    with pytest.raises(Refused, match="told the police or the council"):
        close(case, amara)
    with pytest.raises(IntegrityError), transaction.atomic(), event("close", by=amara, about=case):
        ended = {"status": "closed", "outcome": "safe", "closed_at": now(), "closed_by": amara, "quiet_due": None}
        Case.objects.filter(pk=case.pk).update(**ended, closing_reason=F("rationale"))
    client = sign_in(amara)
    assert "Somebody has not said yet" in words(client.get(reverse("incidents:close", args=[case.pk])))
    duty = case.duties.get()
    aside = reverse("incidents:set_duty_aside", args=[case.pk, duty.pk])
    assert "Say why, in a sentence." in words(client.post(aside, {"why": ""}))
    client.post(aside, {"why": "He is ill. I rang the police on Monday."})
    close(case, amara)
    Duty.objects.get().answer(**OTHER, by=sam)  # still his to say, and in a closed case too
    assert Duty.objects.get().status == "other"


def test_it_climbs_until_it_is_answered(law, groomed, sam, ruth):
    duty = groomed().duties.get()
    waits.climb(duty.due_at - HOUR, DUTIES)
    assert not Notice.objects.filter(clock="duty_late").exists()
    waits.climb(duty.due_at, DUTIES)
    assert said(Notice.objects.filter(clock="duty", rung=1)) == [("Sam", "duty_late")]
    assert ("Amara", "case_late") in said(Notice.objects.filter(clock="duty_late"))
    assert not {"Ruth", "Gwen"} & {name for name, _ in said(Notice.objects.filter(clock="duty_late"))}
    waits.climb(duty.due_at + DAY, DUTIES)
    assert {"Ruth", "Gwen"} <= {name for name, _ in said(Notice.objects.filter(clock="duty_late"))}
    assert Notice.objects.filter(clock="duty", recipient=sam).count() == 3
    duty.answer(**OTHER, by=sam)
    before = Notice.objects.count()
    waits.climb(duty.due_at + 3 * DAY, DUTIES)
    assert Notice.objects.count() == before


def test_whoever_is_kept_out_is_never_asked_and_holds_nothing_up(law, groomed, leah, sam, ruth, amara, sign_in):
    own = groomed(about=leah, by=ruth, author=leah)  # told by herself
    assert not own.duties.exists()
    case = groomed()
    duty = case.duties.get()
    case.recuse(sam, by=amara, why="His cousin.")
    assert not Duty.objects.visible_to(sam).exists() and not Duty.objects.owed().exists()
    assert same_as_missing(sign_in(sam), duty.get_absolute_url(), NOWHERE)
    waits.climb(duty.due_at + DAY, DUTIES)
    assert not Notice.objects.filter(clock__startswith="duty", rung__gt=0).exists()
    page = words(sign_in(amara).get(reverse("incidents:duties", args=[case.pk])))
    assert "Nobody has been asked." in page
    close(case, amara)


def test_images_ask_at_filing_and_somebody_else_is_asked_by_hand(law, report, line, sam, leah, amara, sign_in):
    case = report(images="yes").case
    assert [duty.user for duty in case.duties.all()] == [sam]
    client, page = sign_in(amara), reverse("incidents:duties", args=[case.pk])
    assert client.post(page, {"colleague": leah.pk}).status_code == 302
    assert {duty.user for duty in case.duties.all()} == {sam, leah}
    with pytest.raises(Refused, match="asked already"):
        Case.objects.get(pk=case.pk).ask_to_tell(leah, by=amara)
    client.post(reverse("incidents:triage", args=[case.pk]), GROOMED)
    assert case.duties.count() == 2  # weighed too, asked once


def test_the_day_is_set_on_a_page_of_the_organisation(organisation, amara, sam, sign_in):
    client, page = sign_in(amara), reverse("home:duty")
    client.post(page, {"duty_from_day": "1", "duty_from_month": "April", "duty_from_year": "2027"})
    assert Organisation.current().duty_from.isoformat() == "2027-04-01"
    client.post(page, {"duty_from": ""})
    assert Organisation.current().duty_from is None
    assert sign_in(sam).get(page).status_code == 404
