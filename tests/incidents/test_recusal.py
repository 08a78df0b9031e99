"""Whoever a concern is about learns nothing of it, and somebody else always does."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.audit.transitions import Refused
from harmony.people.models import Relationship, YoungPerson
from incidents import lines
from incidents.finding import found
from incidents.models import Action, Case, Recusal, Report

from .conftest import WEIGHED

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya(person):
    return person("Maya Lindqvist", "allegations")


@pytest.fixture
def vera(person):
    return person("Vera Cole", "vice", kind="trustee")


@pytest.fixture
def cast(amara, tom, ruth, gwen, maya, vera, sol):
    return [amara, tom, ruth, gwen, maya, vera, sol]


def seers(case, cast):
    return {user.name.split()[0] for user in cast if Case.objects.visible_to(user).filter(pk=case.pk).exists()}


def test_a_concern_about_a_child_goes_to_the_dso_line(report, cast):
    assert seers(report().case, cast) == {"Amara", "Tom"}


def test_a_concern_about_one_of_us_goes_to_lead_dso_and_allegations_manager(report, cast, leah):
    assert seers(report(about=leah).case, cast) == {"Ruth", "Amara", "Maya"}


def test_the_dso_never_sees_a_report_about_herself(report, cast, amara):
    case = report(about=amara).case
    assert seers(case, cast) == {"Ruth", "Maya"}
    assert Case.objects.count() == 1  # it exists; she just cannot see it
    assert not Case.objects.countable_by(amara).exists()
    with pytest.raises(PermissionDenied):
        case.acknowledge(by=amara)


def test_one_about_the_lead_is_seen_by_the_chair(report, cast, ruth):
    assert seers(report(about=ruth).case, cast) == {"Gwen", "Amara", "Maya"}


def test_one_about_the_chair_is_seen_by_the_vice_chair(report, cast, gwen):
    assert seers(report(about=gwen).case, cast) == {"Vera", "Ruth", "Amara", "Maya"}


def test_one_about_the_lead_and_the_chair_is_seen_by_the_vice_chair(report, cast, ruth, gwen):
    assert seers(report(about=[ruth, gwen]).case, cast) == {"Vera", "Amara", "Maya"}


def test_where_nobody_is_left_in_the_line_the_next_one_up_works_it(report, amara, ruth, gwen):
    case = report(about=[amara, ruth]).case
    assert seers(case, [amara, ruth, gwen]) == {"Gwen"}
    case.triage(**WEIGHED, by=gwen)


def test_without_dso_and_deputy_the_lead_reads_concerns_about_children(report, ruth, gwen):
    assert seers(report().case, [ruth, gwen]) == {"Ruth"}


def test_where_nobody_at_all_is_left_it_waits_for_whoever_comes(report, amara, ruth, person):
    assert lines.readers("worker", [amara, ruth]) == []
    case = report(about=[amara, ruth]).case
    later = person("Vic", "vice")
    assert seers(case, [amara, ruth, later]) == {"Vic"}


@pytest.mark.parametrize("kind", ["partner", "family", "friend"])
def test_who_is_close_to_the_person_is_kept_out_too(report, cast, declare, leah, ruth, amara, kind):
    declare(ruth, kind, leah)
    declare(leah, kind, amara)
    case = report(about=leah).case
    assert seers(case, cast) == {"Maya"}
    assert dict(case.recusals.values_list("user__name", "because")) == {
        "Leah Osei": "named",
        "Ruth Hale": "declared",
        "Amara Okafor": "declared",
    }


def test_who_works_under_the_person_is_kept_out_and_their_manager_is_not(report, cast, declare, leah, maya, ruth):
    declare(leah, "manager", maya)
    declare(ruth, "manager", leah)
    assert seers(report(about=leah).case, cast) == {"Ruth", "Amara"}


def test_the_readers_named_before_sending_are_the_readers_after(report, cast, declare, amara, leah, ruth):
    declare(ruth, "partner", leah)
    for about in ([], [leah], [amara], [ruth], [amara, ruth]):
        named = {user.name.split()[0] for user in lines.readers("worker" if about else "child", about)}
        assert named == seers(report(about=about).case, cast), about


def test_who_reported_and_is_kept_out_still_has_their_own_words(report, amara):
    mine = report(author=amara, about=amara)
    assert list(Report.objects.visible_to(amara)) == [mine]
    assert not Case.objects.visible_to(amara).exists()


@pytest.mark.parametrize("is_superuser", [False, True])
def test_who_is_kept_out_later_loses_sight_grant_or_not(triaged, person, amara, is_superuser):
    dina = person("Dina", is_superuser=is_superuser)
    triaged.share(dina, by=amara, why="Her key worker")
    assert list(Case.objects.visible_to(dina)) == [triaged]
    triaged.recuse(dina, by=amara, why="It is about her too")
    assert not Case.objects.visible_to(dina).exists()


def test_a_superuser_is_nobody_special(case, person):
    assert not Case.objects.visible_to(person("Root", is_superuser=True)).exists()


def test_somebody_suspended_sees_nothing_whatever_their_post(report, amara, ruth):
    report()
    amara.suspend(by=ruth, why="A laptop was lost")
    assert not Case.objects.visible_to(amara).exists()
    assert not Report.objects.visible_to(amara).exists()


def test_the_last_of_the_line_kept_out_later_raises_the_case(triaged, amara, ruth):
    triaged.recuse(amara, by=amara, why="He is my neighbour's boy")
    assert seers(triaged, [amara, ruth]) == {"Ruth"}
    assert Case.objects.get().owner is None


def test_an_action_of_somebody_kept_out_vanishes(triaged, amara, leah):
    from datetime import date

    triaged.give("Ring home", leah, date(2030, 1, 1), by=amara)
    assert Action.objects.visible_to(leah).count() == 1
    triaged.recuse(leah, by=amara, why="It is about her")
    assert not Action.objects.visible_to(leah).exists()
    with pytest.raises(PermissionDenied):
        Action.objects.get().finish("Done", by=leah)


def test_a_concern_that_turns_out_to_be_about_one_of_us_moves_to_their_line(report, cast, tom):
    case = report().case
    case.triage(**WEIGHED | {"kind": "AD-CONTACT"}, by=tom)
    assert seers(case, cast) == {"Ruth", "Amara", "Maya"}
    assert Case.objects.get().owner is None  # the deputy had it, and may not have it any more


def test_being_kept_out_is_never_deleted(report, amara):
    report(about=amara)
    with pytest.raises(DatabaseError, match="stays out"), event("try", by=amara), transaction.atomic():
        Recusal.objects.all().delete()


# letting somebody in again takes two


@pytest.fixture
def mistaken(triaged, amara, tom, leah):
    """Leah was shown it, and then kept out of it by a slip."""
    triaged.share(leah, by=amara, why="Her key worker")
    triaged.recuse(leah, by=amara, why="It is about her")
    return triaged


def test_two_let_somebody_in_again_who_was_kept_out_by_mistake(mistaken, amara, tom, leah):
    mistaken.ask_to_let_in(leah, by=amara, why="It was another Leah")
    assert seers(mistaken, [leah]) == set()
    with pytest.raises(Refused):
        mistaken.let_in(leah, by=amara)
    assert seers(mistaken, [leah]) == set()
    mistaken.let_in(leah, by=tom)
    assert seers(mistaken, [leah]) == {"Leah"}
    mistaken.recuse(leah, by=tom, why="It is about her after all")  # and out she is, with a line of its own
    assert seers(mistaken, [leah]) == set()


def test_whoever_was_let_in_again_is_nobody_the_case_is_about(mistaken, amara, tom, leah):
    assert mistaken.pk in found("Leah Osei", amara)[0]
    mistaken.ask_to_let_in(leah, by=amara, why="It was another one")
    mistaken.let_in(leah, by=tom)
    assert mistaken.pk not in found("Leah Osei", amara)[0]


def test_neither_of_the_two_is_whoever_is_kept_out(mistaken, amara, leah):
    for step in (mistaken.ask_to_let_in, mistaken.let_in, mistaken.leave_out):
        with pytest.raises(PermissionDenied):
            step(leah, by=leah, why="It is not about me")
    mistaken.ask_to_let_in(leah, by=amara, why="It was another Leah")
    with pytest.raises(PermissionDenied):
        mistaken.let_in(leah, by=leah)


def test_whoever_asked_may_be_told_no_and_nothing_is_left_of_it(mistaken, amara, tom, leah):
    mistaken.ask_to_let_in(leah, by=amara, why="It was another Leah")
    mistaken.leave_out(leah, by=tom, why="It is this one")
    with pytest.raises(Refused):
        mistaken.let_in(leah, by=tom)
    assert seers(mistaken, [leah]) == set()


def test_a_declared_relationship_keeps_them_out_again(triaged, amara, tom, person, sol):
    zed = YoungPerson()
    zed.add("Zed A", "", None, "young", by=sol)
    Relationship(user=tom).declare("family", young_person=zed, by=tom)
    known = {"part": "affected", "name": "Zed A", "age": "", "handle": "", "notes": "", "young_person": zed}
    triaged.add_person(**known, by=amara)
    other = person("Ina Deane", "deputy")
    triaged.ask_to_let_in(tom, by=amara, why="Another Zed")
    triaged.let_in(tom, by=other)
    triaged.add_person(**known | {"part": "witness"}, by=amara)
    assert seers(triaged, [tom]) == set()


@pytest.mark.parametrize("lift", ["alone", "themselves", "nobody asked", "no reason"])
def test_the_database_keeps_the_rule_of_two(mistaken, amara, tom, leah, lift):
    held = Recusal.objects.get(user=leah)
    two = {"alone": (tom, tom), "themselves": (tom, leah), "nobody asked": (None, tom), "no reason": (amara, tom)}
    asked, lifted = two[lift]
    held.asked_by, held.asked_at, held.lifted_by, held.lifted_at = asked, asked and now(), lifted, now()
    held.asked_why = "" if lift in ("no reason", "nobody asked") else "So"
    with pytest.raises(DatabaseError), transaction.atomic(), event("lift", by="the tests"):
        held.save()
    assert seers(mistaken, [leah]) == set()


def test_the_page_says_who_may_be_second(mistaken, amara, tom, leah, sign_in, organisation):
    page = reverse("incidents:let_in", args=[mistaken.pk, leah.pk])
    assert page in sign_in(amara).get(reverse("incidents:sharing", args=[mistaken.pk])).content.decode()
    assert sign_in(amara).post(page, {"why": "It was another Leah"}).status_code == 302
    assert "Tom Ellery" in sign_in(amara).get(page).content.decode()
    asker = sign_in(amara)
    assert "I agree" not in asker.get(page).content.decode()
    assert asker.post(page, {"decision": "agree", "why": "I say so"}).status_code == 200  # and nothing is done
    assert sign_in(leah).get(page).status_code == 404
    assert sign_in(tom).post(page, {"decision": "agree", "why": "It was"}).status_code == 302
    assert seers(mistaken, [leah]) == {"Leah"}


def test_where_nobody_is_left_to_agree_it_waits_and_says_so(report, amara, leah, sign_in, organisation):
    case = report().case
    case.triage(**WEIGHED, by=amara)
    case.recuse(leah, by=amara, why="A slip")
    case.ask_to_let_in(leah, by=amara, why="It was another Leah")
    page = sign_in(amara).get(reverse("incidents:let_in", args=[case.pk, leah.pk])).content.decode()
    assert "Nobody is left who may agree. They stay out." in page
