"""I'm not happy with the answer: a reporter's words to somebody above, and what they answer. Past whoever works the case."""

from django.shortcuts import redirect, render
from django.utils.timezone import now

from harmony.encryption.fields import load_keys
from harmony.look.words import by, clock_time
from harmony.people.doors import opens
from harmony.people.models import User
from harmony.people.unfinished import answered, filled

from .. import access, lines, steps
from ..forms.looks import AnswerForm, AskForm
from ..models import Report, SecondLook
from ..models.numbers import current
from ..promises import outside
from .phrases import described


@opens(Report)
def look_again(request, report):
    """Who will read it stands there first. Where nobody is left, whom to ring outside."""
    if report.status == Report.Status.DRAFT:
        return redirect(steps.to_finish(report))
    request.kept_out = access.kept_out(report.about)
    form = filled(AskForm, request)
    if answered(request, form) and form.take(report.ask_above, by=request.user):
        return redirect(f"{report.get_absolute_url()}#looks")
    looks = looks_at(report)
    waits = next((look for look in looks if look["waits"]), None)
    shown = {"report": report, "form": form, "waits": waits, "readers": _readers(report, request.user)}
    shown["within"] = current().second_look.words
    shown["outside"] = [] if waits or shown["readers"] else outside()
    return render(request, "incidents/look_again.html", shown, status=form.status)


def _readers(report, author):
    post = lines.next_above(report.case, author)
    if not post:
        return []
    return described(User.objects.holding(post).exclude(pk__in=report.case.recusals.values("user")))


@opens(SecondLook)
def second_look(request, look):
    """For whoever was asked: the reporter's words, the case, and an answer. Its author reads it with their report."""
    if look.report.author_id == request.user.pk:
        return redirect(look.report)
    form = filled(AnswerForm, request)
    if answered(request, form) and form.take(look.reply, by=request.user):
        return redirect(look)
    shown = {
        "look": look,
        "case": look.report.case,
        "author": look.report.by_whom,
        "asked": clock_time(look.asked_at),
        "due": "" if look.answered_at else by(look.due_at, at=now()),
        "answered": clock_time(look.answered_at) if look.answered_at else "",
        "form": form,
    }
    return render(request, "incidents/second_look.html", shown, status=form.status)


def looks_at(report):
    """For its author: what they asked, of which post, by when it is answered, and the answer."""
    looks = list(report.looks.select_related("answered_by"))
    load_keys(looks)
    return [_told(look) for look in looks]


def _told(look):
    late = look.due_at <= now()
    return {
        "words": look.words,
        "of": look.get_asked_of_display().lower(),
        "asked": clock_time(look.asked_at),
        "due": by(look.due_at, at=now()),
        "waits": not look.answered_at and not late,
        "is_late": not look.answered_at and late,
        "answer": look.answer,
        "answered": clock_time(look.answered_at) if look.answered_at else "",
        "by": look.answered_by.name if look.answered_by else "",
    }
