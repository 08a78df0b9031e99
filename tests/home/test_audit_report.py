"""The organisation's audit report: figures and logs, no case, and nothing of a case its exporter is out of."""

import io
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pikepdf
import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as some

from harmony.audit.events import event, note
from harmony.documents import kinds, making
from harmony.documents.models import Export
from harmony.home import documents
from harmony.look.figures import SMALL, pooled, to_hide
from harmony.look.words import day
from harmony.people.models import OnCall
from tests.documents.conftest import text_of  # noqa: F401

pytestmark = pytest.mark.django_db

AT = datetime(2026, 4, 2, 10, 0, tzinfo=UTC)
FIRST = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WEIGHED = ("high", "ON-BULLY", "Since Sunday", "told", "", False, "Below the threshold", "peer")


@pytest.fixture
def march(report, amara, organisation):
    """Six in March: five read after an hour and weighed as High, one not read yet."""
    cases = [report(at=FIRST + timedelta(days=number)).case for number in range(6)]
    for case in cases[:5]:
        case.acknowledge(by=amara, at=case.filed_at + timedelta(hours=1))
        case.triage(*WEIGHED, by=amara, at=case.filed_at + timedelta(hours=5))
    return cases


def shown_to(user, ask):
    export = ask(user)
    return documents.gather(None, export, AT)


def test_it_counts_what_came_and_how_fast_it_was_answered(march, sol, ask):
    shown = shown_to(sol, ask)
    assert shown["tiles"][0] == ["6", "concerns reported"]
    assert shown["in_short"].startswith("6 concerns were reported. Half of them were read within 1 hour.")
    assert "1 has not been read yet." in shown["in_short"]


def test_it_counts_the_promises_that_were_kept(march, amara, report, sol, ask):
    with event("add", by="the tests"):
        OnCall.objects.create(user=amara, phone="1", starts_at=FIRST, ends_at=FIRST + timedelta(days=31))
    report(at=FIRST + timedelta(days=9)).case.acknowledge(by=amara, at=FIRST + timedelta(days=9, hours=1))
    report(at=FIRST + timedelta(days=10))
    assert "1 of 2 were read by the time that was promised." in shown_to(sol, ask)["in_short"]


def test_it_counts_the_reviews_that_were_made_in_time(march, amara, sol, ask):
    march[0].review("Calm.", by=amara, at=march[0].review_due)
    march[1].review("Calm.", by=amara, at=march[1].review_due + timedelta(days=1))
    # the first of five cases, and the second of these two
    assert "1 of 7 reviews that were due were made in time." in shown_to(sol, ask)["in_short"]


def test_small_figures_are_shown_to_those_who_work_the_cases_alone(march, sol, tom, ask):
    high = {"level": "High", "filed": "5", "times": ["1 hour", "1 hour", "5 hours", "5 hours"]}
    levels = {row["level"]: row for row in shown_to(tom, ask)["levels"]}
    assert levels["High"] == high
    assert levels["Not assessed yet"]["filed"] == "1"
    hidden = {row["level"]: row for row in shown_to(sol, ask)["levels"]}
    assert hidden["Not assessed yet"] == {"level": "Not assessed yet", "filed": "Not shown", "times": ["–"] * 4}
    assert hidden["High"]["filed"] == "Not shown"  # else the total would tell the other one
    assert hidden["Low"]["filed"] == "Not shown"  # a nought among them would narrow down the rest


def test_who_opened_cases_is_told_by_day_and_never_which(march, sol, ruth, amara, ask):
    for case in (*march[:3], march[0]):
        note("read", by=amara, about=case)
    note("read", by=ruth, about=march[0])
    shown = documents.gather(None, ask(sol, since=localdate(), until=localdate()), AT)
    today = day(localdate())
    assert shown["opened"] == [[today, "Amara Okafor", "3", "4"], [today, "Ruth Hale", "1", "1"]]
    assert not any(case.reference in str(shown) for case in march)


def test_over_a_long_time_it_is_told_by_month(march, sol, amara, ask):
    for case in march[:2]:
        note("read", by=amara, about=case)
    shown = documents.gather(None, ask(sol, until=localdate()), AT)
    assert shown["opened"] == [[f"{localdate():%B %Y}", "Amara Okafor", "2", "2"]]


def test_what_was_taken_out_is_listed_with_its_purpose_and_downloads(march, sol, ruth, ask):
    export = ask(ruth, since=date(2026, 1, 1), until=localdate())
    note("download", by=ruth, about=export)
    [row] = documents.gather(None, export, AT)["exports"]
    assert row[1:] == ["Ruth Hale", "Safeguarding audit report", "For our trustees", "1"]


@pytest.mark.parametrize("whose", ["amara", "sol", "gwen"])
def test_a_concern_about_the_exporter_changes_nothing_in_their_report(
    request, whose, march, report, ruth, maya, ask, ask_all
):
    """Not a figure, not a line of a log: the report is the same as if it had never been filed."""
    exporter = request.getfixturevalue(whose)
    before = documents.gather(None, ask(exporter, until=localdate()), AT)
    case = report(about=exporter, at=FIRST + timedelta(days=9), facts="A canary sang").case
    case.acknowledge(by=maya, at=FIRST + timedelta(days=9, hours=2))
    note("read", by=maya, about=case)
    export = Export.of(kinds.get("chronology"), case, uuid4(), "police", "For the LADO", by=maya)
    note("download", by=maya, about=export)
    assert _told(documents.gather(None, ask(exporter, until=localdate()), AT)) == _told(before)
    for reader in (ruth, ask_all["office"]):
        assert "Maya Lindqvist" not in str(documents.gather(None, ask(reader, until=localdate()), AT))
    whole = documents.gather(None, ask(ask_all["trustee"], until=localdate()), AT)
    is_hers = whose == "gwen"  # one about the chair is told to the others in person
    assert whole["tiles"][0][0] == ("6" if is_hers else "7")
    assert ("Maya Lindqvist" in str(whole["opened"]), "Maya Lindqvist" in str(whole["exports"])) == (not is_hers,) * 2
    assert documents.gather(None, ask(exporter, until=localdate()), AT)["apart"] == whole["apart"]


@pytest.fixture
def ask_all(person):
    """Others who may have the report."""
    return {"office": person("Ola Berg", "office"), "trustee": person("Dev Banerjee", "trustee", kind="trustee")}


@pytest.fixture
def maya(person):
    return person("Maya Lindqvist", "allegations")


def _told(shown):
    """Less the exporter's own asking for the two reports that are compared."""
    mine = [row for row in shown["exports"] if row[2] != "Safeguarding audit report"]
    return shown | {"exports": mine}


def test_who_has_no_business_with_it_meets_a_missing_page(client, leah, organisation):
    client.force_login(leah)
    assert client.get(reverse("documents:ask", args=["audit-report", organisation.pk])).status_code == 404
    assert "audit report" not in client.get(reverse("documents:mine")).text


def test_the_office_finds_it_among_the_documents_and_asks_for_a_period(client, sol, organisation):
    client.force_login(sol)
    assert "Make the safeguarding audit report" in client.get(reverse("documents:mine")).text
    address = reverse("documents:ask", args=["audit-report", organisation.pk])
    assert 'name="since_0"' in client.get(address).text or 'name="since_day"' in client.get(address).text


@pytest.mark.parametrize(
    ("since", "until", "says"),
    [
        (("1", "3", "2026"), ("31", "2", "2026"), "There is no such day."),
        (("2", "3", "2026"), ("1", "3", "2026"), "The last day comes before the first."),
        (("1", "3", "2020"), ("1", "3", "2026"), "Choose two years or less."),
        (("1", "3", "2026"), ("1", "3", "2199"), "This day has not come yet."),
    ],
)
def test_a_period_that_is_none_gets_a_sentence(since, until, says):
    boxes = {f"{name}_{part}": value for name, date in (("since", since), ("until", until))
             for part, value in zip(("day", "month", "year"), date, strict=True)}  # fmt: skip
    form = documents.PeriodForm(boxes | {"purpose": "trustees", "purpose_words": "x"})
    assert says in str(form.errors)


@pytest.mark.needs("Pango", "pdftotext")
def test_on_paper_it_is_tagged_sealed_and_names_no_child(march, sol, ask, text_of, caplog):  # noqa: F811
    export = ask(sol)
    assert making.make_waiting(AT) == 1
    assert [line for line in caplog.records if line.levelname in ("WARNING", "ERROR")] == []
    export.refresh_from_db()
    text = text_of(export.file)
    for words in ("How do we keep people safe?", "6 concerns were reported.", "Page 1 of", "Meeting of the trustees",
                  "No child or reporter is named", "Every line of the audit book is as it was written"):  # fmt: skip
        assert words in text
    for canary in ("Zed", "ZA", "bruise", *(case.reference for case in march)):
        assert canary not in text
    with pikepdf.open(io.BytesIO(export.file)) as file:
        assert file.Root.MarkInfo.Marked
        headings = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/TH"]
        assert {str(heading.A.Scope) for heading in headings} == {"/Column", "/Row"}


@given(some.dictionaries(some.text(max_size=3), some.integers(0, 12), max_size=8))
def test_no_small_figure_can_be_worked_out_from_those_shown(counts):
    hidden = to_hide(counts)
    assert all(counts[key] == 0 or counts[key] >= SMALL for key in counts if key not in hidden)
    if hidden and any(count >= SMALL for count in counts.values()):
        assert sum(counts[key] for key in hidden) >= SMALL
        assert len(hidden) > 1


def test_small_kinds_stand_together():
    counts = {"Bullying": 9, "Neglect": 6, "Missing": 1, "Scam": 2}
    assert pooled(counts) == [["Bullying", "9"], ["All others together", "9"]]
    assert pooled({"Missing": 1}) == [["All others together", "1"]]
