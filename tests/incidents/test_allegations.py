"""A concern about one of us: allegation or low-level concern, the LADO within a working day, and how it ends (R11 to R17)."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from harmony.audit.events import event
from harmony.audit.transitions import Refused, StateMoved
from harmony.notifications import waits
from harmony.notifications.models import Notice
from harmony.people.models import Away
from incidents.models import Allegation, Case, Report
from incidents.threshold import ALTERNATIVES, CRITERIA
from incidents.waits import ALLEGATIONS, QUARTERLY
from tests.clients import same_as_missing

from .conftest import AT, DAY, HOUR, MINUTE, WEIGHED, said
from .planning import end

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
NO = dict.fromkeys(CRITERIA, "no") | {f"{name}_why": "Nothing speaks for it." for name in CRITERIA}
UNSURE = NO | {"risk": "unsure", "risk_why": "He asked her to keep it from her mum."}
ADVICE = {
    "lado_name": "Nia Rees, Northbrook",
    "lado_advice": "Keep the rota as it is until Thursday.",
    "lado_reference": "NB-DO-77",
    "may_tell": "no",
}


def page(name, case):
    return reverse(f"incidents:{name}", args=[case.pk])


def words(response):
    return response.content.decode()


@pytest.fixture
def about_leah(report, leah, ruth):
    """A concern about Leah that Ruth has weighed as Low: contact outside is not owed by the case itself."""
    case = report(about=leah, at=AT).case
    weighed = WEIGHED | {"severity": "low", "kind": "AD-FRIEND", "caused_by": "worker"}
    case.triage(**weighed, by=ruth, at=AT + HOUR)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def screened(about_leah, ruth):
    """screened(UNSURE): the four questions as Ruth has answered them."""

    def answer(answers, at=AT + HOUR):
        Allegation(case=about_leah).screen(**answers, by=ruth, at=at)
        return Allegation.objects.get()

    return answer


@pytest.mark.parametrize("criterion", CRITERIA)
@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_one_answer_that_is_not_a_plain_no_makes_it_an_allegation(screened, criterion, answer):
    assert screened(NO | {criterion: answer}).status == "threshold"


def test_four_times_no_is_a_low_level_concern_on_its_register(screened, sign_in, ruth, sam, amara, tom):
    concern = screened(NO)
    assert (concern.status, concern.lado_due) == ("low", None)
    for reader, sees in ((ruth, True), (amara, True), (sam, False), (tom, False)):
        answer = sign_in(reader).get(reverse("incidents:register"))
        assert (answer.status_code == 200 and concern.case.reference in words(answer)) == sees


def test_whoever_it_is_about_finds_it_on_no_register(report, amara, ruth, person, sign_in):
    case = report(about=amara).case
    Allegation(case=case).screen(**NO, by=ruth)
    before = words(sign_in(amara).get(reverse("incidents:register")))
    assert case.reference not in before and "There is none that you may open" in before
    for name in ("allegation", "screen", "consult"):
        assert same_as_missing(sign_in(amara), page(name, case), reverse(f"incidents:{name}", args=[amara.pk]))


def test_the_lado_hears_within_a_working_day_of_filing_or_those_above_hear(screened, line):
    ruth = line[2]
    concern = screened(UNSURE)
    assert concern.lado_due == AT + DAY  # Tuesday ten to Wednesday ten
    waits.climb(AT + DAY - HOUR, ALLEGATIONS)
    assert not Notice.objects.filter(clock="lado").exists()
    waits.climb(AT + DAY, ALLEGATIONS)
    assert said(Notice.objects.filter(clock="lado")) == [("Ruth", "case_late"), ("Amara", "case_late")]
    waits.climb(AT + 2 * DAY, ALLEGATIONS)
    assert ("Gwen", "case_late") in said(Notice.objects.filter(clock="lado"))
    concern.consult(**ADVICE, happened_at=AT + 2 * DAY, by=ruth)
    assert not Notice.objects.filter(clock="lado", stopped_at=None).exists()
    assert not Allegation.objects.late("lado", AT + 9 * DAY).exists()


def test_while_the_case_owes_contact_its_own_clock_climbs_alone(report, leah, ruth):
    case = report(about=leah, at=AT).case
    case.triage(**WEIGHED | {"kind": "AD-FRIEND", "refer": True, "refer_reason": "To the LADO."}, by=ruth, at=AT)
    Allegation(case=case).screen(**UNSURE, by=ruth, at=AT)
    assert not Allegation.objects.late("lado", AT + 9 * DAY).exists()
    Allegation.objects.get().consult(**ADVICE, happened_at=AT + HOUR, by=ruth, at=AT + HOUR)
    assert Case.objects.get(pk=case.pk).contacted_at == AT + HOUR  # one talk meets both


def test_it_is_no_less_than_an_allegation_until_the_lado_has_advised(screened, ruth):
    concern = screened(UNSURE)
    with pytest.raises(Refused, match="Ask the LADO first"):
        concern.screen_again(**NO, by=ruth)
    with pytest.raises(IntegrityError), transaction.atomic(), event("try", by="the tests"):
        Allegation.objects.update(status="contacted")
    concern.consult(**ADVICE, happened_at=AT + HOUR, by=ruth)
    concern.screen_again(**NO, by=ruth)
    assert Allegation.objects.get().status == "low"
    concern.screen_again(**UNSURE, by=ruth, at=AT + 28 * DAY)  # a pattern: counted from now
    assert Allegation.objects.get().lado_due == AT + 29 * DAY


def test_every_step_stands_in_the_chronology(screened, ruth):
    screened(UNSURE).consult(**ADVICE, happened_at=AT + HOUR, by=ruth)
    case = Case.objects.get()
    told = [entry.words for entry in case.entries.order_by("happened_at", "written_at")]
    assert "Allegation." in told[0] and "keep it from her mum" in told[0]
    assert "Keep the rota" in told[1] and "NB-DO-77" in told[1]


def test_nobody_speaks_to_them_before_the_lado_says_so(screened, sign_in, ruth):
    concern = screened(UNSURE)
    client = sign_in(ruth)
    home = words(client.get(concern.case.get_absolute_url()))
    assert "Do not speak to the person this is about" in home and page("allegation", concern.case) in home
    concern.consult(**ADVICE, happened_at=AT + HOUR, by=ruth)
    assert "not agreed that they are told yet" in words(client.get(concern.case.get_absolute_url()))
    concern.consult(**ADVICE | {"may_tell": "yes"}, happened_at=AT + 2 * HOUR, by=ruth)
    assert "is about may be told" in words(client.get(concern.case.get_absolute_url()))
    assert "Do not speak" not in words(client.get(concern.case.get_absolute_url()))


def test_the_questions_are_asked_on_a_page_and_keep_what_was_typed(about_leah, sign_in, ruth):
    client = sign_in(ruth)
    assert client.get(page("consult", about_leah)).url == page("screen", about_leah)  # the questions come first
    answer = client.post(page("screen", about_leah), NO | {"risk_why": ""})
    assert "Say why, in a sentence." in words(answer) and "Nothing speaks for it." in words(answer)
    assert client.post(page("screen", about_leah), UNSURE).url == page("allegation", about_leah)
    assert "keep it from her mum" in words(client.get(page("allegation", about_leah)))
    answer = words(client.post(page("consult", about_leah), ADVICE))
    assert "Say when you spoke to them." in answer and "Nia Rees" in answer
    with pytest.raises(StateMoved, match="A colleague has answered"):
        Allegation(case=about_leah).screen(**NO, by=ruth)


def test_a_case_about_a_child_has_no_such_page(triaged, sign_in, amara):
    client = sign_in(amara)
    assert client.get(page("allegation", triaged)).status_code == 404
    assert page("allegation", triaged) not in words(client.get(triaged.get_absolute_url()))


# what follows


@pytest.fixture
def advised(screened, ruth):
    concern = screened(UNSURE)
    concern.consult(**ADVICE, happened_at=AT + HOUR, by=ruth, at=AT + HOUR)
    return concern


def test_nobody_is_suspended_before_each_alternative_was_weighed(advised, sign_in, ruth):
    said = {f"why_{one}": "She would still meet him." for one in ALTERNATIVES}
    decided = {"measure": "suspended", "measure_why": "The police ask for it."}
    client, address = sign_in(ruth), page("meanwhile", advised.case)
    assert "Weigh at least one of these" in words(client.post(address, decided | {"measure": "none"}))
    assert "say why this is not enough" in words(client.post(address, decided | said | {"why_leave": ""}))
    with pytest.raises(Refused, match="of each alternative"):
        advised.decide_measure({"none": "It is not."}, **decided, by=ruth)
    assert client.post(address, decided | said).url == page("allegation", advised.case)
    shown = words(client.get(page("allegation", advised.case)))
    assert "They are suspended" in shown and "She would still meet him." in shown


def test_a_pause_is_as_any_other_and_has_no_room_for_a_reason(advised, sign_in, ruth, leah):
    client = sign_in(ruth)
    assert reverse("people:away_for", args=[leah.pk]) in words(client.get(page("meanwhile", advised.case)))
    Away(user=leah).say(AT + 99 * DAY, None, by=ruth)
    assert {field.name for field in Away._meta.concrete_fields} == {
        "id",
        "root",
        "user",
        "starts_at",
        "ends_at",
        "cover",
    }
    assert advised.case.reference not in words(client.get(reverse("people:person", args=[leah.pk])))


def test_it_ends_with_an_outcome_and_who_decided_it_and_only_then_the_case(advised, ruth):
    case = Case.objects.get()
    ended = {"outcome": "lado", "closing_reason": "It is over.", "by": ruth}
    with pytest.raises(Refused, match="has no outcome yet"):
        end(case, **ended)
    advised.conclude("false", "The rota shows it.", "Nia Rees and Ruth", by=ruth)
    assert (advised.status, advised.dbs_due, advised.stays_out_of_references) == ("concluded", None, True)
    end(case, **ended)
    assert any("Decided by: Nia Rees and Ruth" in entry.words for entry in case.entries.all())


def test_the_dbs_is_decided_in_two_working_days_or_others_hear(advised, ruth):
    advised.conclude("substantiated", "He said so.", "Nia Rees and Ruth", by=ruth, at=AT + DAY)
    assert advised.dbs_due == AT + 3 * DAY
    waits.climb(AT + 3 * DAY, ALLEGATIONS)
    assert [notice.recipient for notice in Notice.objects.filter(clock="dbs")] == [ruth]
    advised.decide_dbs(False, "She was never taken off that work.", by=ruth)
    assert not Notice.objects.filter(clock="dbs", stopped_at=None).exists()
    assert not Allegation.objects.late("dbs", AT + 9 * DAY).exists()


def test_support_outcome_and_the_dbs_are_asked_on_pages(advised, sign_in, ruth):
    client = sign_in(ruth)
    assert "Choose how it ended." in words(client.post(page("conclude", advised.case), {}))
    ended = {"finding": "unfounded", "finding_why": "It was another club.", "decided_with": "Nia Rees"}
    answers = {"conclude": ended, "dbs": {"dbs": "no", "dbs_why": "Unfounded."}}
    answers["support"] = {"contact": "Maya Lindqvist", "offered": "A call each week."}
    for name, answer in answers.items():
        assert client.post(page(name, advised.case), answer).url == page("allegation", advised.case)
    shown = words(client.get(page("allegation", advised.case)))
    assert "It was an allegation: Unfounded" in shown and "They are not told" in shown and "Maya Lindqvist" in shown


# told by oneself


def test_what_somebody_did_themselves_is_welcome_and_goes_to_others(sign_in, leah, ruth):
    client = sign_in(leah)
    begun = client.post(reverse("incidents:begin"), {"first": "us"}).url
    assert "Me: something I did, or that might be misread" in words(client.get(begun))
    client.post(begun, {"named": str(leah.pk)})
    draft = Report.objects.get()
    draft.answer(by=leah, who="A Maker", facts="She followed my own account. I did not accept.")
    draft.file(by=leah)
    assert "Thank you for telling us yourself" in words(client.get(page("report_sent", draft)))
    assert not Case.objects.visible_to(leah).exists() and Case.objects.visible_to(ruth).exists()
    assert "They told of it themselves" in words(sign_in(ruth).get(page("allegation", draft.case)))


def test_of_what_somebody_else_told_no_page_thanks_them_so(report, leah, sam, ruth, sign_in):
    filed = report(about=leah)
    assert "telling us yourself" not in words(sign_in(sam).get(page("report_sent", filed)))
    assert "They told of it themselves" not in words(sign_in(ruth).get(page("allegation", filed.case)))


# several about the same person


def test_several_about_one_person_stand_side_by_side_for_who_may_open_all_of_them(
    report, leah, amara, ruth, person, sign_in
):
    maya = person("Maya Lindqvist", "allegations")
    cases = [report(about=leah).case for _number in range(2)]
    for case in (*cases, report(about=amara).case):
        Allegation(case=case).screen(**NO, by=ruth)
    register = reverse("incidents:register")
    shown = words(sign_in(ruth).get(register))
    assert "More than one about the same person" in shown
    for case in cases:
        assert case.reference in shown.split("Newest first")[0]
    assert "More than one" in words(sign_in(maya).get(register))
    cases[0].recuse(maya, by=ruth, why="She is her friend.")
    answer = words(sign_in(maya).get(register))
    assert "More than one" not in answer and cases[1].reference in answer and cases[0].reference not in answer


def test_a_page_of_them_costs_the_same_for_one_and_many(report, leah, amara, sign_in, ruth):
    taken, client = [], sign_in(ruth)
    for about in (leah, amara):
        for _number in range(2):
            Allegation(case=report(about=about).case).screen(**NO, by=ruth)
        client.get(reverse("incidents:register"))  # writes down what is new to her
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("incidents:register"))
        taken.append(len(queries))
    assert taken[0] == taken[1]


def test_each_quarter_those_who_work_them_are_reminded_whether_there_are_any_or_not(line):
    first_morning = datetime(2027, 1, 1, 8, tzinfo=UTC)
    for at in (
        first_morning - MINUTE,
        first_morning,
        first_morning + DAY,
        first_morning + 89 * DAY,
        first_morning + 90 * DAY,
    ):
        waits.climb(at, QUARTERLY)
    told = Notice.objects.filter(clock="register").order_by("created_at", "recipient__name")
    assert [(one.created_at, one.recipient.name) for one in told] == [
        (at, name)
        for at in (first_morning - MINUTE, first_morning, first_morning + 90 * DAY)
        for name in ("Amara Okafor", "Ruth Hale")
    ]
    assert {one.link for one in told} == {reverse("incidents:register")}
