"""All that is left to do across cases: one page, of those cases alone that its reader works."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from harmony.audit.events import event
from harmony.audit.models import Entry
from incidents.models import Action

from .conftest import WEIGHED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
DAY = timedelta(days=1)


@pytest.fixture
def worked(report, amara):
    def make(what="Ring the school", days=3, owner=None, by=amara, **weighed):
        case = report().case
        case.triage(**WEIGHED | weighed, by=by)
        case.give(what, owner or by, localdate() + days * DAY, by=by)
        return case

    return make


def page(client, **asked):
    return client.get(reverse("incidents:to_do"), asked)


def whats(response):
    return [row.what for row in response.context["rows"]]


def test_it_holds_actions_steps_and_clocks_by_day_and_who_does_them(worked, amara, leah, sign_in):
    case = worked("Ring the school", 3, leah)
    worked("Ring home", 1)
    shown = page(sign_in(amara))
    found = whats(shown)
    assert found.index("Ring home") < found.index("Ring the school")
    rows = {row.what: row for row in shown.context["rows"]}
    assert (rows["Ring the school"].who, rows["Ring the school"].reference) == (leah.name, case.reference)
    kinds = [row.kind for row in shown.context["rows"]]
    assert "Next step of a case" in kinds and "Required step" in kinds
    assert kinds == sorted(kinds, key=lambda kind: kind == "Required step")  # they have no day of their own
    lines = Entry.objects.filter(table_name="to do across cases", row_id=amara.pk.hex)
    assert lines.count() == 1


def test_it_is_filtered_by_person_day_and_kind_and_nonsense_chooses_nothing(worked, amara, tom, leah, sign_in):
    worked("Ring the school", 3, leah)
    worked("Ring home", 20, tom)
    client = sign_in(amara)
    everything = page(client).context["page"].paginator.count
    assert whats(page(client, kind="action")) == ["Ring the school", "Ring home"]
    assert whats(page(client, kind="action", whose=str(tom.pk))) == ["Ring home"]
    assert whats(page(client, kind="action", when="week")) == ["Ring the school"]
    assert whats(page(client, kind="action", when="late")) == []
    for nonsense in ({"kind": "x"}, {"whose": "'"}, {"when": "never"}, {"page": "x"}):
        assert page(client, **nonsense).context["page"].paginator.count == everything


def test_what_is_late_is_said_at_the_head(worked, amara, sign_in):
    action = worked("Ring the school", 0).actions.get()
    with event("try", by="the tests"):
        Action.objects.filter(pk=action.pk).update(due_on=localdate() - DAY)
    shown = page(sign_in(amara), when="late")
    assert "is late" in shown.text or "are late" in shown.text
    assert "Ring the school" in whats(shown)


def test_nobody_meets_there_what_they_may_not_open_or_only_read(worked, amara, tom, ruth, sam, sign_in):
    kept, shared = worked("Kept from Tom"), worked("Shared to read")
    kept.recuse(tom, by=amara, why="His niece.")
    shared.share(ruth, by=amara, why="She needs the plan.")
    found = page(sign_in(tom))
    assert "Kept from Tom" not in found.text and kept.reference not in found.text
    assert "Shared to read" in found.text
    assert whats(page(sign_in(ruth))) == []
    assert page(sign_in(sam)).status_code == 404


def test_what_is_answered_leaves_it(worked, amara, sign_in):
    worked().actions.get().waive("Not needed", by=amara)
    assert not any(row.kind == "Asked of somebody" for row in page(sign_in(amara)).context["rows"])


def test_it_costs_the_same_however_much_there_is(worked, amara, sign_in):
    client, taken = sign_in(amara), []
    for more in (1, 3, 10):
        for _number in range(more):
            worked()
        for asked in ({}, {"kind": "action"}):
            page(client, **asked)
            with CaptureQueriesContext(connection) as queries:
                shown = page(client, **asked)
            taken.append(len(queries))
    assert len(set(taken[1::2])) == 1, taken
    assert max(taken[::2]) == taken[0], taken  # a kind that does not stand among the first 25 is not read
    assert len(shown.context["page"]) == 14 and page(client).context["page"].has_next()
