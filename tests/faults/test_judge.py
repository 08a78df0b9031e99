"""The judge of `make faults` is judged: made-up books with one thing wrong in each, so that it cannot always say nought."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from .judge import explain, is_well, judge
from .model import AMARA, RUTH, SAM, TOM, Ahead, Filed, due
from .run import Run, unmet
from .sink import Take

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOURS = timedelta(hours=1)


def filed(key, reference, **more):
    return Filed(key, reference, **({"danger": False, "about_dso": False, "since": AT, "until": AT} | more))


@pytest.fixture
def reports():
    """One just filed, one read at once, one in danger for nine hours that nobody reads, one about the DSO."""
    return [
        filed("a", "HM-A", since=AT + 9 * HOURS, until=AT + 9 * HOURS),
        filed("b", "HM-B", read_since=AT, read_until=AT + timedelta(seconds=1)),
        filed("c", "HM-C", danger=True),
        filed("d", "HM-D", about_dso=True, since=AT + 9 * HOURS, until=AT + 9 * HOURS),
    ]


@pytest.fixture
def counted(reports):
    """A database in which all is as it should be."""
    told = sorted({one for report in reports for one in due(report, AT + 9 * HOURS)})
    return {
        "reports": {report.key: report.reference for report in reports},
        "cases": len(reports),
        "told": [[*one, f"{number:032x}", False] for number, one in enumerate(told)],
        "other": [],
    }


@pytest.fixture
def run(counted):
    """Every mail was taken once, and answered."""
    taken = {f"<{one[4]}@127.0.0.1>": [Take(100, answered=True)] for one in counted["told"]}
    return Run(taken, {}, mended_at=AT + 9 * HOURS, counted_at=AT + 9 * HOURS)


def judged(reports, counted, run):
    return judge(reports, counted, run) | {"gave_up": 0, "unmet": unmet(run)}


def first(counted):
    return f"<{counted['told'][0][4]}@127.0.0.1>"


def test_a_book_in_which_all_is_right_is_well(reports, counted, run):
    result = judged(reports, counted, run)
    assert is_well(result)
    assert result["reports_acknowledged"] == result["reports_stored"] == 4
    assert result["notices_due"] == len(counted["told"]) > 15
    assert list(explain(reports, counted, run)) == []


def test_a_report_that_is_not_there(reports, counted, run):
    del counted["reports"]["a"]
    counted["cases"] -= 1
    result = judged(reports, counted, run)
    assert (result["reports_stored"], result["reports_lost"]) == (3, 1)
    assert not is_well(result)
    assert "lost: report HM-A" in explain(reports, counted, run)


def test_a_report_under_another_reference(reports, counted, run):
    counted["reports"]["a"] = "HM-X"
    assert judged(reports, counted, run)["reports_lost"] == 1


def test_a_case_that_no_report_opened(reports, counted, run):
    counted["cases"] += 1
    result = judged(reports, counted, run)
    assert result["cases_without_a_report"] == 1
    assert not is_well(result)


@pytest.mark.parametrize("number", range(15))
def test_any_notice_that_is_not_there(reports, counted, run, number):
    gone = counted["told"].pop(number)
    run.taken.pop(f"<{gone[4]}@127.0.0.1>")
    result = judged(reports, counted, run)
    assert result["notices_lost"] == 1
    assert not is_well(result)
    assert [line for line in explain(reports, counted, run) if line.startswith("lost")]


def test_a_notice_that_is_there_twice(reports, counted, run):
    again = [*counted["told"][0][:4], "f" * 32, False]
    counted["told"].append(again)
    run.taken["<" + "f" * 32 + "@127.0.0.1>"] = [Take(100, answered=True)]
    result = judged(reports, counted, run)
    assert (result["notices_lost"], result["notices_duplicated"]) == (0, 1)
    assert not is_well(result)


@pytest.mark.parametrize(
    "who, clock, rung", [(TOM, "acknowledge", 2), (RUTH, "triage", 3), (AMARA, "acknowledge", 1), (SAM, "news", 1)]
)
def test_somebody_who_is_told_too_soon(reports, counted, run, who, clock, rung):
    counted["told"].append(["a", who, clock, rung, "f" * 32, True])
    result = judged(reports, counted, run)
    assert result["notices_unasked"] == 1
    assert not is_well(result)
    assert any(line.startswith("unasked: HM-A") for line in explain(reports, counted, run))


def test_the_dso_who_is_told_of_what_is_about_her(reports, counted, run):
    counted["told"].append(["d", AMARA, "acknowledge", 0, "f" * 32, True])
    assert judged(reports, counted, run)["notices_unasked"] == 1


def test_a_clock_that_was_ahead_may_tell_sooner_and_only_then(reports, counted, run):
    counted["told"].append(["a", TOM, "acknowledge", 2, "f" * 32, True])
    ahead = Ahead(AT + 9 * HOURS, AT + 9 * HOURS + timedelta(seconds=3), by=3 * HOURS)
    assert judged(reports, counted, replace(run, ahead=[ahead]))["notices_unasked"] == 0
    assert judged(reports, counted, replace(run, ahead=[replace(ahead, by=1 * HOURS)]))["notices_unasked"] == 1


def test_a_mail_that_nobody_took(reports, counted, run):
    run.taken.pop(first(counted))
    result = judged(reports, counted, run)
    assert result["mails_lost"] == 1
    assert not is_well(result)
    counted["told"][0][5] = True  # read, or answered by somebody: it need not go out any more
    assert judged(reports, counted, run)["mails_lost"] == 0


def test_a_mail_that_went_out_twice_for_no_reason(reports, counted, run):
    run.taken[first(counted)] = [Take(100, answered=True), Take(200, answered=True)]
    result = judged(reports, counted, run)
    assert (result["mails_duplicated"], result["mails_unexplained"]) == (1, 1)
    assert not is_well(result)
    assert any(line.startswith("twice") for line in explain(reports, counted, run))


@pytest.mark.parametrize(
    "before, cuts",
    [
        (Take(100), []),  # whoever sent it was killed before it had the answer
        (Take(100, silent=True), []),  # the server took it and died
        (Take(100, answered=True), [(99, 101)]),  # killed in the moment after
    ],
)
def test_a_mail_that_may_go_out_twice(reports, counted, run, before, cuts):
    run.taken[first(counted)] = [before, Take(200, answered=True)]
    result = judged(reports, counted, replace(run, cuts=cuts))
    assert (result["mails_duplicated"], result["mails_unexplained"]) == (1, 0)
    assert is_well(result)


def test_a_mail_of_which_the_database_knows_nothing(reports, counted, run):
    run.taken["<" + "e" * 32 + "@127.0.0.1>"] = [Take(100, answered=True)]
    result = judged(reports, counted, run)
    assert result["mails_unknown"] == 1
    assert not is_well(result)


def test_a_mail_that_is_given_up_though_nobody_refused_it(reports, counted, run):
    run.given_up.append("tom@harbour.example")
    assert judged(reports, counted, run)["mails_given_up_wrongly"] == 1
    run.refused["tom@harbour.example"] = 1
    assert judged(reports, counted, run)["mails_given_up_wrongly"] == 0


def test_a_fault_that_nobody_ran_into_fails_the_run(reports, counted, run):
    run.unmet["Redis hangs"] = 3
    assert not is_well(judged(reports, counted, run))
    run.tried["Redis hangs"] = 1  # the next time somebody did
    assert is_well(judged(reports, counted, run))


def test_a_member_of_staff_who_gave_up_fails_the_run(reports, counted, run):
    assert not is_well(judged(reports, counted, run) | {"gave_up": 1})
