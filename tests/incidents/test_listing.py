"""The DSO's list: what needs somebody now, filters by address, a reference looked for, and nothing that names a child."""

from datetime import date, datetime, timedelta
from urllib.parse import parse_qs, urlparse
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.people.models import OnCall, User
from harmony.people.rota import Rota
from incidents.models import Action, Case, Report
from incidents.queue import Standing, Trend, tile
from incidents.views.cover import Cover

from .conftest import WEIGHED
from .planning import end

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
LONDON = ZoneInfo("Europe/London")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 11, 23, 10, tzinfo=LONDON)


@pytest.fixture
def dso(sign_in, amara):
    return sign_in(amara)


@pytest.fixture
def slot(db):
    def make(user, since, until):
        with event("add", by="the tests"):
            return OnCall.objects.create(user=user, phone="1", starts_at=since, ends_at=until)

    return make


@pytest.fixture
def world(report, amara, tom, leah):
    """Five cases: new, high of Amara's, low of Tom's, about one of us, and closed."""
    new, high, low, ours, closed = report(), report(), report(), report(about=leah), report()
    high.case.triage(**WEIGHED | {"severity": "high"}, by=amara)
    low.case.triage(**WEIGHED | {"severity": "low", "kind": "NEG"}, by=tom)
    closed.case.triage(**WEIGHED, by=amara)
    end(closed.case, "safe", "Over", by=amara)
    found = {"new": new, "high": high, "low": low, "ours": ours, "closed": closed}
    return {name: Case.objects.get(pk=filed.case_id) for name, filed in found.items()}


def words(page):
    return page.content.decode()


def listed(client, **query):
    page = client.get(reverse("incidents:cases"), query)
    assert page.status_code == 200
    return {row.reference for row in page.context["rows"]}


def names(world, client, **query):
    found = listed(client, **query)
    return {name for name, case in world.items() if case.reference in found}


def test_cases_with_a_late_action_are_found_from_the_summary(dso, world, amara, leah):
    world["high"].give("Ring home", leah, localdate() + DAY, by=amara)
    assert names(world, dso, show="actions") == set()
    with event("wait", by="the tests"):
        Action.objects.update(due_on=localdate() - DAY)
    assert names(world, dso, show="actions") == {"high"}
    assert "With a late action" in words(dso.get(reverse("incidents:cases"), {"show": "actions"}))


def today(name):
    on = localtime()
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


CHOSEN = [
    ({}, {"new", "high", "low", "ours"}),
    ({"show": "new"}, {"new", "ours"}),
    ({"show": "one-of-us"}, {"ours"}),
    ({"show": "late"}, set()),
    ({"level": "high"}, {"high"}),
    ({"level": "none"}, {"new", "ours"}),
    ({"kind": "NEG"}, {"low"}),
    ({"track": "worker"}, {"ours"}),
    ({"owner": "nobody"}, {"new", "ours"}),
    ({"status": "closed"}, {"closed"}),
    ({"status": "all"}, {"new", "high", "low", "ours", "closed"}),
    ({"status": "closed", "show": "new"}, {"closed"}),
    ({"status": "triaged", "level": "low"}, {"low"}),
    (today("since"), {"new", "high", "low", "ours"}),
    ({"until_day": 1, "until_month": 1, "until_year": 2020}, set()),
    (today("until") | {"level": "low"}, {"low"}),
    ({"level": "urgent"}, {"new", "high", "low", "ours"}),  # no such level: not chosen
    ({"since_day": 31, "since_month": 2, "since_year": 2026}, {"new", "high", "low", "ours"}),
    ({"owner": "not-an-id"}, {"new", "high", "low", "ours"}),
]


def test_the_list_shows_what_was_chosen(world, dso, subtests):
    for query, found in CHOSEN:
        with subtests.test(query=query):
            assert names(world, dso, **query) == found


def test_each_lead_of_an_open_case_can_be_chosen(world, dso, amara, tom):
    assert names(world, dso, owner=str(tom.pk)) == {"low"}
    offered = words(dso.get(reverse("incidents:cases")))
    assert f'<option value="{amara.pk}">Amara Okafor</option>' in offered


def test_a_reference_is_found_whole_or_by_its_beginning_in_any_case_closed_ones_too(world, dso):
    reference = world["closed"].reference
    for typed in (reference, reference.lower(), reference.replace("-", " "), reference[:5]):
        assert world["closed"].reference in listed(dso, ref=typed)
    assert names(world, dso, ref=reference) == {"closed"}
    assert listed(dso, ref=reference[4:]) == set() or not reference.startswith(reference[4:])
    assert listed(dso, ref="%") == listed(dso, ref="!!") == set()


def test_words_of_a_case_are_not_looked_for_and_nothing_typed_stands_in_the_book(world, dso):
    assert listed(dso, ref="bruise") == set()
    assert not Entry.objects.filter(why__contains="bruise").exists()


def test_a_case_one_may_not_see_is_not_found(dso, report, amara):
    hidden = report(about=amara).case
    for query in ({"ref": hidden.reference}, {"status": "all"}, {"track": "worker"}, {}):
        assert listed(dso, **query) == set()


def test_no_cases_match_and_the_filters_can_be_cleared(world, dso):
    page = words(dso.get(reverse("incidents:cases"), {"kind": "FAI"}))
    assert "No cases match" in page and "Clear filters" in page
    assert "Clear filters" not in words(dso.get(reverse("incidents:cases")))


def test_what_cannot_be_read_is_said_beside_the_box(world, dso):
    page = words(dso.get(reverse("incidents:cases"), {"since_day": "31", "since_month": "2", "since_year": "2026"}))
    assert "There is no such day." in page


def test_a_sorted_column_says_so_and_keeps_the_filters(world, dso):
    page = dso.get(reverse("incidents:cases"), {"sort": "level", "track": "child"})
    assert words(page).count('aria-sort="') == 1 and 'aria-sort="descending"' in words(page)
    assert [row.severity for row in page.context["rows"]] == ["high", "low", ""]
    for _label, url, _direction in page.context["columns"]:
        assert parse_qs(urlparse(url).query)["track"] == ["child"]
    assert dso.get(reverse("incidents:cases"), {"sort": "lead"}).status_code == 200
    assert "aria-sort" not in words(dso.get(reverse("incidents:cases"), {"sort": "surname"}))


def test_pages_keep_what_was_chosen(dso, report):
    with event("file", by="the tests"):
        for n in range(30):
            Case.objects.create(initials="ZA", filed_at=now() - timedelta(minutes=n))
    page = dso.get(reverse("incidents:cases"), {"level": "none", "page": 2})
    assert len(page.context["rows"]) == 5
    assert "?level=none&amp;page=1" in words(page)


def test_the_heading_is_what_was_found(dso, report, amara, slot):
    page = words(dso.get(reverse("incidents:cases")))
    assert "Nothing is waiting" in page and "Few reports need not mean few worries." in page
    slot(amara, now() - DAY, now() + 6 * DAY)
    weighed = report().case
    weighed.triage(**WEIGHED | {"severity": "low"}, by=amara)
    page = words(dso.get(reverse("incidents:cases")))
    assert "Nothing is waiting" in page and "Next: Tell the reporter, due" in page
    report(at=now() - 90 * timedelta(minutes=1))
    assert "1 case needs you now" in words(dso.get(reverse("incidents:cases")))
    report(danger="yes")
    assert "2 cases need you now" in words(dso.get(reverse("incidents:cases")))


def test_each_row_has_its_clock_in_words(dso, report, amara, slot):
    slot(amara, now() - DAY, now() + 6 * DAY)
    report()
    page = words(dso.get(reverse("incidents:cases")))
    assert "First read, </span>due" in page and "1 hour 59 min left" in page


def test_standing_counts_by_lead_in_one_question(world, amara, tom, django_assert_num_queries):
    amara.posts_on(now().date())
    with django_assert_num_queries(1):
        standing = Standing.of(Case.objects.visible_to(amara), now())
    assert [name for _pk, name in standing.owners] == ["Amara Okafor", "Tom Ellery"]
    today = int(localdate(world["high"].tell_due) == localdate())  # a working day later: before it begins, its evening
    assert standing.tiles == {"late": 0, "today": today, "new": 2, "reviews": 0, "quiet": 0, "one-of-us": 1, "open": 4}


def test_due_today_ends_at_midnight_and_a_late_step_is_no_step_of_today(report):
    dues = {"late": -HOUR, "noon": 2 * HOUR, "midnight": 14 * HOUR, "tomorrow": 15 * HOUR}
    made = {name: report().case.pk for name in dues}
    with event("set up", by="the tests"):
        Case.objects.update(triage_due=None, tell_due=None)
        for name, after in dues.items():
            Case.objects.filter(pk=made[name]).update(acknowledge_due=MONDAY + after)
    found = set(Case.objects.filter(tile("today", MONDAY)).values_list("pk", flat=True))
    assert found == {made["noon"], made["midnight"]}


def test_reviews_this_week_are_those_up_to_sunday_and_the_late_ones(report, amara):
    dues = {"late": -9 * DAY, "sunday": 6 * DAY, "next monday": 7 * DAY}
    made = {name: report().case for name in dues}
    for case in made.values():
        case.triage(**WEIGHED, by=amara)
    with event("set up", by="the tests"):
        for name, after in dues.items():
            Case.objects.filter(pk=made[name].pk).update(review_due=MONDAY + after)
    found = set(Case.objects.filter(tile("reviews", MONDAY)).values_list("pk", flat=True))
    assert found == {made["late"].pk, made["sunday"].pk}


def test_a_case_whose_lead_has_gone_is_found_under_nobody(world, dso, tom):
    with event("set up", by="the tests"):
        User.objects.filter(pk=tom.pk).update(status=User.Status.LEFT, is_active=False)
    assert names(world, dso, owner="nobody") == {"new", "ours", "low"}


def test_what_else_is_ones_own_stands_beside_the_list_by_number_and_day(dso, report, amara, tom):
    assert "Also yours" not in words(dso.get(reverse("incidents:cases")))
    case = report().case
    case.acknowledge(by=tom)
    case.give("Ring the school", amara, date(2026, 1, 1), by=tom)
    Report.begin(amara, uuid4(), danger="no")
    page = dso.get(reverse("incidents:cases"))
    assert page.context["yours"] == [
        ("1 thing for you to do", reverse("incidents:my_actions"), ("red", "alert", "Late: Thursday 1 January 2026")),
        ("1 report that you have not sent", reverse("incidents:my_reports"), None),
    ]
    assert "Ring the school" not in words(page)


def test_the_trend_counts_weeks_from_monday_to_sunday(report, amara, slot, django_assert_num_queries):
    sunday, monday = datetime(2026, 11, 22, 23, 30, tzinfo=LONDON), datetime(2026, 11, 23, 0, 30, tzinfo=LONDON)
    for at in (sunday, monday, monday, MONDAY - 83 * DAY, MONDAY - 100 * DAY):
        report(at=at)
    slot(amara, MONDAY - DAY, MONDAY + DAY)
    report(at=MONDAY).case.acknowledge(by=amara, at=MONDAY + HOUR)
    amara.posts_on(now().date())
    with django_assert_num_queries(1):
        trend = Trend.of(Case.objects.visible_to(amara), MONDAY + 3 * HOUR)
    assert [count for _monday, count in trend.weeks] == [0] * 10 + [1, 3]
    assert trend.before == 2
    assert trend.in_words == "4 reports, 2 more than in the 12 weeks before."
    assert trend.read_in_time == "Read in time: 1 of 1."
    assert [bar.label for bar in trend.chart.bars][-1] == "23 November"


def test_the_trend_says_fewer_and_as_many():
    def said(count, before):
        return Trend(((MONDAY.date(), count),), before, 0, 0).in_words

    assert said(1, 3) == "1 report, 2 fewer than in the 12 weeks before."
    assert said(2, 2) == "2 reports, as many as in the 12 weeks before."


def cover(user, at=MONDAY):
    return Cover.of(Rota(at, at + 14 * DAY), user, at, at + 14 * DAY)


def test_the_card_says_who_is_on_call_and_when_nobody_is(amara, tom, slot):
    assert cover(amara).says == ["Nobody is on call now."]
    slot(amara, MONDAY - DAY, MONDAY + 7 * HOUR)
    slot(tom, MONDAY + 7 * HOUR, MONDAY + 2 * DAY)
    assert cover(amara).says == [
        "You are on call until 5pm today.",
        "Next: Tom Ellery, from 5pm today.",
        "From 10am on Wednesday 25 November on, nobody is.",
    ]
    assert cover(tom).says[0] == "Amara Okafor is on call until 5pm today."
    slot(amara, MONDAY + 3 * DAY, MONDAY + 20 * DAY)
    assert cover(amara).says[2] == ("Nobody is from 10am on Wednesday 25 November until 10am on Thursday 26 November.")
    assert cover(amara, MONDAY + 2 * DAY).says == ["Nobody is on call now.", "Next: Amara Okafor, from 10am tomorrow."]


def test_cover_without_a_gap_is_said(amara, slot):
    slot(amara, MONDAY - DAY, MONDAY + 20 * DAY)
    assert cover(amara).says[-1] == "There is no gap in the next two weeks."


def test_the_list_and_its_chart_carry_no_style_and_no_childs_name(dso, report):
    report(who="Zed Abbott (12)")
    page = words(dso.get(reverse("incidents:cases")))
    assert "Abbott" not in page and "style=" not in page
    assert "ZA" in page
