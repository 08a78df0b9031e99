"""My reports: one's own words and how far they have got. Nothing of the case."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from harmony.audit.events import note_list
from harmony.encryption.fields import load_keys
from harmony.look.words import by, clock_time, day, short_time
from harmony.people.doors import opens
from harmony.people.unfinished import answered, filled

from .. import access, steps
from ..answers import answers
from ..forms.reporting import AddForm, StatementForm
from ..forms.working import AnswerForm
from ..initials import initials_in
from ..models import Action, Case, Reply, Report
from .looks import looks_at

A_PAGE = 25
# what its author hears of a case: how far it is, never what is in it
HEARD = {
    Case.Status.SUBMITTED: ("plain", gettext_lazy("Sent"), gettext_lazy("It has not been read yet.")),
    Case.Status.ACKNOWLEDGED: (
        "indigo",
        gettext_lazy("Read"),
        gettext_lazy("Somebody has read it and has it in hand."),
    ),
    Case.Status.TRIAGED: (
        "indigo",
        gettext_lazy("Being worked on"),
        gettext_lazy("We may not be able to tell you more. That does not mean that nothing happens."),
    ),
    Case.Status.REDIRECTED: (
        "indigo",
        gettext_lazy("Passed on"),
        gettext_lazy(
            "We think it is not about safety, so we passed it on. A second person looks at it again within a week. "
            "It was right to tell us. If anything new happens, add it."
        ),
    ),
    Case.Status.CLOSED: (
        "green",
        gettext_lazy("Closed"),
        gettext_lazy("Thank you for telling us. If anything new happens, add it or report it again."),
    ),
}


def when_we_answer(case, at):
    """By when it should be read and answered, and when it was: sentences for whoever reported it."""
    return " ".join(filter(None, [_read(case, at), _tell(case, at)]))


def what_is_next(case, at):
    """The one of these sentences that matters now, for a row of the front page; "" where all is said."""
    if case.status == Case.Status.CLOSED:
        return ""
    return (_tell(case, at) if case.acknowledged_at else "") or _read(case, at)


def _tell(case, at):
    if case.promise_due:
        when = {"when": by(case.promise_due, at=at)}
        if case.promise_due < at:
            return _("We should have told you more by %(when)s. Ring one of us and ask.") % when
        return _("We tell you more by %(when)s.") % when
    if case.told_at:
        return _("We told you more on %(when)s.") % {"when": clock_time(case.told_at)}
    if not case.tell_due or case.status == Case.Status.CLOSED:
        return ""
    when = {"when": by(case.tell_due, at=at)}
    if case.tell_due < at:
        return _("We should have told you what we can by %(when)s. Ring one of us and ask.") % when
    return _("We tell you what we can by %(when)s.") % when


def _read(case, at):
    if case.acknowledged_at:
        when = {"when": clock_time(case.acknowledged_at)}
        if case.acknowledge_due and case.acknowledged_at > case.acknowledge_due:
            return _("It was read on %(when)s. That was later than we said, and we are sorry.") % when
        return _("It was read on %(when)s.") % when
    if not case.acknowledge_due:
        return _("Nobody who may read it was on call, so no time is promised. If it cannot wait, ring one of us.")
    when = {"when": by(case.acknowledge_due, at=at)}
    if case.acknowledge_due < at:
        return _("It should have been read by %(when)s. Ring one of us.") % when
    return _("It should be read by %(when)s.") % when


@login_required
def my_reports(request):
    at = now()
    mine = Report.objects.visible_to(request.user)
    filed = mine.filed().select_related("case").order_by("-filed_at")
    page = Paginator(filed, A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "drafts": [(report, _begun(report), steps.to_finish(report)) for report in _with_keys(mine.drafts())],
        "reports": [
            (report, short_time(report.filed_at, at=at), HEARD[report.case.status], when_we_answer(report.case, at))
            for report in page
        ],
    }
    return render(request, "incidents/my_reports.html", shown)


def _with_keys(drafts):
    drafts = list(drafts)
    load_keys(drafts)
    return drafts


def _begun(report):
    """One's own drafts are told apart by the initials in them."""
    begun = _("Begun %(when)s") % {"when": clock_time(report.started_at)}
    return f"{begun}, {initials_in(report.who)}" if report.who else begun


@opens(Report)
def report(request, report):
    """One's own report as it was sent, and what was added since."""
    if report.status == Report.Status.DRAFT:
        return redirect(steps.to_finish(report))
    request.kept_out = access.kept_out(report.about)
    form = filled(AddForm, request)
    if answered(request, form) and form.take(report.add, by=request.user):
        return redirect(f"{report.get_absolute_url()}#added")
    shown = {
        "report": report,
        "reference": report.case.reference,
        "sent": clock_time(report.filed_at),
        "heard": HEARD[report.case.status],
        "when_we_answer": when_we_answer(report.case, now()),
        "told": _told(report),
        "wants_support": clock_time(report.support_asked_at) if report.wants_support else "",
        "rows": answers(report),
        "addenda": _added(report),
        "files": _files(report),
        "looks": looks_at(report),
        "form": form,
    }
    return render(request, "incidents/report.html", shown, status=form.status)


def _added(report):
    """(words, when, whether somebody has read them, what they answer)."""
    more = list(report.addenda.select_related("answers"))
    load_keys([report, *more, *filter(None, (one.answers for one in more))])
    unread = report.case.added_at
    return [
        (one.words, clock_time(one.added_at), not unread or one.added_at < unread, one.answers and one.answers.words)
        for one in more
    ]


def _files(report):
    """(name, when) of what its author sent after it. They have it, so it is not given out here again."""
    files = list(report.files.all())
    load_keys([report, *files])
    return [(one.name, clock_time(one.added_at)) for one in files]


def _told(report):
    """What whoever works the case wrote to its reporter: (words, by whom, when, the question to answer or None)."""
    told = list(Reply.objects.filter(report=report).select_related("author").annotate(times=Count("answered")))
    load_keys(told)
    return [(one.words, one.author.name, clock_time(one.told_at), one.asks and not one.times and one) for one in told]


@opens(Report)
def answer_question(request, report, reply):
    """What whoever works the case asked, and the reporter's answer or statement: it stands with their report."""
    reply = get_object_or_404(report.replies.select_related("author"), pk=reply, asks=True)
    load_keys([reply])
    request.kept_out = access.kept_out(report.about)
    form = filled(StatementForm, request)
    if answered(request, form) and form.take(report.add, answers=reply, by=request.user):
        return redirect(f"{report.get_absolute_url()}#added")
    shown = {"report": report, "reply": reply, "asked": clock_time(reply.told_at), "form": form}
    return render(request, "incidents/answer_question.html", shown, status=form.status)


@require_POST
@opens(Report)
def ask_for_support(request, report):
    """A button: somebody is to talk with whoever reported it, about how it was for them."""
    if report.status == Report.Status.FILED:
        report.ask_for_support(by=request.user)
    return redirect(f"{report.get_absolute_url()}#support")


@login_required
def my_actions(request):
    """What one was asked to do, soonest first."""
    mine = Action.objects.visible_to(request.user).open().select_related("case").order_by("due_on", "pk")
    page = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    load_keys(mine := list(page))
    shown = [(action, day(action.due_on), action.due_on < localdate()) for action in mine]
    references = [action.case.reference for action in mine]
    note_list("list", by=request.user, page="what I was asked to do", references=references)
    return render(request, "incidents/my_actions.html", {"actions": shown, "page": page})


@opens(Action)
def my_action(request, action):
    """The words of one action, for whoever was asked: nothing else of the case. Done, or could not be done, and why."""
    form = filled(AnswerForm, request)
    if answered(request, form):
        step = action.finish if form.cleaned_data.pop("is_done") else action.hand_back
        if form.take(step, by=request.user):
            return redirect("incidents:my_actions")
    shown = {"action": action, "form": form, "due": day(action.due_on)}
    return render(request, "incidents/my_action.html", shown, status=form.status)
