"""How young people may be reached: by a rule, on an approved channel; otherwise by leave of somebody else, until a day (S25)."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from harmony.audit import guards
from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.audit.transitions import Refused, StateMoved
from harmony.home import contact
from harmony.notifications.models import Notice
from harmony.people.models import ContactException, ContactRule, Group, GroupWorker, Relationship
from incidents.models import Case, Report
from policies import first_drafts
from policies.clauses import token_of
from policies.models import Version

from ..platforms.making import listed

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
RULE = {"way": "group", "used_for": "Club times", "hours": "9am to 8pm", "conditions": "Two of us read it."}


@pytest.fixture
def phone(amara, ruth):
    return listed("Club phone", localdate() + 60 * A_DAY, amara, ruth, "Kept in the office at night.")


@pytest.fixture
def makers(amara, sam):
    group = Group()
    group.add("Makers", "11-13", by=amara)
    GroupWorker(user=sam, group=group).join(date(2026, 1, 1), by=amara)
    return group


@pytest.fixture
def rule(makers, phone, amara):
    made = ContactRule(group=makers, channel=phone)
    made.allow(**RULE, by=amara)
    return made


@pytest.fixture
def asked(sam):
    def ask(user=sam, days=14, at=None):
        exception = ContactException(user=user)
        last = localdate(at) + days * A_DAY
        contact.ask(exception, "A text to Zed’s own phone", "He does not pick up", last, by=user, at=at)
        return exception

    return ask


@pytest.fixture
def code(amara, ruth, gwen):
    """The first code of conduct, in force."""
    version = first_drafts.add(by=amara)[first_drafts.CODE]
    version.send(by=amara)
    version.approve(by=gwen)
    version.publish(by=gwen)
    return version


def refusal(attempt):
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), event("try", by="the tests"):
        attempt()
    return guards.sentence(caught.value) or str(caught.value)


# rules


def test_a_rule_allows_something_only_while_its_channel_is_approved(rule, phone, amara):
    assert list(ContactRule.objects.usable()) == [rule]
    assert not ContactRule.objects.usable(phone.approved_until + A_DAY).exists()
    phone.pause(by=amara)
    assert not ContactRule.objects.usable().exists()


def test_no_rule_is_made_for_a_channel_that_is_not_approved_nor_twice_for_one(makers, phone, rule, amara, sam):
    others = Group()
    others.add("Club", "14-17", by=amara)
    again = ContactRule(group=makers, channel=phone)
    assert "There is a rule for this group" in refusal(lambda: again.allow(**RULE, by=amara))
    phone.stop(by=amara, why="Sold")
    elsewhere = ContactRule(group=others, channel=phone)
    assert "This channel is not approved" in refusal(lambda: elsewhere.allow(**RULE, by=amara))
    with pytest.raises(PermissionDenied):
        rule.change(**RULE, by=sam)


def test_nothing_is_ever_one_to_one(rule):
    def alone():
        ContactRule.objects.filter(pk=rule.pk).update(way="one")

    assert "contact_is_never_one_to_one" in refusal(alone)


def test_a_group_that_ends_is_reached_by_no_way(rule, makers, amara):
    makers.finish(localdate(), by=amara)
    assert not ContactRule.objects.standing(localdate() + A_DAY).exists()


# exceptions


def test_an_exception_holds_from_the_yes_to_its_last_day_and_lapses_by_itself(asked, amara):
    exception = asked(days=14)
    assert not ContactException.objects.holding().exists() and not exception.holds()
    contact.allow(exception, "Sol is copied in.", by=amara)
    last = exception.last_day
    for on, whether in ((localdate() - A_DAY, False), (localdate(), True), (last, True), (last + A_DAY, False)):
        assert exception.holds(on) is whether
        assert ContactException.objects.holding(on).exists() is whether
    assert exception.has_lapsed(last + A_DAY)


def test_who_asked_never_decides_nor_does_anybody_close_to_them(asked, person, amara, tom):
    own = asked(user=tom)
    with pytest.raises(PermissionDenied):
        contact.allow(own, "Because I say so", by=tom)
    Relationship(user=tom).declare("partner", other=amara, by=tom)
    with pytest.raises(PermissionDenied):
        contact.allow(own, "He is all right", by=amara)
    assert not ContactException.objects.holding().exists()
    with pytest.raises(PermissionDenied):
        contact.allow(own, "Yes", by=person("Leah"))
    assert not contact.to_decide(tom) and not contact.to_decide(amara)
    assert list(contact.to_decide(person("Ruth Hale", "lead"))) == [own]


def test_the_database_knows_no_exception_without_an_end_nor_one_allowed_by_who_asked(asked, sam):
    exception = asked()
    rows = ContactException.objects.filter(pk=exception.pk)
    own = {"status": "approved", "decided_by": sam, "decided_on": localdate()}
    assert "nobody_allows_their_own_exception" in refusal(lambda: rows.update(**own))
    for change in ({"last_day": None}, {"last_day": localdate() + 900 * A_DAY}):
        with pytest.raises(IntegrityError), transaction.atomic(), event("try", by="the tests"):
            rows.update(**change)
    assert "stays written down" in refusal(rows.delete)


def test_what_was_decided_stays_as_it_is(asked, amara, ruth):
    exception = asked()
    contact.refuse(exception, "Use the club phone.", by=amara)
    with pytest.raises(StateMoved):
        contact.allow(exception, "After all", by=ruth)
    rows = ContactException.objects.filter(pk=exception.pk)
    assert "Ask anew" in refusal(lambda: rows.update(status="approved"))


def test_an_exception_lasts_half_a_year_at_most_and_not_into_the_past(asked):
    for days in (-1, 200):
        with pytest.raises(Refused):
            asked(days=days)
    assert not ContactException.objects.exists()


def test_what_waited_past_its_day_is_allowed_no_more(asked, amara):
    exception = asked(days=1, at=now() - 5 * A_DAY)
    with pytest.raises(Refused, match="Its last day has gone by"):
        contact.allow(exception, "Yes", by=amara)


def test_those_who_may_decide_hear_of_it_and_whoever_asked_hears_the_answer(asked, sam, amara, ruth):
    exception = asked()
    told = Notice.objects.of(exception, contact.ASKED)
    assert {one.recipient for one in told} == {amara, ruth}
    contact.allow(exception, "Sol is copied in.", by=ruth)
    assert not told.filter(stopped_at=None).exists()
    assert [one.recipient for one in Notice.objects.of(exception, contact.DECIDED)] == [sam]
    assert "Zed" not in " ".join(one.says() for one in Notice.objects.all())


def test_who_asked_or_who_may_decide_ends_it_early(asked, sam, amara):
    first, second = asked(), asked()
    contact.allow(first, "Yes", by=amara)
    contact.end(first, by=amara)
    contact.end(second, by=sam)
    assert not ContactException.objects.holding().exists() and not ContactException.objects.asked().exists()


# pages


def page(client):
    return client.get(reverse("home:contact")).content.decode()


def test_a_worker_reads_their_own_group_first_with_what_for_when_and_how(client, rule, sam):
    client.force_login(sam)
    shown = page(client)
    for words in (
        "Makers",
        "Club phone",
        "To the whole group. Never to one person.",
        "9am to 8pm",
        "Two of us read it.",
    ):
        assert words in shown
    assert "You may use it" in shown and reverse("incidents:contacted") in shown
    assert "Allow another way" not in shown


def test_a_channel_under_review_is_not_to_be_used(client, rule, phone, sam, amara):
    phone.pause(by=amara)
    client.force_login(sam)
    shown = page(client)
    assert "Do not use it" in shown and "9am to 8pm" not in shown


def test_a_group_without_a_rule_is_reached_by_nothing(client, makers, sam):
    client.force_login(sam)
    assert "No way is allowed for this group" in page(client)


def test_whoever_leads_writes_the_rules_and_nobody_else(sign_in, makers, phone, amara, sam):
    add = reverse("home:add_contact_rule", args=[makers.pk])
    assert sign_in(sam).get(add).status_code == 404
    client = sign_in(amara)
    empty = client.post(add, {"way": "group"})
    assert "Say what it is for." in empty.content.decode() and not ContactRule.objects.exists()
    client.post(add, {"channel": phone.pk} | RULE)
    rule = ContactRule.objects.get()
    client.post(reverse("home:change_contact_rule", args=[rule.pk]), RULE | {"hours": "Mondays"})
    rule.refresh_from_db()
    assert rule.hours == "Mondays"
    day = localdate()
    last = {"last_day_day": day.day, "last_day_month": day.month, "last_day_year": day.year}
    client.post(reverse("home:end_contact_rule", args=[rule.pk]), last)
    assert not ContactRule.objects.standing(day + A_DAY).exists()


def test_an_exception_is_asked_for_and_decided_by_pages(sign_in, sam, amara):
    day = localdate() + 9 * A_DAY
    told = {
        "wanted": "A text",
        "reason": "",
        "last_day_day": day.day,
        "last_day_month": day.month,
        "last_day_year": day.year,
    }
    client = sign_in(sam)
    kept = client.post(reverse("home:ask_exception"), told).content.decode()
    assert "Say why the approved ways do not do." in kept and "A text" in kept
    client.post(reverse("home:ask_exception"), told | {"reason": "He does not pick up"})
    exception = ContactException.objects.get()
    own = reverse("home:contact_exception", args=[exception.pk])
    assert "It allows nothing now" in client.get(own).content.decode()
    assert client.get(reverse("home:allow_exception", args=[exception.pk])).status_code == 403
    lead = sign_in(amara)
    assert "Waits for your decision" in page(lead)
    lead.post(reverse("home:allow_exception", args=[exception.pk]), {"decision": "Sol is copied in."})
    assert "It holds until" in lead.get(own).content.decode()
    assert Entry.objects.filter(verb="read", actor_name=amara.name).exists()
    assert "Allowed" in page(sign_in(sam))


def test_somebody_else_s_exception_is_not_there(sign_in, asked, person):
    exception = asked()
    other = sign_in(person("Leah"))
    missing = other.get(reverse("home:contact_exception", args=[person("Nobody").pk]))
    assert other.get(reverse("home:contact_exception", args=[exception.pk])).status_code == missing.status_code == 404


# a breach


def test_a_breach_becomes_a_report_that_cites_clause_version_and_hash(sign_in, code, sam, person, ruth):
    """And keeps citing them when the code has moved on (S15)."""
    client, other = sign_in(sam), person("Callum")
    shown = page(client)
    links = re.findall(r'href="([^"]+)">Tell us it was not kept<span[^>]*>: ([^<]+)<', shown)
    assert len(links) == 4
    link = next(unescape(url) for url, words in links if "befriend" in words)
    begun = client.get(link)
    assert "Your report will say which rule was not kept" in begun.content.decode()
    key = begun.context["form"]["form_key"].value()
    client.post(link, {"first": "us", "form_key": key})
    report = Report.objects.get()
    cited = (
        "Do not: follow, befriend or message a young person from an account of your own.\n"
        f"Staff and volunteer code of conduct, version 1, clause 4\nSHA-256 {code.sha256}"
    )
    assert report.rule == cited and report.doors == "one-of-us" and report.about_us
    report.answer(named=str(other.pk), who="Zed", facts="He follows Zed.", danger="no", by=sam)
    assert code.sha256 in client.get(reverse("incidents:report_check", args=[report.pk])).content.decode()
    report.file(by=sam)
    case = report.case
    assert case.track == "worker" and not Case.objects.visible_to(other).exists()
    assert Case.objects.visible_to(ruth).get() == case
    assert code.sha256 in sign_in(ruth).get(case.get_absolute_url()).content.decode()
    with pytest.raises(DatabaseError), transaction.atomic(), event("try", by="the tests"):
        Report.objects.filter(pk=report.pk).update(rule="")


def test_a_link_that_was_tampered_with_or_names_no_clause_brings_nothing(sign_in, code, sam):
    client, begin = sign_in(sam), reverse("incidents:begin")
    tokens = [token_of(code, 4)[:-1] + "x", token_of(code, 999), token_of(Version(policy=code.policy), 4)]
    for token in tokens:
        assert "which rule was not kept" not in client.get(begin, {"about": token}).content.decode()
