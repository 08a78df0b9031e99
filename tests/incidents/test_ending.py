"""How a case ends (practice.md 2.4): what is settled first, who agrees, and that nothing goes round it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from harmony.audit.events import event
from harmony.audit.transitions import ReasonOwed, Refused, StateMoved
from harmony.notifications.models import Notice
from incidents.models import Case

from .conftest import AT, DAY, HOUR, WEIGHED
from .planning import EARLY, ENDED, ENDS, end, fresh, plan_for, reviewed_for_good, settle_steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]


def closed_by_force(case, by, **changes):
    """As a shell, or raw SQL, would: what the database alone says to it."""
    rushed = fresh(case)
    forced = {"status": "closed", "closed_at": AT, "closed_by": by, "outcome": "safe", "closing_reason": "Over"}
    forced |= {"quiet_due": None, **ENDS, **changes}
    for name, value in forced.items():
        setattr(rushed, name, value)
    with event("try", by=by), transaction.atomic():
        rushed.save()


def test_at_high_a_second_person_agrees_and_never_who_has_it_or_who_asked(planned, amara, tom, ruth):
    case = planned()
    case.decide_charity(False, "No serious incident: nobody came to harm here.", by=amara, at=AT + DAY)
    with pytest.raises(Refused, match="somebody else must agree"):
        case.close(**EARLY, by=amara, at=AT + DAY)
    with pytest.raises(Refused, match="before its last review"):
        case.ask_to_close(**ENDED, by=amara, at=AT + DAY)
    case.ask_to_close(**EARLY, by=amara, at=AT + DAY)
    with pytest.raises(StateMoved):
        case.ask_to_close(**EARLY, by=tom, at=AT + DAY)
    for one in (amara, ruth):  # who asked, and has it; the lead does not see a case about a child
        with pytest.raises(PermissionDenied):
            case.agree_to_close(by=one, at=AT + DAY)
    assert [one.recipient for one in Notice.objects.filter(clock="close")] == [tom]
    case.agree_to_close(by=tom, at=AT + DAY + HOUR)
    case = fresh(case)
    assert (case.status, case.closed_by, case.close_agreed_by, case.close_as) == ("closed", amara, tom, "")
    assert (case.outcome, case.police_outcome) == ("police", "outcome-21")
    assert not Notice.objects.filter(clock="close", stopped_at=None).exists()


def test_whoever_has_it_does_not_agree_to_what_another_asks(planned, amara, tom, person):
    case = planned("critical")
    case.decide_charity(True, "Reported by Gwen, SIR-1", by=amara, at=AT + DAY)
    case.ask_to_close(**EARLY, by=tom, at=AT + DAY)
    for one in (amara, tom):
        with pytest.raises(PermissionDenied):
            case.agree_to_close(by=one, at=AT + DAY)
    with pytest.raises(ReasonOwed):
        case.keep_open(by=amara)
    case.keep_open(by=amara, at=AT + DAY, why="Her view is not asked.")
    case.ask_to_close(**EARLY, by=tom, at=AT + 2 * DAY)
    case.agree_to_close(by=person("Dee Puty", "deputy"), at=AT + 2 * DAY)


def test_below_high_one_person_closes_what_was_found_over_for_good(planned, amara):
    case = planned("medium")
    over_at = reviewed_for_good(case, by=amara)
    with pytest.raises(Refused, match="Close the case yourself"):
        case.ask_to_close(**ENDED, by=amara, at=over_at)
    case.close(**EARLY, by=amara, at=over_at)
    assert (fresh(case).status, fresh(case).early_why) == ("closed", "")  # it was not early


def test_below_high_too_leaving_out_the_last_review_takes_two(planned, amara, tom):
    case = planned("low")
    with pytest.raises(Refused, match="somebody else must agree"):
        case.close(**EARLY, by=amara, at=AT + DAY)
    case.ask_to_close(**EARLY, by=amara, at=AT + DAY)
    case.agree_to_close(by=tom, at=AT + DAY)
    assert fresh(case).early_why == "Her school sees her every day."


def test_where_advice_was_enough_one_person_closes_it(report, amara):
    case = report(at=AT).case
    case.triage(**WEIGHED | {"severity": "low"}, by=amara, at=AT)
    case.advise_only("Leah talked with both.", by=amara, at=AT)
    settle_steps(case, by=amara, at=AT)
    case.close(**ENDED, by=amara, at=AT + HOUR)
    assert fresh(case).status == "closed"


def test_what_is_not_settled_holds_it_open_and_says_what(report, amara, tom, leah):
    case = report(at=AT).case
    case.triage(**WEIGHED, by=amara, at=AT)
    case.give("Ring home", leah, AT.date() + 9 * DAY, by=amara)
    assert [one.split(".")[0] for one in case.holds_open()] == [
        "1 action is still open", "6 required steps are still open", "There is no plan yet", "Decide first whether the Charity Commission is told, and why",
    ]  # fmt: skip
    with pytest.raises(Refused, match="1 action is still open"):
        case.ask_to_close(**EARLY, by=amara, at=AT + DAY)
    case.actions.get().finish("Done", by=leah)
    assert len(case.holds_open("duplicate")) == 1  # worked in another case, it needs no plan nor steps of its own
    plan_for(case, by=amara, at=AT + HOUR)
    settle_steps(case, by=amara, at=AT + HOUR)
    case.decide_charity(False, "Nobody came to harm.", by=amara, at=AT + HOUR)
    case.ask_to_close(**EARLY, by=amara, at=AT + DAY)
    case.give("One more thing", leah, AT.date() + 9 * DAY, by=amara)
    with pytest.raises(Refused, match="still open"):
        case.agree_to_close(by=tom, at=AT + DAY)
    case.reweigh("critical", refer=False, refer_reason="No", by=amara, at=AT + DAY, why="A threat")
    assert fresh(case).close_as == ""  # what was asked of a lesser case is asked again


def test_the_database_says_the_same_to_whoever_goes_round_the_steps(planned, amara, tom, report):
    high = planned()
    second = {"close_agreed_by": tom, "early_why": "Calm", "charity": False, "charity_why": "No"}
    for changes, says in (
        (second | {"close_agreed_by": None}, "a second person must agree"),
        (second | {"close_agreed_by": amara}, "a second person must agree"),
        (second | {"early_why": ""}, "before its last review"),
        (second | {"charity": None}, "Charity Commission"),
        (second | {"charity_why": ""}, "Charity Commission"),
        (second | {"childs_view": ""}, "how the child sees it"),
        (second | {"police_outcome": ""}, "what the police decided"),
    ):
        with pytest.raises(IntegrityError, match=says):
            closed_by_force(high, amara, **changes)
    closed_by_force(high, amara, **second)
    unplanned = report(at=AT).case
    unplanned.triage(**WEIGHED | {"severity": "low"}, by=amara, at=AT)
    settle_steps(unplanned, by=amara, at=AT)
    with pytest.raises(IntegrityError, match="no plan yet"):
        closed_by_force(unplanned, amara, **second)
    with pytest.raises(IntegrityError, match="a second time before it is closed"):
        closed_by_force(unplanned, amara, **second | {"outcome": "redirected"})
    closed_by_force(unplanned, amara, **second | {"outcome": "duplicate"})
    with (
        pytest.raises(IntegrityError, match="asked_to_close|why this case can be closed"),
        event("try", by=amara),
        transaction.atomic(),
    ):
        Case.objects.filter(pk=planned().pk).update(close_as="safe")


def test_opened_again_it_keeps_how_it_ended_and_owes_its_end_anew(planned, amara, tom):
    case = planned()
    end(case, "police", "The police have it.", by=amara, at=AT + DAY)
    case.reopen(by=tom, at=AT + 2 * DAY, why="He wrote to her again.")
    case = fresh(case)
    assert (case.status, case.close_agreed_by, case.police_outcome, case.childs_view) == ("triaged", None, "", "")
    assert case.review_due == AT + 9 * DAY
    words = case.entries.order_by("written_at").last().words
    for said in ("He wrote to her again.", "The police have it.", "They had no part in it", "It has stopped."):
        assert said in words
    with pytest.raises(Refused, match="somebody else must agree"):
        case.close(**EARLY, by=amara, at=AT + 3 * DAY)


def test_the_pages_ask_agree_and_refuse_a_forged_post_in_words(planned, amara, tom, sign_in):
    case = planned()

    def at(name):
        return reverse(f"incidents:{name}", args=[case.pk])

    def words(response):
        return response.content.decode()

    client = sign_in(amara)
    assert "Next: decide on the Charity Commission" in words(client.get(case.get_absolute_url()))
    answers = EARLY | {"view_asked": "yes"}
    assert "Decide first whether the Charity Commission is told" in words(client.post(at("close"), answers))
    client.post(at("charity"), {"charity": "no", "charity_why": "Gwen and I agreed: nobody came to harm."})
    drawn = words(client.get(at("close")))
    assert "a second person must agree" in drawn and "Outcome 21" in drawn
    missing = words(client.post(at("close"), {"outcome": "safe", "closing_reason": "It has stopped."}))
    assert "Say why it can be closed before its last review." in missing and "It has stopped." in missing
    asked = client.post(at("close"), answers, follow=True)
    assert "Tom Ellery" in words(asked) and "I agree: close this case" not in words(asked)
    assert client.post(at("agree_to_close")).status_code == 403
    assert fresh(case).status == "triaged"
    client = sign_in(tom)
    assert "Next: somebody else agrees that it is closed" in words(client.get(case.get_absolute_url()))
    assert "I agree: close this case" in words(client.get(at("close")))
    client.post(at("agree_to_close"))
    assert "Tom Ellery agreed" in words(client.get(case.get_absolute_url()))
    assert client.post(at("agree_to_close")).status_code == 409
