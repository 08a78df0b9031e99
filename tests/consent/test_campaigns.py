"""A whole group is asked: letters without a name to those who may decide, three at most; progress; and who keeps it is reminded."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils.timezone import localdate, now

from consent import campaigning
from consent.ladders import UNANSWERED
from consent.models import Campaign, FamilyLink, NeverShown
from harmony.audit.transitions import Refused
from harmony.notifications import waits
from harmony.notifications.models import Notice
from harmony.notifications.sweeps import SweepFailed
from harmony.people.models import Care, Carer, Group, GroupMember

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(sol):
    made = Group()
    made.add("Tuesday Makers", "11-13", by=sol)
    return made


@pytest.fixture
def join(group, young, sol):
    """join("Ada", mail="a@b"): in the group, with a parent who may decide."""

    def make(name, mail="", decides=True, age=14):
        one, carer = young(name, age), Carer()
        carer.add(f"Parent of {name}", "", mail, by=sol)
        Care(young_person=one, carer=carer).link("Mum", decides, by=sol)
        GroupMember(group=group, young_person=one).join(localdate(), by=sol)
        return one

    return make


@pytest.fixture
def campaign(group, noor):
    made = Campaign(group=group)
    made.begin(localdate() + timedelta(days=20), by=noor)
    return made


def sent_to():
    return sorted(address for message in mail.outbox for address in message.to)


def test_those_who_may_decide_hear_until_they_answer_and_nobody_hears_twice(
    join, campaign, website, say, agreed, amara, mailoutbox, noor
):
    ada, ben = join("Ada", "ada@harmony.test"), join("Ben", "ben@harmony.test")
    join("Cal", "cal@harmony.test", decides=False), join("Dee"), join("Eve", "eve@harmony.test", age=18)
    flagged, done = join("Fay", "fay@harmony.test"), join("Gil", "gil@harmony.test")
    NeverShown(young_person=flagged).flag("A court order", by=amara)
    agreed(done, website)
    at = now()
    for _twice in range(2):
        campaigning.write_letters(at)
    assert sent_to() == ["ada@harmony.test", "ben@harmony.test"]
    assert not any(name in message.body + message.subject for message in mail.outbox for name in ("Ada", "Ben"))
    say(ada, website, parent="yes")  # on paper, meanwhile; she herself has said nothing yet
    mail.outbox.clear()
    for days in (9, 10, 11, 16, 17, 18, 21, 30):
        campaigning.write_letters(at + timedelta(days=days))
    assert sent_to() == ["ben@harmony.test"] * 2
    assert FamilyLink.objects.filter(young_person=ben, used_at=None).standing(at + timedelta(days=18)).count() == 1
    say(ada, website, young="yes"), say(ben, website, parent="no")
    for one in campaign.people():
        say(one, website, parent="no", young="no")
    campaigning.write_letters(at + timedelta(days=22))
    campaign.refresh_from_db()
    assert campaign.status == "ended"


class Refusing(BaseEmailBackend):
    """A mail server that knows no Ada, and is away the first time Ben is written to."""

    tried = []

    def send_messages(self, messages):
        for message in messages:
            self.tried += message.to
            if message.to == ["ada@harmony.test"]:
                raise SMTPRecipientsRefused({"ada@harmony.test": (550, b"nobody")})
            if self.tried.count("ben@harmony.test") < 2:
                raise OSError


def test_an_address_that_is_refused_is_not_tried_again_and_a_server_that_is_away_is(join, campaign, website, settings):
    join("Ada", "ada@harmony.test"), join("Ben", "ben@harmony.test")
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    Refusing.tried.clear()
    with pytest.raises(SweepFailed):
        campaigning.write_letters(now())
    for later in (1, 2):
        campaigning.write_letters(now() + timedelta(seconds=later))
    assert sorted(Refusing.tried) == ["ada@harmony.test", "ben@harmony.test", "ben@harmony.test"]


def test_whoever_keeps_it_is_reminded_and_sees_who_is_left(client, join, campaign, website, agreed, noor, leah, amara):
    ada = join("Ada", "ada@harmony.test")
    join("Ben")
    agreed(ada, website)
    for at in (campaign.due_at - timedelta(days=4), campaign.due_at - timedelta(days=3), campaign.due_at):
        for _twice in range(2):
            waits.climb(at, [wait for wait in waits.every() if wait.ladder is UNANSWERED])
    told = Notice.objects.filter(clock=UNANSWERED.clock)
    assert [one.recipient for one in told] == [noor, noor]
    client.force_login(noor)
    shown = client.get(reverse("consent:campaign", args=[campaign.pk])).content.decode()
    assert "1 of 2 in Tuesday Makers have answered" in shown and "No address: ask another way" in shown
    assert ">Ada<" not in shown
    assert "Tuesday Makers" in client.get(reverse("consent:campaigns")).content.decode()
    client.post(reverse("consent:end_campaign", args=[campaign.pk]))
    assert not told.filter(stopped_at=None).exists()
    client.force_login(leah)
    assert client.get(reverse("consent:campaign", args=[campaign.pk])).status_code == 404


def test_a_group_is_asked_by_one_campaign_at_a_time(client, group, campaign, noor):
    with pytest.raises(Refused, match="asked already"):
        Campaign(group=group).begin(localdate() + timedelta(days=9), by=noor)
    client.force_login(noor)
    page = reverse("consent:begin_campaign")
    assert "Tuesday Makers" not in client.get(page).content.decode()
    campaign.end(by=noor)
    day = localdate() + timedelta(days=9)
    told = {"group": group.pk} | {f"due_on_{part}": getattr(day, part) for part in ("day", "month", "year")}
    assert "still to come" in client.post(page, told | {"due_on_year": 2020}).content.decode()
    assert client.post(page, told).status_code == 302 and Campaign.objects.running().count() == 1
