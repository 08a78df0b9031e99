"""What the matrix sees if somebody forgets to ask: each right taken away by hand is a leak in it."""

from zlib import crc32

import pytest
from django.db.models import Q

from harmony.documents import access as documents
from harmony.home import access as home
from harmony.notifications import access as notifications
from harmony.organisation import access as organisation
from harmony.people import access as people
from incidents import access as cases
from incidents.models.cases import CaseQuerySet

from . import asking, steps
from .oracle import SIGNED_IN
from .pages import MISSING, OPEN, PAGES, REFUSED

pytestmark = [pytest.mark.django_db, pytest.mark.once("sqlite")]


def everything(*_asked, **_more):
    return Q()


def yes(*_asked, **_more):
    return True


def all_of_them(records, *_asked):
    return records.all()


def whoever_asked(user, *_more):
    return Q(requested_by=user)


def whoever_was_told(user, *_more):
    return Q(recipient=user)


# (what is broken, what it does then, pages whose cells must tell)
FORGOTTEN = [
    (cases.not_recused, everything, ["incidents:case", "incidents:cases"]),
    (cases.cases_visible_to, everything, ["incidents:case"]),
    (CaseQuerySet.visible_to, all_of_them, ["incidents:chronology", "incidents:cases"]),
    (cases.works_on, yes, ["incidents:triage"]),
    (cases.may_export, yes, ["incidents:print_case"]),
    (cases.may_work, yes, ["documents:ask"]),
    (cases.reports_visible_to, everything, ["incidents:report"]),
    (cases.reports_visible_to, everything, ["incidents:report_check"]),
    (cases.actions_visible_to, everything, ["incidents:my_action"]),
    (cases.actions_visible_to, everything, ["incidents:my_actions"]),
    (cases.second_looks_visible_to, everything, ["incidents:second_look"]),
    (cases.may_ask, yes, ["incidents:unsent"]),
    (cases.may_see_cases, yes, ["incidents:cases"]),
    (documents.exports_visible_to, whoever_asked, ["documents:export"]),
    (documents.may_have, yes, ["documents:download"]),
    (documents.may_check, yes, ["documents:check"]),
    (notifications.notices_visible_to, whoever_was_told, ["notifications:inbox", "notifications:read"]),
    (people.young_people_visible_to, everything, ["people:young_person"]),
    (people.may_see_household, yes, ["people:young_person"]),
    (people.may_keep_records, yes, ["people:add_carer"]),
    (people.groups_visible_to, everything, ["people:group"]),
    (people.relationships_visible_to, everything, ["people:end_relationship"]),
    (people.people_visible_to, everything, ["people:person"]),
    (people.may_suspend, yes, ["people:suspend"]),
    (organisation.may_set_up, yes, ["home:organisation"]),
    (home.may_see_health, yes, ["home:running"]),
]
# (what is broken, the steps whose cells must tell)
FORGOTTEN_STEPS = [
    (cases.may_work, ["incidents.Case.triage"]),
    (cases.may_agree, ["incidents.Case.agree"]),
    (cases.may_finish, ["incidents.Action.finish"]),
    (cases.may_waive, ["incidents.Action.waive"]),
    (cases.may_hand_over, ["incidents.Case.hand_over"]),
    (cases.may_answer_look, ["incidents.SecondLook.reply"]),
    (cases.may_file, ["incidents.Report.file"]),
    (cases.may_add, ["incidents.Report.add"]),
    (cases.may_escalate, ["incidents.Case.escalate"]),
    (documents.may_have, ["documents.Export.make"]),
    (documents.may_delete, ["documents.Export.delete_file"]),
    (notifications.may_answer, ["notifications.Notice.answer"]),
]
FEW, ENOUGH = 80, 20  # cells of a kind


def expected_of(world, cell):
    return PAGES[cell.page].expects(world, cell.role, cell.relation)


def kinds_of_cells(world, names):
    """[cells] of these pages by what a signed-in person should meet there: all of few, some of many."""
    kinds = {}
    for cell in sorted(asking.every_cell(), key=lambda cell: crc32(str(cell).encode())):
        expected = cell.page in names and cell.role in SIGNED_IN and expected_of(world, cell)
        if expected in (MISSING, REFUSED) or (expected == OPEN and cell.method == "GET"):
            kinds.setdefault(expected, []).append(cell)
    return [cells if len(cells) < FEW else cells[:ENOUGH] for cells in kinds.values()]


@pytest.mark.parametrize(
    ("asks", "instead", "names"), FORGOTTEN, ids=[f"{a.__name__}-{n[0]}" for a, _i, n in FORGOTTEN]
)
def test_a_right_that_nobody_asks_for_is_a_leak(monkeypatch, site, asks, instead, names):
    monkeypatch.setattr(asks, "__code__", instead.__code__)
    monkeypatch.setattr(asks, "__defaults__", None)
    monkeypatch.setattr(site, "nowhere", {})
    cells = [cell for some in kinds_of_cells(site.world, names) for cell in some]
    assert any(fault for cell in cells for fault in site.judge(cell))


@pytest.mark.parametrize(("asks", "names"), FORGOTTEN_STEPS, ids=[f"{a.__name__}-{n[0]}" for a, n in FORGOTTEN_STEPS])
def test_a_step_that_asks_nobody_is_a_leak(monkeypatch, world, asks, names):
    monkeypatch.setattr(asks, "__code__", yes.__code__)
    monkeypatch.setattr(asks, "__defaults__", None)
    cells = [cell for cell in steps.every_cell() if cell.step in names]
    assert any(fault for cell in cells for fault in steps.judge(world, cell))
