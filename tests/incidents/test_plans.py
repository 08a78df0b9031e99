"""The response plan (S28): for whom it answers, since when it runs, its reviews, and whether it is over for good (S29)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from harmony.audit.events import event
from harmony.audit.transitions import Refused, StateMoved
from incidents.models import Case
from incidents.plans import Lens

from .conftest import AT, DAY, HOUR, MINUTE, WEIGHED
from .planning import LASTS, plan_for, settle_steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
SOON = date(2030, 1, 1)


def fresh(record):
    return type(record).objects.get(pk=record.pk)


@pytest.fixture
def weighed(report, amara):
    """weighed("high"): filed and weighed on Tuesday at ten."""

    def make(severity="high", **more):
        case = report(at=AT).case
        case.triage(**WEIGHED | {"severity": severity} | more, by=amara, at=AT)
        return case

    return make


def test_a_plan_answers_for_everybody_before_it_is_agreed(weighed, amara, leah):
    case = weighed()
    assert fresh(case).plan_due == AT + 2 * DAY
    case.give("A named adult at each session", leah, SOON, "affected", by=amara)
    case.say_not_needed("bystander", "Nobody else was in the chat.", by=amara)
    with pytest.raises(Refused, match="Our organisation; The child who caused harm"):
        case.agree_plan(by=amara, at=AT + HOUR)
    case.say_not_needed("ours", "Nothing of ours was used.", by=amara)
    case.say_not_needed("caused", "Not known yet.", by=amara)
    case.say_not_needed("caused", "His school works with him.", by=amara)
    with pytest.raises(Refused, match="planned for them already"):
        case.say_not_needed("affected", "No", by=amara)
    with pytest.raises(PermissionDenied):
        case.agree_plan(by=leah)
    case.agree_plan(by=amara, at=AT + 5 * HOUR)
    case = fresh(case)
    assert (case.planned_by, case.review_due) == (amara, AT + 7 * DAY + 5 * HOUR)  # reviews count from the plan
    assert "plan" in case.met
    words = case.entries.get(kind="decision").words
    assert "A named adult at each session (Leah Osei, by Tuesday 1 January 2030)" in words
    assert "The child who caused harm:\nNothing is needed: His school works with him." in words
    with pytest.raises(StateMoved):
        case.agree_plan(by=amara)


def test_where_no_child_caused_it_three_are_answered_for_and_a_fourth_when_one_turns_out_to_have(weighed, amara):
    case = weighed(caused_by="stranger", kind="CT-GROOM")
    assert case.lenses_left() == [Lens.AFFECTED, Lens.BYSTANDERS, Lens.ORGANISATION]
    plan_for(case, by=amara, at=AT + HOUR)
    assert fresh(case).planned_at
    case.turn_out("CT-GROOM", "", "child", by=amara, why="Max is 14, and goes to her school")
    assert case.lenses_left() == [Lens.CAUSED]


def test_the_database_takes_no_plan_that_leaves_somebody_out(weighed, amara, leah):
    case = weighed()
    for lens in ("affected", "bystander", "ours"):
        case.say_not_needed(lens, "Nothing", by=amara)
    planned = {"planned_at": AT, "planned_by": amara}
    with pytest.raises(IntegrityError, match="for each of them"), event("try", by=amara), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**planned)
    with pytest.raises(IntegrityError, match="level Low only"), event("try", by=amara), transaction.atomic():
        advised = fresh(case)
        advised.advice = "Enough"
        advised.save()
    with pytest.raises(IntegrityError, match="not deleted"), event("try", by=amara), transaction.atomic():
        case.not_needed.all().delete()
    with pytest.raises(IntegrityError, match="why nothing is needed"), event("try", by=amara), transaction.atomic():
        case.not_needed.create(lens="caused", because="", said_by=amara, said_at=AT)
    case.give("Somebody of his own to talk to", leah, SOON, "caused", by=amara)
    with pytest.raises(IntegrityError, match="planned_by"), event("try", by=amara), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(planned_at=AT)
    with event("try", by=amara):
        Case.objects.filter(pk=case.pk).update(**planned)


def test_advice_is_enough_for_one_small_thing_and_for_nothing_more(weighed, amara):
    with pytest.raises(Refused, match="level Low only"):
        weighed("medium").advise_only("Talk to him", by=amara)
    case = weighed("low")
    case.advise_only("Leah talked with both of them.", by=amara, at=AT + HOUR)
    case = fresh(case)
    assert (case.review_due, case.next_clock(AT + HOUR).label) == (None, "Tell the reporter")
    case.reweigh("high", refer=False, refer_reason="No", by=amara, at=AT + DAY, why="It goes on")
    case = fresh(case)
    assert (case.advice, case.planned_at, case.plan_due) == ("", None, AT + 3 * DAY)
    assert case.review_due == AT + 8 * DAY


@pytest.mark.parametrize(
    "severity, days",
    [("critical", (1, 7, 28, 90, 180)), ("high", (7, 28, 90, 180)), ("medium", (28, 90)), ("low", (90,))],
)
def test_reviews_count_from_the_plan_each_sets_the_next_and_the_last_asks_for_good(weighed, amara, severity, days):
    case, began = weighed(severity), AT + HOUR
    plan_for(case, by=amara, at=began)
    held = []
    while not fresh(case).tested_at:
        case = fresh(case)
        due = case.review_due
        held.append((localdate(due) - localdate(began)).days)
        if case.next_is_last(due):
            with pytest.raises(Refused, match="is the last review"):
                case.review("Calm", by=amara, at=due)
            case.review_for_good("Calm", True, **LASTS, by=amara, at=due)
            case.review_for_good("Calm", True, **LASTS, by=amara, at=due)
        else:
            with pytest.raises(Refused, match="not the last review yet"):
                case.review_for_good("Calm", True, **LASTS, by=amara, at=due)
            case.review(f"Calm on day {due}", by=amara, at=due)
    assert tuple(held) == days
    kept = case.entries.filter(kind="review").order_by("written_at")
    assert [entry.late_by for entry in kept] == [None] * len(days)
    assert "What we learned, and where it is filed: A session on game chats" in kept.last().words
    assert fresh(case).review_due is None


def test_what_is_not_over_is_reviewed_anew_and_what_is_raised_is_tested_again(weighed, amara):
    case = weighed("low")
    plan_for(case, by=amara, at=AT + HOUR)
    due = fresh(case).review_due
    case.review_for_good("He is called names again.", False, by=amara, at=due)
    case = fresh(case)
    assert (case.tested_at, localdate(case.review_due)) == (None, localdate(due) + 90 * DAY)
    case.review_for_good("Calm", True, **LASTS, by=amara, at=case.review_due)
    case.reweigh("medium", refer=False, refer_reason="No", by=amara, at=due + 91 * DAY, why="Again")
    case = fresh(case)
    assert (case.tested_at, case.lessons, case.view_asked) == (None, "", None)
    assert "A session on game chats" in case.entries.filter(kind="review").last().words
    for changes in ({"tested_at": AT, "tested_by": amara, "view_asked": True},):
        with pytest.raises(IntegrityError, match="each question"), event("try", by=amara), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**changes)


def test_without_a_plan_nothing_is_over_for_good(weighed, amara):
    case = weighed("low")
    with pytest.raises(Refused, match="Agree the plan first"):
        case.review_for_good("Calm", True, **LASTS, by=amara, at=AT + 90 * DAY)


def test_a_late_review_stays_late_when_the_plan_is_agreed(weighed, amara):
    case = weighed("critical")
    due = case.review_due
    plan_for(case, by=amara, at=due + MINUTE)
    assert fresh(case).review_due == due


def test_a_plan_that_nobody_makes_is_told_of_rung_by_rung(weighed, amara, tom, ruth, on_call, sweep):
    on_call(amara)
    case = weighed("medium")
    case.tell_reporter("We have it", by=amara, at=AT + MINUTE)
    due = fresh(case).plan_due
    assert due == AT + 7 * DAY  # five working days
    assert ("Amara", "case_late") not in sweep(due - MINUTE)
    assert sweep(due + MINUTE) == [("Amara", "case_late"), ("Tom", "case_late")]
    plan_for(case, by=amara, at=due + HOUR)
    assert [one for one in sweep(due + 30 * DAY) if one[0] == "Ruth"] == []


def test_the_pages_lead_from_the_next_step_to_an_agreed_plan_and_through_its_reviews(weighed, amara, leah, sign_in):
    case = weighed()
    client = sign_in(amara)

    def at(name, *more):
        return reverse(f"incidents:{name}", args=[case.pk, *more])

    def words(response):
        return response.content.decode()

    assert "Next: agree the plan" in words(client.get(case.get_absolute_url()))
    drawn = words(client.get(at("plan")))
    assert "Before it can be agreed" in drawn and "Agree this plan" not in drawn
    forged = client.post(at("agree_plan"))
    assert forged.status_code == 200 and "The plan says nothing yet of" in words(forged)
    given = {"what": "A named adult", "owner": str(leah.pk)}
    given |= {"due_on_day": "1", "due_on_month": "1", "due_on_year": "2030"}
    assert client.post(at("give") + "?for=affected", given | {"lens": "affected"}).headers["Location"] == at("plan")
    assert client.get(at("give") + "?for=affected").context["form"]["lens"].value() == "affected"
    for lens in ("bystander", "ours", "caused"):
        assert client.post(at("not_needed", lens), {"because": "Nobody else knows."}).status_code == 302
    assert client.get(at("not_needed", "nobody")).status_code == 404
    assert "Agree this plan" in words(client.get(at("plan")))
    client.post(at("agree_plan"))
    drawn = words(client.get(at("plan")))
    assert "Amara Okafor agreed it" in drawn and "Planned" in drawn
    case.actions.get().finish("Done", by=leah)
    case.decide_charity(False, "Nobody came to serious harm.", by=amara)
    settle_steps(case, by=amara)
    assert "Next: review it" in words(client.get(case.get_absolute_url()))
    assert "A named adult" in words(client.get(at("review")))
    with event("try", by=amara):  # as if half a year had gone by
        Case.objects.filter(pk=case.pk).update(review_due=AT - DAY, reviews_from=AT - timedelta(days=181))
    refused = words(client.post(at("review"), {"words": "Calm", "is_over": "yes", "lessons": "A new session"}))
    assert "Say how you know that it has not happened again." in refused and "A new session" in refused
    answers = {"words": "Calm", "is_over": "yes"} | LASTS | {"view_asked": "yes"}
    assert client.post(at("review"), answers).headers["Location"] == at("plan")
    assert "It is over for good" in words(client.get(at("plan")))
