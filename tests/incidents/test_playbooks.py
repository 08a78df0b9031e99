"""Playbooks: which steps a case owes, that it keeps its version, and that an open one holds up its end and nothing else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from harmony.audit import book
from harmony.audit.events import event
from harmony.audit.transitions import ReasonOwed, Refused, StateMoved
from incidents.documents import gather
from incidents.kinds import Kind
from incidents.models import Case, CaseStep, Playbook
from incidents.models.playbooks import in_force, newest
from incidents.playbooks import GIVEN, LONGEST, MOST_STEPS
from incidents.record import followed

from .conftest import WEIGHED
from .planning import ENDS, end, plan_for, settle_steps
from .test_ending import closed_by_force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
ASKED = ENDS | {"outcome": "safe", "closing_reason": "It has stopped.", "early_why": "They want it closed."}
RULE = {
    "title": "Nude images", "steps": "Do not look.\nRing the police.", "track": "", "kinds": "", "caused_by": "",
    "images": True, "in_use": True,
}  # fmt: skip


def weighed(report, by, **answers):
    case = report().case
    case.triage(**WEIGHED | answers, by=by)
    return Case.objects.get(pk=case.pk)


def follows(case):
    return {one.code for one in followed(case)}


def step_of(case, playbook="children", position=1):
    return case.steps.get(playbook=playbook, position=position)


@pytest.mark.once("sqlite")
def test_what_we_start_from_covers_what_practice_asks_for_and_fits_its_columns():
    given = {one.code: Playbook.of(one) for one in GIVEN}
    assert len(given) == len(GIVEN)
    for one in given.values():
        one.clean_fields(exclude=["made_at", "made_by"])
        assert len(one.lines) <= MOST_STEPS and all(len(line) <= LONGEST for line in one.lines), one
    words = {code: one.steps for code, one in given.items()}
    assert "child who was harmed" in words["children"] and "child who caused harm" in words["children"]
    assert "police" in words["adult-online"] and "CEOP" in words["adult-online"]
    assert "LADO" in words["one-of-us"] and "Report Remove" in words["images"]
    assert "under 13" in words["images"] and "Prevent" in words["drawn-in"] and "999" in words["self-harm"]
    assert "suicide" in words["threats"]


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        ({}, {"children"}),
        ({"kind": "CT-GROOM", "caused_by": "stranger"}, {"adult-online"}),
        ({"kind": "CT-GROOM", "caused_by": "worker"}, {"adult-online", "one-of-us"}),
        ({"kind": "EX-IMAGES", "caused_by": "unknown", "secondary": "SHM"}, {"threats", "images", "self-harm"}),
        ({"kind": "RAD", "caused_by": "group"}, {"drawn-in"}),
        ({"kind": "NEG", "caused_by": "adult"}, set()),
    ],
)
def test_a_case_takes_on_the_steps_that_fit_when_it_is_weighed(report, amara, answers, codes):
    case = weighed(report, amara, **answers)
    assert follows(case) == codes
    assert {one.status for one in case.steps.all()} <= {"open"}
    assert list(book.breaks()) == []


def test_a_case_keeps_its_version_and_the_next_one_takes_the_new(report, amara):
    before = weighed(report, amara, kind="IM-SELF")
    words = newest("images").lines
    Playbook(code="images").keep(**RULE, seen=1, by=amara, why="The council has a new form.")
    after = weighed(report, amara, kind="IM-SELF")
    kept, new = [next(one for one in followed(case) if one.code == "images") for case in (before, after)]
    assert (kept.version, [step.words for step in kept.steps]) == (1, words)
    assert (new.version, new.title, [step.words for step in new.steps]) == (
        2, "Nude images", ["Do not look.", "Ring the police."],
    )  # fmt: skip
    Playbook(code="images").keep(**RULE | {"in_use": False}, seen=2, by=amara, why="We have another.")
    assert "images" not in in_force() and "images" not in follows(weighed(report, amara, kind="IM-SELF"))


def test_what_turns_out_otherwise_is_asked_other_things_and_what_was_answered_stays(report, amara):
    case = weighed(report, amara)
    case.answer_step(step_of(case), "done", "Talked with Zed at school.", by=amara)
    case.turn_out("CT-GROOM", "", "stranger", by=amara, why="It was a man of 40.")
    case = Case.objects.get(pk=case.pk)
    assert follows(case) == {"children", "adult-online"}
    assert [step.status for step in case.steps.owed().filter(playbook="children")] == ["done"]
    case.turn_out("ON-BULLY", "", "peer", by=amara, why="It was a boy of 14 after all.")
    statuses = {(one.playbook, one.status) for one in case.steps.owed()}
    assert statuses == {("children", "done"), ("children", "open")}
    end(case, by=amara)
    assert Case.objects.get().status == "closed"


def test_an_open_step_holds_up_the_end_and_nothing_else(report, amara, tom):
    case = weighed(report, amara)
    plan_for(case, by=amara)
    case.decide_charity(False, "Nobody came to serious harm.", by=amara)
    case.write("note", "Rang home.", case.filed_at, by=amara)
    case.review("Calm.", by=amara)
    assert case.holds_open("duplicate") == [] and len(case.holds_open("safe")) == 1
    with pytest.raises(Refused, match="6 required steps"):
        case.ask_to_close(**ASKED, by=amara)
    with pytest.raises(IntegrityError, match="A required step is still open"):
        closed_by_force(case, amara, close_agreed_by=tom, early_why="x", charity=False, charity_why="x")
    settle_steps(case, by=amara)
    case.ask_to_close(**ASKED, by=amara)
    case.answer_step(step_of(case), "open", "Zed was not there.", was="done", by=amara)
    with pytest.raises(Refused, match="1 required step is"):
        case.agree_to_close(by=tom)


def test_that_a_step_is_not_needed_takes_a_reason_and_is_a_decision(report, amara, tom, ruth):
    case = weighed(report, amara)
    step = step_of(case)
    with pytest.raises(Refused, match="Say why"):
        case.answer_step(step, "waived", by=amara)
    with pytest.raises(PermissionDenied):
        case.answer_step(step, "waived", "No.", by=ruth)
    case.answer_step(step, "waived", "She has moved away.", by=tom)
    case.answer_step(step, "waived", "She has moved away.", by=tom)  # sent twice is said once
    with pytest.raises(StateMoved, match="A colleague answered"):
        case.answer_step(step, "done", by=amara)
    entry = case.entries.get(kind="decision")
    assert "Not needed: Talk with the child who was harmed" in entry.words and "moved away" in entry.words
    assert (step_of(case).status, step_of(case).answered_by, step_of(case).result) == (
        "waived", tom, "She has moved away.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"words": "Do nothing."}, "keeps the steps"),
        ({"version": 9}, "keeps the steps"),
        ({"status": "waived"}, "not needed"),
    ],
)
def test_the_database_keeps_a_step_as_it_was_asked(report, amara, changes, says):
    step = step_of(weighed(report, amara))
    step.answered_at, step.answered_by = step.case.filed_at, amara if "status" in changes else None
    for name, value in changes.items():
        setattr(step, name, value)
    with pytest.raises(IntegrityError, match=says), event("try", by=amara), transaction.atomic():
        step.save(update_fields=[*changes, *(["answered_at", "answered_by"] if "status" in changes else [])])
    with pytest.raises(IntegrityError, match="not deleted"), event("try", by=amara), transaction.atomic():
        CaseStep.objects.filter(pk=step.pk)._raw_delete("default")


def test_the_dso_line_makes_a_version_with_a_reason_and_none_changes(amara, tom, ruth, sam):
    with pytest.raises(ReasonOwed):
        Playbook(code="images").keep(**RULE, seen=1, by=amara)
    for one in (ruth, sam):
        with pytest.raises(PermissionDenied):
            Playbook(code="images").keep(**RULE, seen=1, by=one, why="x")
    Playbook(code="images").keep(**RULE, seen=1, by=tom, why="Shorter.")
    with pytest.raises(StateMoved, match="version 2 meanwhile"):
        Playbook(code="images").keep(**RULE | {"title": "Pictures"}, seen=1, by=amara, why="x")
    with pytest.raises(Refused, match="Nothing is different"):
        Playbook(code="images").keep(**RULE, seen=2, by=amara, why="x")
    with pytest.raises(Refused, match="of this name already"):
        Playbook(code="another").keep(**RULE, by=amara, why="x")
    with pytest.raises(IntegrityError, match="this version, so it stays"), event("try", by=tom), transaction.atomic():
        Playbook.objects.update(steps="Nothing.")


def test_all_of_them_come_in_one_query(amara):
    for number in (1, 2, 3):
        Playbook(code="images").keep(**RULE | {"title": f"Images {number}"}, seen=number, by=amara, why="x")
    with CaptureQueriesContext(connection) as queries:
        assert in_force()["images"].number == 4
    assert len(queries) == 1


# the pages


def test_the_steps_of_a_case_are_answered_on_its_page(sign_in, report, amara):
    case = weighed(report, amara)
    client, page = sign_in(amara), reverse("incidents:case_steps", args=[case.pk])
    assert "0 of 6 done or not needed" in client.get(case.get_absolute_url()).content.decode()
    first, second = step_of(case), step_of(case, position=2)
    at = reverse("incidents:case_step", args=[case.pk, first.pk])
    assert client.post(at, {"answer": "done", "was": "open"}).url == f"{page}#children"
    shown = client.get(page).content.decode()
    assert "1 of 6" in shown and f"{amara.name}," in shown
    at = reverse("incidents:case_step", args=[case.pk, second.pk])
    wrong = client.post(at, {"answer": "waived", "was": "open", "words": ""})
    assert "Say why, in a sentence." in wrong.content.decode() and step_of(case, position=2).is_open
    assert client.post(at, {"answer": "waived", "was": "open", "words": "He has moved."}).status_code == 302
    late = client.post(at, {"answer": "done", "was": "open", "words": "Seen him"})
    assert late.status_code == 409 and "Seen him" in late.content.decode()
    assert client.post(at, {"answer": "nonsense"}).status_code == 200
    told = gather(case, type("Export", (), {"requested_by": amara}), None)["steps"]
    assert told[0][0] == "One child harmed another (version 1)" and told[0][1][1][2] == "He has moved."


def test_the_dso_changes_a_playbook_on_its_page_and_others_read_it(sign_in, amara, ruth, sam):
    client, at = sign_in(amara), reverse("incidents:change_playbook", args=["images"])
    form = client.get(at).context["form"]
    answers = {name: form[name].value() for name in form.fields} | {"images": "on", "in_use": "on"}
    answers |= {"steps": "1. Do not look.\n\n- Ring the police. ", "why": "Shorter."}
    assert client.post(at, answers).url == reverse("incidents:playbook", args=["images"])
    assert newest("images").lines == ["Do not look.", "Ring the police."]
    late = client.post(at, answers | {"title": "Other"})
    assert late.status_code == 409 and "version 2 meanwhile" in late.content.decode()
    for steps, says in (("", "at least one"), ("x\n" * 21, "21 steps"), ("y" * 301, "more than 300 letters")):
        assert says in client.post(at, answers | {"steps": steps}).content.decode()
    read = sign_in(ruth).get(reverse("incidents:playbook", args=["images"])).content.decode()
    assert "Shorter." in read and "Read version 1" in read and "Change it" not in read
    assert client.get(at).status_code == 404
    assert sign_in(sam).get(reverse("incidents:playbooks")).status_code == 404
    assert sign_in(amara).get(reverse("incidents:playbook", args=["no-such"])).status_code == 404


def test_a_playbook_of_their_own_is_followed_by_what_it_fits(sign_in, report, amara):
    client = sign_in(amara)
    answers = {"title": "Neglect", "steps": "Ring the school nurse.", "kinds": ["NEG"], "in_use": "on", "why": "Ours."}
    client.post(reverse("incidents:add_playbook"), answers)
    client.post(reverse("incidents:add_playbook"), answers)  # sent twice is one
    made = Playbook.objects.get()
    assert made.when == [f"Kind: {Kind.NEGLECT.label}"] and follows(
        weighed(report, amara, kind="NEG", caused_by="adult")
    ) == {made.code}


def test_only_who_sees_the_case_sees_its_steps(sign_in, report, amara, sam, ruth):
    case = weighed(report, amara)
    step = step_of(case)
    for one in (sam, ruth):
        page = sign_in(one).get(reverse("incidents:case_steps", args=[case.pk]))
        assert page.status_code in (403, 404) and step.words not in page.content.decode()
    case.share(ruth, by=amara, why="She covers for me.")
    client = sign_in(ruth)
    shown = client.get(reverse("incidents:case_steps", args=[case.pk])).content.decode()
    assert step.words in shown and "It is done" not in shown
    at = reverse("incidents:case_step", args=[case.pk, step.pk])
    assert client.post(at, {"answer": "done", "was": "open"}).status_code == 403
