"""How long a thing may wait in this room, and who hears of it, rung by rung."""

from datetime import time, timedelta

from harmony.audit.events import event
from harmony.notifications.access import WORKER
from harmony.notifications.ladders import Beside, Ladder, Quarterly, Reminder, Rung
from harmony.notifications.sweeps import Here
from harmony.notifications.telling import tell
from harmony.people.models import Post

from . import access, lines

A_DAY, MORNING = timedelta(hours=24), time(8)


# a case that nobody has read yet, or that has lost whoever had it


def begin(case, at, resembling=frozenset()):
    """In the transaction that opens it: whoever is on call and may read it; where nobody is, all of its line.

    Whoever looks like somebody whom it names is told by nobody as long as another can be: whether it is them is asked
    of the others (decision 0212).
    """
    here = Here(at)
    on_call, line = its_on_call(case, here), its_line(case, here)
    others = [user for user in on_call if user not in resembling] or [user for user in line if user not in resembling]
    people = here.present(others) or on_call or here.present(line)
    tell("case", case, people, clock="acknowledge", sentence="case", due=case.acknowledge_due, urgent=case.rings, at=at)


def hand_on(case, here, told):
    """Unread and not late: whoever has come on call since hears as at filing. `told` are those who have heard so far.

    Where nobody is on call and all who heard are away, the rest of its line hears.
    """
    people = its_on_call(case, here)
    if not people and told <= here.away:
        people = here.present(its_line(case, here))
    fresh = [user for user in people if user.pk not in told]
    if not fresh:
        return []
    with event("tell", by=WORKER, about=case, at=here.at):
        begun = {"clock": "acknowledge", "sentence": "case", "due": case.acknowledge_due, "urgent": case.rings}
        return tell("case", case, fresh, at=here.at, **begun)


def its_on_call(case, here):
    return [user for user in its_line(case, here) if user.pk in here.on_call]


def _owner_or_on_call(case, here):
    """Whoever has it, while they are here; somebody away is stood in for at once."""
    own = [case.owner] if case.owner and case.owner.is_active else []
    return here.present(own) or its_on_call(case, here)


def working_on(case, here):
    """Whoever works on it, or else whoever is on call; where nobody is, all of its line who are there."""
    return _owner_or_on_call(case, here) or here.present(its_line(case, here))


def its_line(case, here):
    return _free(case, here.holding(*lines.posts_of_its_line(case)))


def _free(case, people):
    """Those who are not kept out of it. (A sweep reads who is for a whole piece.)"""
    out = {one.user_id for one in case.recusals.all()}
    return [user for user in people if user.pk not in out]


# what is late: each clock of a case has the same ladder


def _holding(*posts):
    """In the order of the posts."""
    return lambda case, here: _free(case, [user for post in posts for user in here.holding(post)])


def _raised(to):
    return lambda case, at: case.escalate(to, by=WORKER, at=at)


def _reporters(case):
    """They hear that nobody is left, of their own report."""
    return [beside for report in case.reports.select_related("author") for beside in _its_author(report)]


def _its_author(report):
    return [Beside("report", report, [report.author])] if report.author and report.author.is_active else []


def _rings(case):
    return case.rings


# after half of its time again, and after all of it; each is let in
THOSE_ABOVE = (
    Rung(after=0.5, tell=_holding(Post.LEAD, Post.TRUSTEE), only_first=True, opens=_raised("lead")),
    Rung(after=1.0, tell=_holding(Post.CHAIR), opens=_raised("chair")),
)


def for_a_case(clock, beside=_reporters, meanwhile=None, runs=None):
    return Ladder(
        "case",
        clock,
        "case_late",
        Rung(after=0.0, tell=_owner_or_on_call),
        Rung(after=0.0, tell=its_line),
        *THOSE_ABOVE,
        beside=beside,
        urgent=_rings,
        runs=runs or (lambda case: case.still_runs(clock)),
        unpromised="case",
        meanwhile=meanwhile,
    )


LATE = {
    "acknowledge": for_a_case("acknowledge", meanwhile=hand_on),
    **{name: for_a_case(name) for name in ("triage", "contact", "tell")},
    "promise": for_a_case("promise"),
    **{name: for_a_case(name, beside=lambda case: ()) for name in ("plan", "review")},  # no affair of its reporter
}


def _who_looks_again(case, here):
    """The deputy, or whoever else of its line does not have it; where nobody else is there, whoever has it."""
    others = [user for user in its_line(case, here) if user.pk != case.owner_id]
    deputies = [user for user in here.holding(Post.DEPUTY) if user in others]
    return here.present(deputies) or here.present(others) or its_line(case, here)


# a case in which nobody writes: nothing of it is late, so nobody is woken, and nobody outside is named (decision 0150)
LATE["quiet"] = Ladder(
    "case",
    "quiet",
    "case_quiet",
    Rung(after=0.0, tell=_who_looks_again),
    *THOSE_ABOVE,
    urgent=False,
    runs=lambda case: case.still_runs("quiet"),
)


# what was passed on as not about safety: its second look is not for whoever passed it on (decision 0325)


def _others(case, here):
    """Of its line; those who are away too, where nobody else is left."""
    others = [user for user in its_line(case, here) if user.pk != case.close_asked_by_id]
    return here.present(others) or others


LATE["recheck"] = Ladder(
    "case",
    "recheck",
    "case_late",
    Rung(after=0.0, tell=_others),
    *THOSE_ABOVE,
    urgent=_rings,
    runs=lambda case: case.still_runs("recheck"),
)


# an end that waits for the second person: asked again, then of those above, who are let in for it (decision 0333)
ASKED_TO_CLOSE = timedelta(days=2)  # and as long again for each rung: a weekend alone reaches nobody above


def _its_line_and_advisers(case, here):
    return here.present(_free(case, [*its_line(case, here), *case.advisers()]))


def _who_may_agree(whom):
    """Of these, neither who has the case nor who asked."""
    return lambda case, here: [user for user in whom(case, here) if access.is_second_to_close(user, case)]


CLOSE_LATE = Ladder(
    "case",
    "close_late",
    "case_second",
    Rung(after=0.0, tell=_who_may_agree(_its_line_and_advisers)),
    Rung(after=1.0, tell=_who_may_agree(_holding(Post.LEAD, Post.TRUSTEE)), only_first=True, opens=_raised("lead")),
    Rung(after=2.0, tell=_who_may_agree(_holding(Post.CHAIR)), opens=_raised("chair")),
    urgent=False,
    runs=lambda case: case.still_waits_for_a_second(),
)


# what is owed of a concern about one of us, beside the clocks of its case


def _of_its_case(whom):
    return lambda one, here: whom(one.case, here)


def _beside_a_case(kind, clock, runs):
    """Of a record that hangs on a case: the same rungs as its case has, and the case opened to those above."""
    return Ladder(
        kind,
        clock,
        "case_late",
        Rung(after=0.0, tell=_of_its_case(_owner_or_on_call)),
        Rung(after=0.0, tell=_of_its_case(its_line)),
        Rung(
            after=0.5,
            tell=_of_its_case(_holding(Post.LEAD, Post.TRUSTEE)),
            only_first=True,
            opens=lambda one, at: _raised("lead")(one.case, at),
        ),
        Rung(after=1.0, tell=_of_its_case(_holding(Post.CHAIR)), opens=lambda one, at: _raised("chair")(one.case, at)),
        urgent=lambda one: one.case.rings,
        runs=runs,
    )


def _of_an_allegation(clock):
    return _beside_a_case("allegation", clock, lambda allegation: allegation.still_owes(clock))


OWED = {clock: _of_an_allegation(clock) for clock in ("lado", "dbs")}
# the next step of a referral; the report for a meeting, what came of it, its minutes
OUTSIDE = {
    kind: _beside_a_case(kind, kind, lambda one: one.still_owes()) for kind in ("referral", "meeting", "transfer")
}


# the law's duty to tell of sexual abuse: whoever has it hears at once and each day of the week that the law leaves at the
# most; when a day has gone by, whoever works the case hears too (R22; decision 0213)


A_WEEK_AT_MOST = 7


def _each_day(duty):
    return [duty.arose_at + number * A_DAY for number in range(1, A_WEEK_AT_MOST + 1)]


TELL = Reminder("duty", "duty", "duty_late", times=_each_day, people=lambda duty, here: [duty.user])
TELL_LATE = _beside_a_case("case_duty", "duty_late", lambda duty: duty.still_owes())


# low-level concerns are looked at together each quarter, whether there are any or not: it tells nobody of one (R18)
TOGETHER = Quarterly("register", "register", "register", lambda user, here: here.present([user]))


# a case that was opened in an emergency: what was done is asked for when the hour is over, then of everybody who leads


def _others_who_lead(emergency, here):
    leading = _free(emergency.case, here.holding(*access.LEADING))
    return [user for user in leading if user.pk != emergency.user_id]


EMERGENCY_ASKED = Ladder(
    "emergency",
    "emergency_asked",
    "emergency_asked",
    Rung(after=0.0, tell=lambda emergency, here: [emergency.user] if emergency.user.is_active else []),
    Rung(after=1.0, tell=_others_who_lead),
    urgent=False,
    runs=lambda emergency: type(emergency).objects.filter(pk=emergency.pk, answered_at=None).exists(),
)


# a second look that nobody has answered in time


def _asked(post):
    """Whoever holds the post that was asked, or the one above, and may answer."""
    return lambda look, here: [user for user in here.holding(post(look)) if access.may_answer_look(user, look)]


def _above(look, here):
    """Who was let in; before that, the next post above in which somebody is there and has no part in it."""
    return look.late_to or lines.next_above(look.report.case, look.report.author, look.asked_of, here.away)


def _next_up(look, here):
    """Not yet let in as this is asked: the step that lets them in is taken before they are told."""
    kept = {one.user_id for one in look.report.case.recusals.all()} | {look.report.author_id}
    return [user for user in here.holding(_above(look, here)) if user.pk not in kept]


def _pass_up(look, at):
    if not look.late_to:
        look.pass_up(_above(look, Here(at)), by=WORKER, at=at)


LOOK_LATE = Ladder(
    "look",
    "look_late",
    "second_look_late",
    Rung(after=0.0, tell=_asked(lambda look: look.asked_of)),
    Rung(after=0.0, tell=_next_up, opens=_pass_up),
    beside=lambda look: _its_author(look.report),
    urgent=lambda look: look.report.case.rings,
    runs=lambda look: type(look).objects.open().filter(pk=look.pk).exists(),
)
