"""Who may see and do what with a report or a case. The only place where it is decided.

Which posts work it, and who comes next, is in lines.py. Whoever it is about, and whoever has declared to belong to
them, is subtracted last, from everything, whatever else they are (N7).
"""

from django.db.models import Q
from django.utils.timezone import now

from harmony import between
from harmony.notifications.access import WORKER
from harmony.people.models import Post, User

from .lines import (
    ABOVE,
    ACCOUNTS,
    ANSWERING,
    ASKED_OF_PAPERS,
    CALLED,
    COUNTING,
    EMERGENCY,
    ESCALATED,
    HANDLING,
    LEADING,
    LINES,
    kept_out,
    posts_working,
)

NOBODY = Q(pk__in=())
SENDER = "whoever holds the six words"  # acts instead of a user on a report that came in from outside


def cases_visible_to(user):
    """Which cases this person may open. One condition, so that lists, searches and counts agree."""
    if not user.is_active:
        return NOBODY
    shared = Q(pk__in=user.casegrant_set.values("content_object"))
    if user.holds(*EMERGENCY):
        shared |= Q(pk__in=user.emergencies.at(now()).values("case"))
    return (shared | _worked_by_post(user)) & not_recused(user)


def _worked_by_post(user, case=""):
    """By which posts a case is worked, as `posts_working` says of one. `case`: how the query comes to it, "case__"."""
    seen = NOBODY
    for track, posts in LINES.items():
        if user.holds(*posts):
            seen |= Q(**{f"{case}track": track})
    if above := [post for post in ABOVE if user.holds(post)]:
        for asked in ("raised_to", "second_look", "look_late_to"):
            seen |= Q(**{f"{case}{asked}__in": above})
    if rungs := [rung for rung, posts in ESCALATED.items() if user.holds(*posts)]:
        seen |= Q(**{f"{case}escalated_to__in": rungs})
    return seen


def cases_worked_by(user):
    """Of the cases one may open, those one works by post; not those shared with one, or opened for an hour, to read."""
    return (_worked_by_post(user) & not_recused(user)) if user.is_active else NOBODY


def may_see_to_do(user):
    """All that is left to do across cases: whoever handles cases. Of each, only what they work."""
    return user.is_active and user.holds(*CALLED)


def countable_by(user):
    """Which cases stand in figures of the whole organisation. The same for all who might lay their figures side by side."""
    apart = ANSWERING if user.holds(*ANSWERING) else (*COUNTING, *ANSWERING)
    return ~Q(recusals__user__in=User.objects.holding(*apart)) & not_recused(user)


def not_recused(user, case="pk"):
    """Last and for everybody: guardian cannot say no, and a superuser is nobody special here. What was destroyed is nobody's."""
    return not_kept_out(user, case) & Q(**{"destroyed_at" if case == "pk" else f"{case}__destroyed_at": None})


def not_kept_out(user, case="pk"):
    return ~Q(**{f"{case}__in": user.recusals.values("case")})


def destroyed_visible_to(user):
    """That a case was there: whoever would work it, and the auditor; of none that they were kept out of."""
    seen = Q() if user.holds(Post.AUDITOR) else _worked_by_post(user)
    return seen & not_kept_out(user) & Q(destroyed_at__isnull=False) if user.is_active else NOBODY


def reports_visible_to(user):
    """One's own, always; other people's only as part of a case that one may open (the case's pages show those)."""
    return Q(author=user, case__destroyed_at=None) if user.is_active else NOBODY


def unsent_visible_to(user):
    """That a report was begun and not sent, and by whom: the next ones up, never the words, never of oneself."""
    return ~Q(author=user) if user.is_active and user.holds(*ABOVE) else NOBODY


def files_visible_to(user):
    """The files of the cases one works; not of those that are shared with one to read."""
    return (_worked_by_post(user, "case__") & not_recused(user, "case")) if user.is_active else NOBODY


def files_asked_of(user):
    """What an adviser has to know of a file to agree that it is destroyed, while somebody asks for that."""
    advised = user.casegrant_set.filter(advises=True).values("content_object")
    asked = Q(asked_by__isnull=False, case__in=advised) & not_recused(user, "case")
    return asked if user.is_active else NOBODY


def emergencies_visible_to(user):
    """One's own, and for those who lead all; of no case that one is kept out of."""
    whose = Q() if user.holds(*LEADING) else Q(user=user)
    return whose & not_recused(user, "case") if user.is_active else NOBODY


def may_try_emergency(user):
    return user.is_active and user.holds(*EMERGENCY)


def may_open_in_emergency(user, case):
    """A case that one may not see, and is not kept out of. It gives no more than to read it, for its hour."""
    there = case.destroyed_at is None and not case.recusals.filter(user=user).exists()
    return may_try_emergency(user) and there and not may_see(user, case)


def may_answer_in_person(user, asked):
    """What was done in an emergency is said by whoever opened it; whether they told, by whoever has the duty (R22)."""
    return user.pk == asked.user_id and may_be_asked(user, asked.case)


def actions_visible_to(user):
    """What one was asked to do: these words, and nothing else of the case (U* tasks of practice.md 2.5)."""
    return (Q(owner=user) & not_recused(user, "case")) if user.is_active else NOBODY


def duties_visible_to(user):
    return (Q(user=user) & not_recused(user, "case")) if user.is_active else NOBODY


def may_set_duty_aside(user, duty):
    """That somebody will not say is written down by whoever works the case; never of oneself."""
    return user.pk != duty.user_id and may_work(user, duty.case)


def may_report(user):
    return user.is_active


def is_author(user, report):
    """Whoever wrote it; of one that came in from outside, whoever holds its six words."""
    return user == SENDER if report.author_id is None else getattr(user, "pk", None) == report.author_id


def may_file(user, report):
    return is_author(user, report) and (user == SENDER or user.is_active)


def may_ask(user, report):
    """Ask its author about a report that was not sent; but for those it is about, as far as it says so already."""
    return user.holds(*ABOVE) and user.pk != report.author_id and user not in kept_out(report.about)


def may_ask_above(user, report):
    """Whoever wrote it may ask somebody above to look again, at any time."""
    return may_add(user, report) and report.case_id is not None


def second_looks_visible_to(user):
    """One's own; and those asked of a post above that one holds, in cases one is not kept out of. Not the DSO line's."""
    if not user.is_active:
        return NOBODY
    above = [post for post in ABOVE if user.holds(post)]
    asked = (Q(asked_of__in=above) | Q(late_to__in=above)) & not_recused(user, "report__case")
    return Q(report__author=user, report__case__destroyed_at=None) | asked


def may_answer_look(user, look):
    """Whoever it was asked of, while nothing keeps them out of the case."""
    report = look.report
    has_part = report.case.recusals.filter(user=user).exists() or report.author_id == user.pk
    return user.is_active and user.holds(*posts_asked(look)) and not has_part


def posts_asked(look):
    """Whoever it was asked of, and the one above where that one did not answer in time."""
    return (look.asked_of, look.late_to) if look.late_to else (look.asked_of,)


def may_add(user, report):
    """The author may add to a report at any time; its first words stay."""
    return may_file(user, report)


def may_see(user, case):
    return type(case).objects.visible_to(user).filter(pk=case.pk).exists()


def may_work(user, case):
    """Acknowledge, triage, write, give out actions, close, reopen: whoever of the handling posts sees the case."""
    return works_on(user, case) and may_see(user, case)


def may_add_file(user, file):
    """Whoever works the case, and the author of a report in it. (Where there may be images, the file itself refuses.)"""
    of_theirs = file.report_id and file.report.case_id == file.case_id
    return of_theirs and may_add(user, file.report) or may_work(user, file.case)


def may_lock_away(user, file):
    """Whoever can open it can say that nobody should; and ask for its end."""
    return may_work(user, file.case)


def may_destroy(user, file):
    """The second person: by person, not by post, and never whoever asked for it."""
    is_second = file.asked_by_id is not None and user.pk != file.asked_by_id
    return is_second and may_be_second(user, file.case) and is_prepared(user)


def may_keep_locked(user, file):
    """Whoever could agree that it goes can say that it stays; and whoever asked takes it back."""
    return may_be_second(user, file.case)


def works_on(user, case):
    """Of a case that this person has just been let into: whether they work it. A step asks `may_work` again."""
    return user.holds(*posts_working(case))


def may_agree(user, case):
    """The second person of a step that takes two: neither who has the case nor who asked. By person, not by post."""
    is_second = user.pk not in (case.owner_id, case.lower_asked_by_id)
    return is_second and may_be_second(user, case) and is_prepared(user)


def may_be_second(user, case):
    """Whoever works the case; and the adviser who was asked into it as nobody else was left (practice.md 2.3)."""
    return may_work(user, case) or (advises(user, case) and may_see(user, case))


def advises(user, case):
    """Was asked into this one case, to agree or not to what takes two. It gives nothing else but to read it."""
    return case.grants.filter(user=user, advises=True).exists()


def decides_on(asked, user, case):
    """Of a case that this person has just been let into: whoever works it; an adviser, where `asked` says that they are."""
    return works_on(user, case) or (bool(getattr(case, asked)) and advises(user, case))


def may_ask_in(user, case):
    """An adviser, for one case: only while nobody of its line is left who could agree to what takes two."""
    apart = (user.pk, case.owner_id, case.lower_asked_by_id, case.close_asked_by_id)
    left = (one for one in case.line() if one.pk not in apart and is_prepared(one))
    return may_work(user, case) and next(left, None) is None


def is_prepared(user):
    """Not while the training that their role asks for has run out: somebody else is the second person then (N13).

    Asked of nothing but that: to report, read, weigh, refer and close never waits for a course.
    """
    return not any(between.competence(user))


def may_agree_to_close(user, case):
    """The second person of the end of a case, or of the look at what was passed on: neither who has it nor who asked
    (practice.md 2.4)."""
    return is_second_to_close(user, case) and may_be_second(user, case)


def is_second_to_close(user, case):
    return user.pk not in (case.owner_id, case.close_asked_by_id)


def may_screen(user, allegation):
    """Whether it is an allegation, and what the LADO advised: whoever works a case about one of us."""
    return allegation.case.track == "worker" and may_work(user, allegation.case)


def may_refer(user, record):
    """A referral, a meeting and what else hangs on a case: whoever works it."""
    return may_work(user, record.case)


def may_see_register(user):
    """The register of low-level concerns: who works concerns about one of us. Of each, only what they may open (R18)."""
    return user.is_active and user.holds(*LINES["worker"], Post.CHAIR, Post.VICE)


def may_see_fairness(user):
    """How long cases took by group: who answers for the whole, and works no case by post (S12)."""
    return user.is_active and user.holds(Post.AUDITOR, Post.TRUSTEE) and not user.holds(*HANDLING, *ABOVE)


def may_keep_family_out(user, case):
    """Whoever says whose child it is need not see the case: it keeps its own family out, and lets nobody in."""
    return user.is_active


def may_escalate(by, case):
    """Only the clock, which is no user, opens a case, or a second look, to those above."""
    return by == WORKER


def may_be_asked(user, case):
    """Anybody active may be given an action, or a look, but the people who have no part in the case."""
    return user.is_active and not case.recusals.filter(user=user).exists()


def may_finish(user, action):
    """Whoever works the case, and whoever the action was given to."""
    own = user.pk == action.owner_id and may_be_asked(user, action.case)
    return own or may_work(user, action.case)


def may_waive(user, action):
    """To say that something need not be done is a decision of whoever works the case."""
    return may_work(user, action.case)


def may_hand_over(user, case):
    """Whoever works it; and whoever ends accounts, who moves it to somebody else without seeing it."""
    return user.is_active and (user.holds(*ACCOUNTS) or may_work(user, case))


def may_hand_over_action(user, action):
    return may_hand_over(user, action.case)


def cases_checkable_by(user):
    """Of which cases this person may ask whether a paper is true: those they work, and all for those who are asked."""
    seen = cases_visible_to(user)
    return not_kept_out(user) if user.is_active and user.holds(*ASKED_OF_PAPERS) else seen


def may_read_about(user, young_person):
    """All that is written of one young person in one list: whoever handles cases. Of each, only what they may open."""
    return user.is_active and user.holds(*HANDLING)


def may_know_of_record(user):
    """That there is a record about a child, on the ordinary file: the DSO line alone (R6)."""
    return user.is_active and user.holds(*LINES["child"])


def may_see_cases(user):
    """Whether the list of cases is offered at all."""
    return user.holds(*CALLED) or user.casegrant_set.exists()


def may_export(user, case):
    """A whole case on paper: the DSO line, and only with a purpose (R!)."""
    return may_work(user, case)


def may_read_times(user):
    """How long each thing may take: whoever may see the list of cases."""
    return user.is_active and may_see_cases(user)


def may_set_times(user):
    """The DSO and the senior lead answer for what is promised."""
    return user.is_active and user.holds(Post.DSO, Post.LEAD)


def may_see_trends(user):
    """What comes up more often than before, among the cases one may open: the DSO line, which answers to it."""
    return user.is_active and user.holds(*LINES["child"])


def may_read_playbooks(user):
    """Whoever may see the list of cases."""
    return user.is_active and may_see_cases(user)


def may_keep_playbooks(user, playbook=None):
    """The DSO line says which steps a case owes (S26). Of a version that a case has begun with, nobody changes a word."""
    return user.is_active and user.holds(*LINES["child"])
