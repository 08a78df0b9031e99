"""Security reviews: answered by one, signed by another, the next made at once; what is late climbs (S19)."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, now

from harmony import between
from harmony.audit import guards
from harmony.audit.events import event
from harmony.audit.transitions import Refused
from harmony.home.models import Backup
from harmony.home.todo import tasks
from harmony.notifications import waits
from harmony.notifications.models import Notice
from platforms import decisions
from platforms.checklist import themes
from platforms.models import Finding, SecurityCheck, SecurityReview

from .test_pages import dated, says, url

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def piotr(person):
    return person("Piotr Wrona", "it")


@pytest.fixture
def review(piotr):
    made = SecurityReview()
    made.begin("full", "Our laptops and HARMONY", by=piotr)
    return made


@pytest.fixture
def answered(review, piotr, sam):
    """All well but for updates, which Sam mends within ten days."""
    for theme in themes("full"):
        outcome = "lacks" if theme == "updates" else "well"
        SecurityCheck(review=review, theme=theme).answer(outcome, "I looked.", by=piotr)
    found = ("updates", "One laptop is too old", "medium", sam, localdate() + 10 * DAY)
    Finding(review=review).add(*found, by=piotr)
    return review


def refusal(attempt):
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), event("try", by="the tests"):
        attempt()
    return guards.sentence(caught.value)


def morning(day):
    return datetime.combine(day, time(9, 30), get_current_timezone())


# one answers, another signs


def test_it_is_signed_off_once_every_theme_has_an_answer_and_what_is_lacking_an_owner(review, piotr, ruth, sam):
    with pytest.raises(Refused, match="Look at this: Firewalls and the network, Safe settings"):
        decisions.sign_off(review, "In order.", by=ruth)
    for theme in themes("full"):
        SecurityCheck(review=review, theme=theme).answer("lacks" if theme == "updates" else "well", "Seen.", by=piotr)
    with pytest.raises(Refused, match="who sees to it: Updates"):
        decisions.sign_off(review, "In order.", by=ruth)
    Finding(review=review).add("updates", "Old", "low", sam, localdate(), by=piotr)
    decisions.sign_off(review, "In order.", by=ruth)
    review.refresh_from_db()
    assert (review.status, review.signed_by, review.words) == ("signed", ruth, "In order.")


def test_whoever_answered_in_it_does_not_sign_it_whatever_posts_they_hold(answered, ruth, amara, person):
    both = person("Both At Once", "it", "trustee")
    answered.checks.get(theme="backups").change("well", "I restored one.", by=both)
    with pytest.raises(PermissionDenied, match="not yours to take"):
        decisions.sign_off(answered, "In order.", by=both)
    signed = {"status": "signed", "signed_at": now(), "words": "In order."}
    forged = refusal(lambda: SecurityReview.objects.filter(pk=answered.pk).update(signed_by=both, **signed))
    assert forged == "Whoever answered in a review does not sign it off. Ask somebody else."
    with pytest.raises(PermissionDenied):
        decisions.sign_off(answered, "In order.", by=amara)
    decisions.sign_off(answered, "In order.", by=ruth)


def test_the_next_one_is_made_at_once_and_what_was_signed_stays(answered, ruth):
    decisions.sign_off(answered, "In order.", by=ruth)
    coming = SecurityReview.objects.open().get()
    assert (coming.kind, coming.scope) == ("full", answered.scope)
    assert localdate(coming.due_at) == localdate() + 365 * DAY
    stays = "This review is signed off, and stays as it was. What is found now belongs to the next one."
    assert refusal(lambda: SecurityReview.objects.filter(pk=answered.pk).update(words="x")) == stays
    assert refusal(lambda: SecurityCheck.objects.update(outcome="well")) == stays
    assert refusal(lambda: Finding.objects.update(words="x")).startswith("What was found stays")
    assert refusal(lambda: answered.facts.update(says="x")) == stays


def test_by_sql_nothing_is_signed_that_nobody_looked_at(review, ruth):
    signed = {"status": "signed", "signed_at": now(), "words": "In order.", "signed_by": ruth}
    here = SecurityReview.objects.filter(pk=review.pk)
    assert refusal(lambda: here.update(**signed)) == "Not every theme of this review has its answer."
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE platforms_securityreview SET scope = 'x'")  # with no event open nobody changes anything


def test_there_is_one_of_a_kind_at_a_time(review, piotr):
    with pytest.raises(Refused, match="under way already"):
        SecurityReview().begin("full", "The same", by=piotr)
    light = SecurityReview()
    light.begin("light", "The same", by=piotr)
    assert [theme.value for theme in themes(light.kind)] == ["updates", "accounts", "backups"]


# what the system knows of itself


def test_what_this_system_knows_of_itself_fills_itself_in(client, organisation, review, piotr, answered, ruth):
    known = " ".join(fact.says for fact in between.own_facts(now()))
    assert "people who sign in here have a second proof" in known and "No backup was ever recorded" in known
    assert "Every account was used within the last three months." in known
    later = " ".join(fact.says for fact in between.own_facts(now() + 100 * DAY))
    assert "accounts were not used for three months" in later
    with event("record", by="the tests"):
        Backup.objects.create(taken_at=now() - DAY)
    page = says(client, piotr, url("security_review", review))
    assert "The last backup was taken on" in page and "The audit book was never checked" in page
    decisions.sign_off(answered, "In order.", by=ruth)
    kept = answered.facts.get(says__startswith="The last backup")
    with event("record", by="the tests"):
        Backup.objects.all().delete()
    assert kept.is_well and kept.says in says(client, piotr, url("security_review", review))


# late


def test_what_is_late_climbs_from_whoever_sees_to_it_to_the_trustees(answered, sam, piotr, ruth, person):
    chair = person("Gwen Bell", "chair")
    due = Finding.objects.get().due_on
    trustee = person("Lena Trust", "trustee")

    def told():
        return set(Notice.objects.filter(about=Finding.objects.get().pk).values_list("recipient__name", flat=True))

    waits.climb(morning(due - DAY))
    assert told() == set()
    waits.climb(morning(due))
    assert told() == {"Sam"}
    waits.climb(morning(due + DAY))
    assert told() == {"Sam", piotr.name}
    waits.climb(morning(due + 8 * DAY))
    assert told() == {"Sam", piotr.name, ruth.name}
    waits.climb(morning(due + 15 * DAY))
    assert told() == {"Sam", piotr.name, ruth.name, trustee.name, chair.name}
    Finding.objects.get().done("It was replaced.", by=sam, at=morning(due + 15 * DAY))
    count = Notice.objects.filter(about=Finding.objects.get().pk).count()
    waits.climb(morning(due + 60 * DAY))
    assert Notice.objects.filter(about=Finding.objects.get().pk).count() == count


def test_no_notice_says_what_was_found(answered, sam):
    waits.climb(morning(localdate() + 10 * DAY))
    notice = Notice.objects.get(recipient=sam)
    assert notice.sentence == "security_finding" and "laptop" not in str(vars(notice))


def test_a_review_that_is_due_reminds_it_and_late_whoever_signs(review, piotr, ruth):
    waits.climb(review.due_at - 7 * DAY + timedelta(minutes=5))
    heard = Notice.objects.filter(about=review.pk)
    assert {one.recipient for one in heard} == {piotr}
    waits.climb(review.due_at + 2 * DAY)
    assert {one.recipient for one in heard.all()} == {piotr, ruth}


# pages


def test_it_goes_from_begun_to_signed_on_its_pages(client, organisation, piotr, ruth, sam, leah):
    client.force_login(piotr)
    assert "never looked at" in client.get(url("security")).content.decode()
    client.post(url("begin_security"), {"kind": "light", "scope": "Everything"})
    made = SecurityReview.objects.get()
    for theme, outcome in (("updates", "lacks"), ("accounts", "well"), ("backups", "none")):
        page = url("check", made, theme)
        assert b"govuk-error-summary" in client.post(page, {"outcome": outcome, "words": ""}).content
        led = client.post(page, {"outcome": outcome, "words": "I looked."})
        assert led.url == (f"{url('find', made)}?theme=updates" if outcome == "lacks" else url("security_review", made))
    assert client.get(url("check", made, "firewalls")).status_code == 404  # not in a light one
    lacking = {
        "theme": "updates",
        "words": "Old laptop",
        "severity": "high",
        "owner": "",
        **dated("due_on", localdate()),
    }
    nobody = client.post(url("find", made), lacking).content.decode()
    assert "Say who sees to it. Without a name it is nobody’s." in nobody and "Old laptop" in nobody
    gone = client.post(url("find", made), lacking | {"owner": str(sam.pk), **dated("due_on", localdate() - DAY)})
    assert "This day has gone by." in gone.content.decode()
    client.post(url("find", made), lacking | {"owner": str(sam.pk)})
    assert client.post(url("sign", made), {"words": "Fine"}).status_code == 403
    assert [task.what for task in tasks(ruth)] == ["A security review waits for you to sign it off"]
    client.force_login(ruth)
    assert client.post(url("sign", made), {"words": "In order."}).status_code == 302
    assert client.post(url("sign", made), {"words": "Again."}).status_code == 409
    assert SecurityReview.objects.open().get().kind == "light"


def test_whoever_sees_to_a_finding_sees_it_and_nothing_of_the_review(client, organisation, answered, sam, leah):
    finding = Finding.objects.get()
    assert "Mend: One laptop is too old" in [task.what for task in tasks(sam)]
    page = says(client, sam, url("finding", finding))
    assert "One laptop is too old" in page and url("security_review", answered) not in page
    for missing in (url("security"), url("security_review", answered)):
        assert client.get(missing).status_code == 404
    assert client.post(url("mended", finding), {"evidence": "Replaced"}).status_code == 302
    finding.refresh_from_db()
    assert (finding.status, finding.evidence) == ("done", "Replaced")
    client.force_login(leah)
    assert client.get(url("finding", finding)).status_code == 404


def test_what_somebody_mends_goes_to_another_when_they_leave(answered, sam, piotr, sol):
    (work,) = [work for work in between.handover(sam, asked_by=sol) if work.key == "findings"]
    assert work.what == "1 finding of a security review"
    work.give(piotr, by=sol)
    assert Finding.objects.get().owner == piotr


def test_what_is_not_there_is_not_found(client, organisation, answered, piotr):
    client.force_login(piotr)
    assert client.get(reverse("platforms:security_review", args=[Finding.objects.get().pk])).status_code == 404
