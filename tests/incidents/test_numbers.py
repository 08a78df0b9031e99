"""The organisation's own numbers: kept within bounds by form and database, used from now on, changed with a reason."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from harmony.audit import book
from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.audit.transitions import ReasonOwed
from incidents import levels
from incidents.levels import CLOCKS, DEFAULTS, TABLE, Length, Numbers, checked, most
from incidents.models import Case, OwnNumber, SecondLook
from incidents.models.numbers import current, set_numbers
from incidents.models.timing import clocks_at

from .conftest import AT, HOUR, MINUTE, WEIGHED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
WHY = "Our DSO works two days a week."


def test_without_numbers_of_its_own_we_start_from_ours(db):
    with CaptureQueriesContext(connection) as queries:
        numbers = current()
    assert len(queries) == 1
    assert numbers.levels == DEFAULTS
    assert (numbers.quiet, str(numbers.second_look), numbers.opens.hour) == (28, "3 wd", 9)


def test_what_is_set_counts_from_now_on_and_what_was_promised_stays(report, line, on_call, amara):
    on_call(amara)
    before = report(at=AT).case
    set_numbers("high", {"acknowledge": "1 h", "triage": "16 h"}, by=amara, why=WHY)
    after = report(at=AT).case
    assert (before.acknowledge_due, before.triage_due) == (AT + 2 * HOUR, AT + 8 * HOUR)
    assert (after.acknowledge_due, after.triage_due) == (AT + HOUR, AT + 16 * HOUR)
    assert Case.objects.get(pk=before.pk).acknowledge_due == AT + 2 * HOUR
    assert list(book.breaks()) == []


def test_every_clock_asks_them(report, line, on_call, amara, tom):
    on_call(amara)
    set_numbers("critical", {"tell": "2 h", "reviews": "12 h, 3 d"}, by=amara, why=WHY)
    case = report(at=AT).case
    case.triage(**WEIGHED | {"severity": "critical"}, by=tom, at=AT + HOUR)
    assert (case.tell_due, case.review_due) == (AT + 2 * HOUR, AT + 13 * HOUR)


def test_the_whole_has_numbers_too(report, line, sam, amara, sign_in):
    set_numbers("", {"quiet": "14 d", "second_look": "5 wd", "opens": "8 h"}, by=amara, why=WHY)
    clocks = clocks_at(AT)
    assert clocks.quiet_days == 14
    assert (clocks.work.opens.hour, clocks.work.closes.hour) == (8, 16)
    filed = report(at=AT)
    page = sign_in(sam).get(reverse("incidents:look_again", args=[filed.pk])).content.decode()
    assert "within 5 working days" in page
    filed.ask_above("Nobody rang.", by=sam, at=AT)
    assert SecondLook.objects.get().due_at == AT + 7 * 24 * HOUR  # from ten on a Tuesday over a weekend


def test_what_is_as_we_start_from_is_not_kept(amara):
    set_numbers("high", {"tell": "2 wd"}, by=amara, why=WHY)
    set_numbers("high", {"tell": "1 wd"}, by=amara, why="Back to normal")
    assert not OwnNumber.objects.exists()


def test_it_takes_a_reason_and_the_dso_or_the_lead(amara, ruth, tom, gwen):
    with pytest.raises(ReasonOwed):
        set_numbers("high", {"tell": "2 wd"}, by=amara, why=" ")
    for one in (tom, gwen):
        with pytest.raises(PermissionDenied):
            set_numbers("high", {"tell": "2 wd"}, by=one, why=WHY)
    set_numbers("high", {"tell": "2 wd"}, by=ruth, why=WHY)
    line = Entry.objects.filter(verb="set times").get()
    assert (line.actor_name, line.reason) == ("Ruth Hale", WHY)


@pytest.mark.parametrize(
    ("level", "clock", "count", "unit"),
    [
        ("critical", "acknowledge", 61, "min"),
        ("critical", "tell", 1, "wd"),
        ("high", "triage", 0, "h"),
        ("high", "reviews", 366, "d"),
        ("low", "tell", 1, "year"),
        ("odd", "tell", 1, "h"),
        ("", "quiet", 3, "d"),
        ("", "opens", 12, "h"),
        ("", "tell", 1, "h"),
    ],
)
def test_the_database_keeps_the_bounds_too(level, clock, count, unit):
    with pytest.raises(IntegrityError), transaction.atomic(), event("try", by="the tests"):
        OwnNumber.objects.create(level=level, clock=clock, count=count, unit=unit)


texts = st.one_of(
    st.text(max_size=12),
    st.builds(lambda count, unit: f"{count} {unit}", st.integers(0, 999), st.sampled_from(["min", "h", "wd", "d"])),
    st.sampled_from(["", "same day", "same working day"]),
)


@given(st.sampled_from(list(TABLE)), st.sampled_from(CLOCKS), texts)
def test_what_the_form_takes_lies_within_what_the_database_takes(level, clock, text):
    """And nothing a person can type is anything but lengths, or a sentence."""
    try:
        found = checked(level, clock, text)
    except levels.ValidationError as wrong:
        assert re.search(r"[a-z].*\.$", " ".join(map(str, wrong.messages)))
        return
    assert all(1 <= one.count <= most(level, clock)[one.unit] for one in found)
    numbers = Numbers.of({(level, clock): ", ".join(map(str, found))})
    kept = getattr(numbers.levels[level], clock)
    assert (kept if clock == "reviews" else tuple(filter(None, [kept]))) == found


@pytest.mark.parametrize("level", list(TABLE))
def test_what_we_start_from_is_within_its_own_bounds(level):
    for clock in CLOCKS:
        checked(level, clock, TABLE[level][clock])
    assert not list(levels.slower(DEFAULTS))


def test_words_of_a_length():
    assert [Length(1, "wd").words, Length(2, "h").words, Length(1, "same day").words] == [
        "1 working day",
        "2 hours",
        "the same day",
    ]


# the pages


def answers(level, **more):
    return TABLE[level] | {"why": WHY} | more


def test_the_page_shows_ours_beside_theirs_and_who_changed_what(sign_in, amara):
    set_numbers("high", {"tell": "2 wd"}, by=amara, why=WHY)
    page = sign_in(amara).get(reverse("incidents:times")).content.decode()
    assert "<strong>2 working days</strong>" in page and "1 working day" in page
    assert "Amara Okafor" in page and WHY in page
    assert reverse("incidents:times") in sign_in(amara).get(reverse("incidents:cases")).content.decode()


def test_the_deputy_reads_and_does_not_change_and_staff_see_nothing(sign_in, tom, leah):
    page = sign_in(tom).get(reverse("incidents:times"))
    assert page.status_code == 200 and "/times/high/" not in page.content.decode()
    assert sign_in(tom).get(reverse("incidents:change_times", args=["high"])).status_code == 404
    assert sign_in(leah).get(reverse("incidents:times")).status_code == 404


def test_a_level_is_changed_on_its_page(sign_in, amara):
    client = sign_in(amara)
    url = reverse("incidents:change_times", args=["high"])
    assert "We start from: 8 hours." in client.get(url).content.decode()
    assert client.post(url, answers("high", triage="16h", reviews="3 d, 10 d")).url == reverse("incidents:times")
    high = current().levels["high"]
    assert (str(high.triage), [str(one) for one in high.reviews]) == ("16 h", ["3 d", "10 d"])
    assert client.get(reverse("incidents:change_times", args=["odd"])).status_code == 404


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"triage": "soon"}, "Write a time like"),
        ({"triage": "40 h"}, "We start from 8 hours, and it may be twice that."),
        ({"triage": ""}, "This needs a time."),
        ({"reviews": "28 d, 7 d"}, "Write the reviews in order"),
        ({"reviews": ""}, "This needs a time."),
        ({"acknowledge": "4 h", "triage": "3 h"}, "It is read before it is weighed."),
        ({"tell": "3 min"}, "Critical may not take longer than High."),
        ({"why": ""}, "Say why, in a sentence."),
    ],
)
def test_what_cannot_be_is_answered_by_a_sentence_and_the_words_stay(sign_in, amara, changed, sentence):
    answer = sign_in(amara).post(reverse("incidents:change_times", args=["high"]), answers("high", **changed))
    page = answer.content.decode()
    assert answer.status_code == 200 and sentence in page
    assert all(words in page for words in changed.values())
    assert not OwnNumber.objects.exists()


@pytest.mark.parametrize("quiet", ["", "3", "ninety", "100000000000000000000", "7.5", "-1"])
def test_a_number_for_every_level_out_of_bounds(sign_in, amara, quiet):
    url = reverse("incidents:change_whole_times")
    answer = sign_in(amara).post(url, {"quiet": quiet, "second_look": "3", "opens": "9", "why": WHY})
    assert answer.status_code == 200 and "Write a number from 7 to 90." in answer.content.decode()
    done = sign_in(amara).post(url, {"quiet": "21", "second_look": "3", "opens": "9", "why": WHY})
    assert done.status_code == 302 and current().quiet == 21


def test_old_and_new_do_not_meet_in_a_sweep(report, line, on_call, sweep, amara):
    """A case that was promised two hours climbs by two hours' shares or the new ones, and tells nobody twice."""
    on_call(amara)
    case = report(at=AT).case
    set_numbers("high", {"acknowledge": "1 h"}, by=amara, why=WHY)
    assert sweep(case.acknowledge_due - MINUTE) == []
    assert sweep(case.acknowledge_due) == [("Amara", "case_late"), ("Tom", "case_late")]
