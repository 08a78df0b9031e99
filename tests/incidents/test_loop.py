"""The loop back to whoever reported it: what they hear and by when, what they are asked, and who talks with them (N5)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from harmony.audit.events import event
from harmony.audit.transitions import StateMoved
from harmony.notifications.models import Notice
from incidents.models import Addendum, Case, Reply, Report
from tests.clients import same_as_missing

from .conftest import AT, DAY, HOUR, WEIGHED
from .planning import end

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]


def at(name, *keys):
    return reverse(f"incidents:{name}", args=keys)


def words(response):
    return response.content.decode()


def typed(day):
    return {"more_on_day": day.day, "more_on_month": day.month, "more_on_year": day.year}


def test_what_can_be_said_and_by_when_they_hear_more(sign_in, triaged, sam, amara):
    dso, friday = sign_in(amara), localdate() + timedelta(days=3)
    tell = at("tell", triaged.pk)
    assert "Write what they can know" in words(dso.post(tell, {}))
    assert "Write what you ask them." in words(dso.post(tell, {"says": ["0"], "asks": "on"}))
    assert "This day has passed." in words(dso.post(tell, {"says": "0"} | typed(localdate() - DAY)))
    assert "says_who_talks" not in words(dso.get(tell))  # nobody asked for that
    dso.post(tell, {"says": ["0", "5"], "words": "Amara rings you on Friday."} | typed(friday))
    [reply] = Reply.objects.all()
    assert reply.words.startswith("Thank you. It was right to tell us. We cannot tell you more")
    assert reply.words.endswith("\n\nAmara rings you on Friday.")
    case = Case.objects.get()
    assert case.promise_due.date() == friday and case.promise_due.hour in (16, 17)
    page = words(sign_in(sam).get(triaged.reports.get().get_absolute_url()))
    assert "Amara rings you on Friday." in page and "We tell you more by" in page
    assert "Tell the reporter more" in words(sign_in(amara).get(at("case", case.pk)))


def test_a_promise_that_is_not_kept_climbs_and_is_met_by_telling_them(report, line, amara, sweep, on_call, sam):
    filed = report(at=AT)
    case = filed.case
    case.triage(**WEIGHED, by=amara, at=AT + HOUR)
    case.tell_reporter("Thank you.", more_on=localdate(AT + DAY), by=amara, at=AT + 2 * HOUR)
    due = Case.objects.get().promise_due
    assert sweep(due - HOUR) == []
    first = sweep(due)
    assert ("Amara", "case_late") in first and ("Tom", "case_late") in first
    assert ("Ruth", "case_late") in sweep(due + 5 * DAY)
    Case.objects.get().tell_reporter("He is safe.", by=amara, at=due + 5 * DAY + HOUR)
    assert Case.objects.get().promise_due is None
    assert not Notice.objects.filter(about=case.pk, clock="promise", stopped_at=None).exists()
    case = Case.objects.get()
    case.tell_reporter("More on Monday.", more_on=localdate(due + 9 * DAY), by=amara, at=due + 6 * DAY)
    end(Case.objects.get(), "safe", "Over.", by=amara, at=due + 7 * DAY)
    assert Case.objects.get().promise_due is None  # what is closed promises nothing


def test_a_question_is_answered_by_its_reporter_alone_and_stands_with_the_report(sign_in, triaged, sam, leah, amara):
    filed = triaged.reports.get()
    triaged.tell_reporter("Who else was in the hall?", asks=True, by=amara)
    reply = Reply.objects.get()
    page = at("answer_question", filed.pk, reply.pk)
    reporter = sign_in(sam)
    assert page in words(reporter.get(filed.get_absolute_url()))
    assert "Who else was in the hall?" in words(reporter.get(page))
    assert "Write your answer." in words(reporter.post(page, {"words": " "}))
    assert reporter.post(page, {"words": "Hana, by the door."}).url.endswith("#added")
    reporter.post(page, {"words": "Hana, by the door."})  # sent twice
    added = Addendum.objects.get()
    assert (added.words, added.answers, added.author) == ("Hana, by the door.", reply, sam)
    assert page not in words(reporter.get(filed.get_absolute_url()))  # it has its answer
    nowhere = at("answer_question", filed.pk, "00000000-0000-4000-8000-000000000000")
    assert same_as_missing(sign_in(leah), page, nowhere)
    shown = words(sign_in(amara).get(at("case", triaged.pk)))
    assert "They were asked:" in shown and "Hana, by the door." in shown
    assert "Next: read what was added" in shown
    assert "The reporter answered" in words(sign_in(amara).get(at("chronology", triaged.pk)))


def test_an_answer_belongs_to_a_question_about_the_same_report(report, amara, sam):
    one, other = report(), report(who="Mia D")
    one.case.tell_reporter("Thank you.", by=amara)
    other.case.tell_reporter("Who saw it?", asks=True, by=amara)
    for reply in Reply.objects.all():
        with pytest.raises(IntegrityError, match="another report"), transaction.atomic(), event("try", by=sam):
            Addendum.objects.create(report=one, author=sam, words="x", answers=reply)


def test_whoever_reported_it_can_ask_for_somebody_to_talk_with(sign_in, triaged, sam, amara, leah):
    filed = triaged.reports.get()
    ask = at("ask_for_support", filed.pk)
    assert sign_in(leah).post(ask).status_code == 404
    reporter = sign_in(sam)
    assert "I would like somebody to talk with me" in words(reporter.get(filed.get_absolute_url()))
    reporter.post(ask)
    reporter.post(ask)  # pressed twice
    assert "You asked for somebody to talk with" in words(reporter.get(filed.get_absolute_url()))
    [notice] = Notice.objects.filter(clock="support")
    assert (notice.recipient, notice.says()) == (amara, "There is more to read in a case.")
    dso = sign_in(amara)
    assert "Nobody has said yet who will." in words(dso.get(at("case", triaged.pk)))
    assert f"{sam.name} asked for somebody to talk with" in words(dso.get(at("tell", triaged.pk)))
    dso.post(at("tell", triaged.pk), {"words": "Ruth rings you tonight.", "says_who_talks": "on"})
    assert not Report.objects.get().wants_support
    assert Notice.objects.get(clock="support").stopped_at
    assert "They were told who will" in words(dso.get(at("case", triaged.pk)))
    assert "I would like somebody to talk with me" in words(sign_in(sam).get(filed.get_absolute_url()))


def test_a_draft_asks_for_nothing(draft, sam, sign_in):
    with pytest.raises(StateMoved):
        draft.ask_for_support(by=sam)
    assert sign_in(sam).post(at("ask_for_support", draft.pk)).status_code == 302
    assert Report.objects.get().support_asked_at is None
