"""Propose, assess, decide: and nothing that nobody approved can be chosen, by form, by forged post or by SQL (N15, S24)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from consent.forms.permission import UseForm
from consent.models import Purpose, TakeDown
from harmony.audit import guards
from harmony.audit.events import event
from harmony.audit.transitions import Refused
from harmony.notifications.models import Notice
from harmony.organisation.models import Channel
from harmony.people.models import Appointment
from platforms import decisions
from platforms.models import Assessment, Control, Hazard, Platform

from ..consent.conftest import agreed, picture, publish, say, young, zed  # noqa: F401 (fixtures)
from .conftest import OPINION, RISK

pytestmark = pytest.mark.django_db
A_MONTH = timedelta(days=30)


@pytest.fixture
def noor(person):
    return person("Noor Aziz", "consent")


@pytest.fixture
def purpose(noor):
    made = Purpose()
    made.add("Showing what we do", by=noor)
    made.word("May we?", 12, by=noor)
    return made


def offered(purpose):
    """What can be chosen as a channel in consent."""
    return [one.name for one in UseForm(purpose=purpose).fields["channel"].queryset]


def refusal(attempt):
    """What the database says when somebody goes round the steps."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), event("try", by="the tests"):
        attempt()
    return guards.sentence(caught.value)


def sql(words, *values):
    with connection.cursor() as cursor:
        cursor.execute(words, values)


def key(record):
    return record.pk.hex if connection.vendor == "sqlite" else record.pk


# the way


def test_proposed_assessed_and_approved_by_another_it_can_be_chosen_in_consent(
    proposed, sent, purpose, noor, ruth, leah
):
    platform = proposed()
    assert offered(purpose) == []
    assessment = sent(platform)
    assert offered(purpose) == [] and not Channel.objects.exists()
    decisions.approve(assessment, localdate() + A_MONTH, "It is safe so.", by=ruth)
    assert offered(purpose) == ["WhatsApp"]
    channel = Channel.objects.get(pk=platform.pk)
    assert (channel.conditions, channel.approved_until) == (OPINION["conditions"], localdate() + A_MONTH)
    purpose.use_on(channel, "online", by=noor)
    assert purpose.uses.get().channel == channel
    assert Notice.objects.filter(recipient=leah, sentence="platform_decided").count() == 1


def test_refused_it_disappears_and_everybody_reads_why(approved, sent, purpose, amara, ruth, person):
    platform = approved()
    platform.look_again("feature", "It shows where people are.", by=amara)
    assert offered(purpose) == ["WhatsApp"]  # looked at again, and used meanwhile
    decisions.refuse(sent(platform), "It shows where they are.", by=ruth)
    platform.refresh_from_db()
    assert offered(purpose) == [] and platform.status == "refused"
    assert Channel.objects.get().stopped_because == platform.ended_because == "It shows where they are."
    with pytest.raises(Refused):
        platform.look_again("again", by=amara)


def test_retired_what_is_out_on_it_becomes_a_task(approved, purpose, noor, tom, zed, agreed, picture, publish):  # noqa: F811 (fixtures)
    platform = approved()
    purpose.use_on(platform.channel, "online", by=noor)
    agreed(zed, purpose.uses.get())
    publish(picture(zed), purpose.uses.get())
    assert not TakeDown.objects.exists()
    platform.retire(by=tom, why="Nobody reads it any more.")
    assert offered(purpose) == [] and platform.channel.status == "stopped"
    task = TakeDown.objects.open().get()
    assert (task.because, task.publication.use.channel_id) == ("channel", platform.pk)


def test_paused_it_can_be_chosen_nowhere_until_somebody_has_decided(approved, sent, purpose, noor, amara, ruth):
    platform = approved()
    platform.look_again("incident", "Somebody joined who should not.", pause=True, by=amara)
    assert offered(purpose) == [] and platform.channel.status == "paused"
    says = refusal(lambda: purpose.uses.create(channel=platform.channel, lasting="online", since=localdate()))
    assert says == "This channel is not approved, so nothing can be asked for on it."
    decisions.approve(sent(platform), localdate() + A_MONTH, "It is by invitation now.", by=ruth)
    assert offered(purpose) == ["WhatsApp"] and not Platform.objects.get().is_paused


def test_what_reaches_nobody_is_approved_and_is_no_channel(approved, proposed):
    platform = approved(proposed("The laptop of the office", "device", is_channel=False))
    assert platform.status == "approved" and not Channel.objects.exists()


def test_after_its_last_day_nothing_holds_and_it_is_looked_at_again(approved, purpose):
    platform = approved(days=20)
    assert Channel.objects.approved(localdate() + timedelta(days=20)).exists()
    assert not Channel.objects.approved(localdate() + timedelta(days=21)).exists()
    assert list(Platform.objects.due(now())) == [platform]
    assert not Platform.objects.due(now() - timedelta(days=11)).exists()


# forged


def test_a_forged_post_chooses_no_channel_that_is_not_approved(
    client, organisation, approved, proposed, purpose, noor, amara
):
    paused = approved(proposed("Paused"))
    paused.look_again("again", pause=True, by=amara)
    waiting, over = proposed("Waiting"), approved(proposed("Over"))
    over.retire(by=amara, why="Lost")
    client.force_login(noor)
    for platform in (paused, waiting, over):
        answer = client.post(
            reverse("consent:add_use", args=[purpose.pk]), {"channel": str(platform.pk), "lasting": "online"}
        )
        assert answer.status_code == 200 and b"govuk-error-summary" in answer.content
    assert not purpose.uses.exists()


def test_by_sql_no_channel_is_made_nor_opened_that_the_register_does_not_approve(proposed, approved, sent, amara):
    says = "The register of platforms does not approve this, so it is no channel of ours."
    until = localdate() + A_MONTH
    told = {"name": "Snapchat", "conditions": "None", "approved_on": localdate(), "approved_until": until}
    assert refusal(lambda: Channel.objects.create(**told)) == says
    waiting = sent(proposed("Snapchat")).platform
    assert refusal(lambda: Channel.objects.create(pk=waiting.pk, **told)) == says
    known = approved()
    here = Channel.objects.filter(pk=known.pk)
    for change in ({"name": "Another"}, {"conditions": "Anything goes"}, {"approved_until": until + A_MONTH * 99}):
        assert refusal(lambda change=change: here.update(**change)) == says
    known.look_again("again", pause=True, by=amara)
    opened = "UPDATE organisation_channel SET status = 'approved' WHERE id = %s"
    assert refusal(lambda: sql(opened, key(known))) == says
    with pytest.raises(DatabaseError), transaction.atomic():  # and with no event open nobody changes anything at all
        sql("UPDATE organisation_channel SET conditions = 'x'")


def test_by_sql_nothing_is_approved_that_nobody_decided_nor_closed_while_it_can_be_chosen(
    proposed, approved, sent, amara
):
    waiting, known = sent(proposed("Snapchat")), approved()
    here = Platform.objects.filter(pk=waiting.platform_id)
    assert refusal(lambda: here.update(status="live")) == "Nobody has decided that this may be used."
    assert refusal(lambda: here.update(status="live", standing=waiting)) == "Nobody has decided that this may be used."
    assert (
        refusal(lambda: here.update(status="live", standing=known.standing))
        == "Nobody has decided that this may be used."
    )
    mine = Assessment.objects.filter(pk=waiting.pk)
    decided = {"status": "approved", "decision": "Fine", "ends_on": localdate() + A_MONTH, "decided_at": now()}
    says = "Whoever assessed a platform does not decide on it. Ask somebody else."
    assert refusal(lambda: mine.update(decided_by=amara, **decided)) == says
    assert refusal(lambda: mine.update(decided_by=None, **decided)) is None  # a broken CHECK has no sentence of ours
    assert refusal(lambda: mine.update(because="before", **decided)) == (
        "Nothing was approved before the register but what stood among the channels."
    )
    still = Platform.objects.filter(pk=known.pk)
    says = "It can still be chosen as a channel. Stop it there first."
    assert refusal(lambda: still.update(status="review", is_paused=True)) == says


# two people, and controls with a name


def test_whoever_assessed_it_does_not_decide_whatever_posts_they_hold(sent, amara, ruth, tom):
    with event("appoint", by="the tests"):
        Appointment.objects.filter(user=ruth).delete()
        Appointment.objects.create(user=amara, post="lead", starts_on=localdate() - A_MONTH)
    amara = type(amara).objects.get(pk=amara.pk)
    assessment = sent()
    with pytest.raises(PermissionDenied, match="not yours to take"):
        decisions.approve(assessment, localdate() + A_MONTH, "It is safe so.", by=amara)
    assessment.refresh_from_db()
    decisions.hand_back(assessment, by=amara)
    again = assessment.platform.pending
    again.take_on(by=tom)
    assert again.uses == OPINION["uses"] and again.hazards.get().controls.get().words == "Private messages are off"
    again.send(by=tom)
    with pytest.raises(PermissionDenied):  # the words are still hers
        decisions.approve(again, localdate() + A_MONTH, "It is safe so.", by=amara)
    assert Platform.objects.get().status == "assessing" and not Channel.objects.exists()


def test_it_is_not_sent_before_every_area_was_looked_at_and_each_risk_has_a_control(proposed, amara, sol):
    platform = proposed()
    platform.assess(by=amara)
    assessment = platform.pending
    with pytest.raises(Refused, match="Say what it may be used for"):
        assessment.send(by=amara)
    assessment.write(**OPINION | {"nothing_in": "content ai"}, by=amara)
    with pytest.raises(Refused, match="Not yet: Contact: who reaches them, Conduct"):
        assessment.send(by=amara)
    assessment.write(**OPINION, by=amara)
    hazard = Hazard(assessment=assessment)
    hazard.add(**RISK, by=amara)
    with pytest.raises(Refused, match="Say what is done about this: Strangers"):
        assessment.send(by=amara)
    Control(hazard=hazard).add("By invitation", sol, localdate(), by=amara)
    assessment.send(by=amara)
    assert refusal(lambda: Hazard.objects.update(likely_after=1)).startswith("This was sent on")
    assert refusal(lambda: Control.objects.update(words="Nothing")).startswith("This was sent on")
    assert refusal(lambda: Control.objects.all().delete()).startswith("This was sent on")


def test_what_stays_critical_is_not_approved_nor_anything_for_longer_than_a_year(sent, amara, ruth):
    assessment = sent(likely_before=5, bad_before=5, likely_after=4, bad_after=4)
    with pytest.raises(Refused, match="One risk stays critical"):
        decisions.approve(assessment, localdate() + A_MONTH, "Let us try.", by=ruth)
    assessment.refresh_from_db()
    assessment.send_back(by=ruth, why="Do more about strangers.")
    assessment.hazards.get().change(**RISK, by=amara)
    assessment.send(by=amara)
    with pytest.raises(Refused, match="within a year"):
        decisions.approve(assessment, localdate() + A_MONTH * 13, "For long.", by=ruth)
    decisions.approve(assessment, localdate() + A_MONTH * 12, "It is safe now.", by=ruth)


def test_it_is_in_use_once_everything_that_makes_it_safe_is_in_place(approved, sol):
    platform = approved()
    with pytest.raises(Refused, match="Not everything that makes it safe"):
        platform.go_live(by=sol)
    Control.objects.get().done("I looked at the settings.", by=sol)
    platform.go_live(by=sol)
    assert platform.status == "live"
