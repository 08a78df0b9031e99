"""Who needs what on a day, and who is covered: case by case, and against a slower way of counting it day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmony.organisation.days import months_on
from training.given import Counts, Done, Excused, Facts, Held, Rule, Taught, Whom
from training.needs import A_DAY, Coverage, Stand, begun

MON = date(2026, 3, 2)


def days(count):
    return MON + timedelta(days=count)


def facts(**more):
    """Sam has worked here since Monday; everybody needs A within 14 days, which holds 12 months and teaches sexting."""
    known = {
        "held": [Held("sam", Whom.MEMBERSHIP, "staff", MON, None)],
        "rules": [Rule("A", Whom.EVERYBODY, "", 14, None, date(2020, 1, 1), None)],
        "taught": [Taught("A1", "A", 1, frozenset({"sexting"}), 12, 60, date(2020, 1, 1), None)],
    }
    return Facts(**known | more)


def stand(known, on, course="A", user="sam"):
    cell = Coverage(known, on).cell(user, course)
    return cell.stand, cell.day, cell.gap


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (days(-1), (Stand.NOT_NEEDED, None, False)),
        (days(0), (Stand.DUE, days(14), False)),
        (days(14), (Stand.DUE, days(14), False)),
        (days(15), (Stand.NOT_DONE, days(14), True)),
    ],
)
def test_it_is_owed_within_so_many_days_of_starting(on, expected):
    assert stand(facts(), on) == expected


def test_what_was_done_holds_to_its_last_day_and_is_red_on_the_day_after():
    known, last = facts(done=[Done("sam", "A1", days(3), True)]), months_on(days(3), 12)
    assert stand(known, days(2))[0] == Stand.DUE  # nobody knows what is to come
    assert stand(known, days(3)) == (Stand.VALID, last, False)
    assert stand(known, last - timedelta(days=61))[0] == Stand.VALID
    assert stand(known, last - timedelta(days=60)) == (Stand.SOON, last, False)
    assert stand(known, last)[0] == Stand.SOON
    assert stand(known, last + A_DAY) == (Stand.LAPSED, last, True)


def test_what_nobody_has_checked_covers_nothing():
    known = facts(done=[Done("sam", "A1", days(3), False)])
    assert stand(known, days(4)) == (Stand.UNCHECKED, days(3), False)
    assert stand(known, days(15)) == (Stand.UNCHECKED, days(3), True)
    assert Coverage(known, days(15)).topic("sexting").missing == ["sam"]


def test_another_course_counts_for_it_as_long_as_that_one_holds():
    also = Taught("B1", "B", 1, frozenset(), 6, 60, date(2020, 1, 1), None)
    known = facts(
        taught=[*facts().taught, also],
        done=[Done("sam", "B1", days(3), True)],
        counts=[Counts("B", "A", date(2020, 1, 1), days(100))],
    )
    assert stand(known, days(20)) == (Stand.VALID, months_on(days(3), 6), False)
    assert stand(known, days(100))[0] == Stand.NOT_DONE  # it counts no more
    assert Coverage(known, days(20)).topic("sexting").missing == ["sam"]  # it does not teach that


def test_a_new_version_is_done_again_only_where_it_says_so():
    def with_second(again):
        second = Taught("A2", "A", 2, frozenset({"sexual"}), 12, 60, days(50), again)
        return facts(taught=[*facts().taught, second], done=[Done("sam", "A1", days(3), True)])

    assert stand(with_second(None), days(90)) == (Stand.VALID, months_on(days(3), 12), False)
    assert stand(with_second(30), days(80)) == (Stand.SOON, days(80), False)
    assert stand(with_second(30), days(81)) == (Stand.LAPSED, days(80), True)
    assert Coverage(with_second(None), days(60)).topic("sexual").missing == ["sam"]  # they did the first
    assert Coverage(with_second(None), days(60)).topic("sexting").covered == ["sam"]


def test_an_induction_is_asked_in_the_first_days_only():
    known = facts(rules=[Rule("A", Whom.EVERYBODY, "", 14, 365, date(2020, 1, 1), None)])
    assert stand(known, days(364))[0] == Stand.NOT_DONE
    assert stand(known, days(365))[0] == Stand.NOT_NEEDED


def test_whoever_is_excused_is_covered_by_course_and_named_by_topic():
    known = facts(excused=[Excused("sam", "A", days(0), days(40))])
    assert stand(known, days(39)) == (Stand.EXCUSED, days(39), False)
    assert stand(known, days(40))[0] == Stand.NOT_DONE
    on = Coverage(known, days(20)).topic("sexting")
    assert (on.excused, on.covered, on.all) == (["sam"], [], 1)


def test_each_kind_of_rule_asks_whom_it_names():
    held = [
        Held("sam", Whom.MEMBERSHIP, "volunteer", MON, None),
        Held("amara", Whom.POST, "dso", MON, None),
        Held("leah", Whom.MEMBERSHIP, "staff", MON, None),
        Held("leah", Whom.GROUP, "makers", MON, days(30)),
    ]
    for whom, which, people in (
        (Whom.EVERYBODY, "", {"sam", "amara", "leah"}),
        (Whom.MEMBERSHIP, "volunteer", {"sam"}),
        (Whom.POST, "dso", {"amara"}),
        (Whom.CONTACT, "", {"leah"}),
        (Whom.GROUP, "makers", {"leah"}),
        (Whom.GROUP, "studio", set()),
    ):
        known = facts(held=held, rules=[Rule("A", whom, which, 0, None, date(2020, 1, 1), None)])
        coverage = Coverage(known, days(5))
        assert {user for user in coverage.people if coverage.cell(user, "A").needed} == people, whom
    assert Coverage(known, days(30)).with_group("makers") == []


def test_whoever_comes_back_has_their_days_again_and_what_they_did_still_counts():
    held = [
        Held("sam", Whom.MEMBERSHIP, "staff", MON, days(30)),
        Held("sam", Whom.MEMBERSHIP, "staff", days(400), None),
    ]
    known = facts(held=held, done=[Done("sam", "A1", days(3), True)])
    assert stand(known, days(401)) == (Stand.DUE, days(414), False)
    assert stand(known, days(415))[0] == Stand.LAPSED
    on_end = [held[0], Held("sam", Whom.MEMBERSHIP, "volunteer", days(30), None)]  # no break: nothing begins anew
    assert stand(facts(held=on_end), days(31))[0] == Stand.NOT_DONE


def test_taking_one_topic_from_one_person_names_them():
    held = [Held(who, Whom.MEMBERSHIP, "staff", MON, None) for who in ("sam", "leah", "ed")]
    all_done = [Done(who, "A1", days(3), True) for who in ("sam", "leah", "ed")]
    assert Coverage(facts(held=held, done=all_done), days(90)).topic("sexting").missing == []
    on = Coverage(facts(held=held, done=all_done[:2]), days(90)).topic("sexting")
    assert (on.missing, on.all) == (["ed"], 3)


# The same, counted another way: day by day, with no run, no last day and nothing remembered.

SPAN = st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 40))).map(
    lambda span: (days(span[0]), None if span[1] is None else days(span[0] + span[1]))
)
HELD = st.builds(
    lambda kind, span: Held("sam", *kind, *span),
    st.sampled_from([(Whom.MEMBERSHIP, "staff"), (Whom.POST, "dso"), (Whom.GROUP, "makers")]),
    SPAN,
)
RULE = st.builds(
    lambda kind, within, first, span: Rule("A", *kind, within, first, *span),
    st.sampled_from([(Whom.EVERYBODY, ""), (Whom.CONTACT, ""), (Whom.POST, "dso"), (Whom.MEMBERSHIP, "staff")]),
    st.integers(0, 20),
    st.one_of(st.none(), st.integers(1, 50)),
    SPAN,
)
DID = st.builds(lambda ago, checked: Done("sam", "A1", days(ago), checked), st.integers(-40, 100), st.booleans())


def holds(span, day):
    return span.starts_on <= day and (span.ends_on is None or day < span.ends_on)


def is_asked(known, rule, day):
    fits = {
        Whom.EVERYBODY: lambda held: held.whom != Whom.GROUP,
        Whom.CONTACT: lambda held: held.whom == Whom.GROUP,
    }.get(rule.whom, lambda held: (held.whom, held.which) == (rule.whom, rule.which))
    return holds(rule, day) and any(fits(held) and holds(held, day) for held in known.held)


def slowly(known, on):
    """(needed, covered, gap)"""
    due = []
    for rule in known.rules:
        first = on
        if not is_asked(known, rule, on):
            continue
        while first >= days(-5) and is_asked(known, rule, first - A_DAY):
            first -= A_DAY
        age = (on - first).days
        if rule.for_days is None or age < rule.for_days:
            due.append(age > rule.within_days)
    if not due:
        return False, False, False
    good = any(one.checked and one.on <= on <= months_on(one.on, 1) for one in known.done)
    excused = any(one.starts_on <= on < one.ends_on for one in known.excused)
    return True, good or excused, not (good or excused) and any(due)


@settings(max_examples=300)
@given(
    st.lists(HELD, max_size=4),
    st.lists(RULE, max_size=3),
    st.lists(DID, max_size=4),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=2),
    st.integers(-3, 110),
)
def test_it_is_the_same_counted_day_by_day(held, rules, did, excused, on):
    known = facts(
        held=held,
        rules=rules,
        taught=[Taught("A1", "A", 1, frozenset(), 1, 7, date(2020, 1, 1), None)],
        done=did,
        excused=[Excused("sam", "A", days(first), days(first + length)) for first, length in excused],
    )
    cell = Coverage(known, days(on)).cell("sam", "A")
    assert (cell.needed, cell.covered, cell.gap) == slowly(known, days(on))


@given(st.lists(SPAN, max_size=6), st.integers(0, 100))
def test_a_run_begins_where_the_day_before_is_free(spans, on):
    def within(day):
        return any(first <= day and (last is None or day < last) for first, last in spans)

    since = begun(spans, days(on))
    assert (since is not None) == within(days(on))
    if since is not None:
        assert not within(since - A_DAY)
        assert all(within(since + timedelta(days=n)) for n in range((days(on) - since).days + 1))
