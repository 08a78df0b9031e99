"""Somebody new: what is missing is worked out, of a certificate nothing is kept, and nobody decides about themselves (R42)."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import get_current_timezone, localdate, now

from harmony.audit.events import event
from harmony.audit.transitions import Refused
from harmony.notifications import sources, waits
from harmony.notifications.models import Notice
from harmony.people.models import User
from policies import first_drafts
from policies.models import Acknowledgement
from training import notices, ready
from training.models import DbsCheck, Induction, Reference, Requirement

from .test_pages import boxes, page

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture
def maya(person):
    return person("Maya Lindqvist", "allegations")


@pytest.fixture
def new(sam, maya):
    one = Induction(user=sam)
    one.begin(localdate() + 3 * A_DAY, by=maya)
    return one


@pytest.fixture
def decided(maya):
    def decide(user, decision="may", seen=0, renew=1000, copy=0, by=None, at=None):
        one, at = DbsCheck(user=user), at or now()
        seen_on = localdate(at) - seen * A_DAY
        one.decide("barred", decision, seen_on, localdate(at) + renew * A_DAY, copy, by=by or maya, at=at)
        return one

    return decide


def speak(user, maya, *steps):
    for step in steps:
        one = Reference(user=user)
        one.ask("A teacher", localdate(), by=maya)
        getattr(one, step)(by=maya)


def missing(induction):
    return ready.missing(Induction.objects.select_related("user").get(pk=induction.pk), now())


def test_what_is_missing_is_worked_out_from_where_it_is_kept(new, sam, maya, amara, gwen, sol, course, done, decided):
    first, later = course("SG-IND", whom=None), course("CB-01", within_days=90)
    Requirement(course=first).ask("everybody", "", 14, for_days=365, by=amara)
    code = first_drafts.add(by=amara)[first_drafts.CODE]
    code.send(by=amara)
    code.approve(by=gwen)
    code.publish(by=sol)
    with event("invite", by="the tests"):
        User.objects.filter(pk=sam.pk).update(status="invited", is_active=False)
    lacks = missing(new)
    assert "Course SG-IND" in lacks and later.title not in lacks and len(lacks) == 5
    with pytest.raises(Refused, match="Something is still missing"):
        ready.clear(new, by=maya)
    with event("come", by="the tests"):
        User.objects.filter(pk=sam.pk).update(status="active", is_active=True)
    done(sam, first, 0)
    Acknowledgement(version=code, user=User.objects.get(pk=sam.pk)).agree(by=User.objects.get(pk=sam.pk))
    decided(sam)
    speak(sam, maya, "vouch")
    assert missing(new) == ["References: 1 of 2 speak for them"]
    speak(sam, maya, "vouch")
    assert missing(new) == []
    ready.clear(new, by=maya)
    assert (new.status, new.decided_by) == ("ready", maya)


def test_only_a_decision_that_allows_it_and_has_not_run_out_counts(new, sam, decided):
    for decision, renew, word in (("beside", 900, "Only beside"), ("not", 900, "May not"), ("may", 1, "")):
        decided(sam, decision, renew=renew)
        assert any(word in one for one in missing(new) if one.startswith("DBS")) is bool(word)
    assert any("had to be renewed" in one for one in ready.missing(new, now() + A_DAY))


def test_a_question_counts_for_nothing_until_it_was_looked_into(client, new, sam, maya):
    speak(sam, maya, "vouch", "question")
    assert "References: 1 of 2 speak for them" in missing(new)
    doubt = Reference.objects.get(status="doubt")
    client.force_login(maya)
    asked = client.get(page("hear_reference", doubt.pk)).content.decode()
    assert "It was looked into" in asked and "Did not answer" not in asked
    assert client.post(page("hear_reference", doubt.pk), {"says": "good"}).status_code == 302
    assert "References: 1 of 2 speak for them" not in missing(new)


def test_nobody_decides_about_themselves_and_others_do_not_see_it(client, new, sam, maya, leah, ruth, decided, person):
    own = Induction(user=maya)
    with pytest.raises(PermissionDenied):
        own.begin(localdate(), by=maya)
    with pytest.raises(PermissionDenied):
        decided(maya)
    with pytest.raises(IntegrityError, match="about themselves"), event("try", by="the tests"), transaction.atomic():
        DbsCheck.objects.create(
            user=sam, number=1, level="basic", decision="may", seen_on=localdate(), renew_on=localdate() + A_DAY,
            decided_by=sam,
        )  # fmt: skip
    check = decided(sam)
    manager = person("Maria Training", "training")
    for reader, status in ((sam, 200), (maya, 200), (ruth, 200), (leah, 404), (manager, 404)):
        client.force_login(reader)
        assert client.get(page("induction", new.pk)).status_code == status, reader
        assert client.get(page("dbs", check.pk)).status_code == status, reader
    client.force_login(ruth)
    assert client.post(page("decide_dbs", new.pk)).status_code == 403
    client.force_login(sam)
    assert "What has to be there before they begin" in client.get(page("mine")).content.decode()


def test_the_page_says_what_is_missing_and_has_no_box_for_words(client, new, sam, maya):
    client.force_login(maya)
    shown = client.get(page("induction", new.pk)).content.decode()
    assert re.search(r"Not with young people yet: \d things are missing\.", shown) and "They may begin" not in shown
    for name in ("decide_dbs", "clear_induction", "end_induction"):
        asked = client.get(page(name, new.pk)).content.decode()
        assert "<textarea" not in asked and 'type="file"' not in asked
    assert "Write nothing about health or offences." in client.get(page("ask_reference", new.pk)).content.decode()
    assert "Something is still missing" in client.post(page("clear_induction", new.pk)).content.decode()


def test_the_pages_write_down_a_decision_a_reference_and_an_end(client, new, sam, maya, leah):
    client.force_login(maya)
    told = {"level": "barred", "decision": "may", "copy_months": "6"} | boxes("seen_on", localdate())
    far = told | boxes("renew_on", localdate() + 3000 * A_DAY)
    assert "Five years is the longest." in client.post(page("decide_dbs", new.pk), far).content.decode()
    assert (
        client.post(
            page("decide_dbs", new.pk), told | {"copy_months": "7"} | boxes("renew_on", localdate() + A_DAY)
        ).status_code
        == 200
    )
    good = told | boxes("renew_on", localdate() + 1000 * A_DAY)
    assert client.post(page("decide_dbs", new.pk), good).status_code == 302
    asked = {"of": "A teacher, at her school"} | boxes("asked_on", localdate())
    assert client.post(page("ask_reference", new.pk), asked).status_code == 302
    shown = client.get(page("induction", new.pk)).content.decode()
    assert "A teacher, at her school" in shown and "May work with young people" in shown
    check = DbsCheck.objects.get()
    assert "at the latest" in client.get(page("dbs", check.pk)).content.decode()
    assert client.post(page("destroy_copy", check.pk)).status_code == 302
    assert "Gone since" in client.get(page("dbs", check.pk)).content.decode()
    again = client.post(page("destroy_copy", check.pk))
    assert again.status_code == 200 and "no copy any more" in again.content.decode()
    later = good | boxes("renew_on", localdate() + 1100 * A_DAY)
    assert client.post(page("renew_dbs", check.pk), later).status_code == 302
    assert DbsCheck.objects.newest().get().number == 2
    assert client.post(page("begin_induction"), {"user": leah.pk} | boxes("starts_on", localdate())).status_code == 302
    assert "Leah Osei" in client.get(page("inductions")).content.decode()
    assert client.post(page("end_induction", new.pk)).status_code == 302
    assert "Did not come" in client.get(page("induction", new.pk)).content.decode()


def test_no_copy_outlives_six_months_whoever_writes_it(sam, decided):
    with pytest.raises(IntegrityError), transaction.atomic():
        decided(sam, copy=7)
    check = decided(sam, copy=6)
    assert (check.copy_until - check.seen_on).days in range(181, 185)
    with pytest.raises(IntegrityError, match="Decide anew"), event("try", by="the tests"), transaction.atomic():
        DbsCheck.objects.update(copy_months=1)


def at_nine(day):
    return datetime.combine(day, time(9), get_current_timezone())


def heard(kind, at):
    waits.climb(at, notices.WAITS)
    return sorted(one.recipient.name for one in Notice.objects.filter(kind=kind))


def test_the_ladder_asks_the_person_and_those_who_see_to_it_once_a_rung(new, sam, maya, amara):
    first = heard("induction", at_nine(localdate()))
    assert first == ["Amara Okafor", "Maya Lindqvist", "Sam"] == heard("induction", at_nine(localdate()))
    assert len(heard("induction", at_nine(localdate() + 3 * A_DAY))) == 6
    assert sources.sees(sam, "induction", new.pk)
    new.end(by=maya)
    assert len(heard("induction", at_nine(localdate() + 30 * A_DAY))) == 6


def test_a_check_is_renewed_in_time_and_a_copy_is_shredded(sam, maya, decided):
    check = decided(sam, renew=60, copy=1)
    assert heard("dbs", at_nine(localdate())) == ["Sam"] and heard("dbs_copy", at_nine(check.copy_until)) == []
    assert heard("dbs_copy", at_nine(check.copy_until + A_DAY)) == ["Maya Lindqvist"]
    check.destroy_copy(by=maya)
    assert len(heard("dbs_copy", at_nine(check.copy_until or localdate() + 90 * A_DAY))) == 1
    before = len(heard("dbs", at_nine(localdate() + 45 * A_DAY)))
    decided(sam, renew=1000)
    assert len(heard("dbs", at_nine(localdate() + 70 * A_DAY))) == before


def test_many_who_are_new_take_as_many_queries_as_few(client, new, maya, person, django_assert_max_num_queries):
    client.force_login(maya)
    client.get(page("inductions"))
    with django_assert_max_num_queries(45) as few:
        client.get(page("inductions"))
    for number in range(8):
        Induction(user=person(f"New {number}")).begin(localdate(), by=maya)
    client.get(page("inductions"))
    with django_assert_max_num_queries(45) as many:
        client.get(page("inductions"))
    assert len(few) == len(many)
