"""Several at once: who was there when a course was taught, a list from elsewhere, and what is to be checked."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.audit.events import event
from harmony.files.taking import takes_files
from harmony.look.forms import Form
from harmony.look.words import day
from harmony.people.asking import ask
from harmony.people.doors import allowed, opens
from harmony.people.models import Membership, User
from harmony.people.unfinished import answered, filled

from .. import access
from ..forms.lists import ListForm, SessionForm
from ..importing import read
from ..models import Session


@allowed(access.may_keep)
def hold_session(request):
    """The list of attendance: everybody who works here, to be ticked."""
    working = Membership.objects.standing().filter(kind__in=Membership.WORKING)
    people = User.objects.exclude(status=User.Status.LEFT).filter(pk__in=working.values("user")).order_by("name")
    return ask(
        request,
        filled(SessionForm, request, people=people),
        Session().hold,
        heading=_("Who was there?"),
        says=_("Each of them has it in their record. It counts once somebody else has checked the signed list."),
        button=_("Write this down"),
        then=reverse("training:to_check"),
        done=_("It is written down. Somebody else checks it now."),
    )


@opens(Session, may=access.may_check_session)
def verify_session(request, session):
    there = session.completions.to_check().select_related("user").order_by("user__name")
    return ask(
        request,
        filled(Form, request),
        session.verify,
        heading=_("Have you seen the signed list?"),
        says=_("%(course)s, %(day)s, led by %(who)s. %(shown)s. There were: %(people)s.")
        % {
            "course": session.course,
            "day": day(session.held_on),
            "who": session.led_by,
            "shown": session.shown,
            "people": ", ".join(one.user.name for one in there),
        },
        button=_("I have seen it"),
        then=reverse("training:to_check"),
    )


@allowed(access.may_keep)
@takes_files
def bring_in(request):
    """First a dry run: what each line comes to, and what is wrong with it. Only then is anything written down."""
    files = request.FILES if request.method == "POST" else None
    form = ListForm(request.POST, files) if files is not None else filled(ListForm, request)
    shown = {"form": form}
    if answered(request, form):
        lines = read(form.cleaned_data["lines"], on=localdate())
        good = [line for line in lines if line.completion]
        if "write" in request.POST and good:
            _write_down(good, request.user)
            messages.success(request, _written(len(good)))
            return redirect("training:to_check")
        shown |= {
            "form": ListForm(initial={"lines": form.cleaned_data["lines"]}),
            "lines": lines,
            "good": len(good),
            "bad": [line for line in lines if not line.completion],
            "rows": [(line.completion, day(line.completion.completed_on), line.shown) for line in good],
        }
    return render(request, "training/bring_in.html", shown, status=form.status)


def _write_down(lines, by):
    with event("bring in a list", by=by, about=[line.completion.user for line in lines]):
        for line in lines:
            line.completion.record(line.shown, by=by)


def _written(count):
    return ngettext(
        "%(count)d line is written down. Somebody else checks it now.",
        "%(count)d lines are written down. Somebody else checks them now.",
        count,
    ) % {"count": count}
