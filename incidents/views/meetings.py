"""Meetings of agencies about a case: when they are, the report that is owed, what was decided, where the minutes are."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _

from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time
from harmony.people.unfinished import answered, filled

from ..forms import meetings as forms
from ..models import Meeting
from .cases import drawn
from .door import works_case
from .referrals import Asked, clock_of, owed_for

ASKED = {
    "report": Asked(forms.ReportSentForm, "send_report", _("Our report was sent"), _("Our report was sent")),
    "held": Asked(forms.HeldForm, "hold", _("What came of the meeting?"), _("It took place, and one of us was there")),
    "missed": Asked(forms.MissedForm, "miss", _("It took place without us"), _("It took place without us")),
    "minutes": Asked(forms.MinutesForm, "get_minutes", _("The minutes have come"), _("The minutes have come")),
    "change": Asked(forms.ChangeMeetingForm, "change", _("Another time or place"), _("Another time or place")),
    "cancelled": Asked(forms.CancelForm, "cancel", _("It does not take place"), _("It does not take place")),
}


@works_case
def add_meeting(request, case):
    form, meeting = filled(forms.MeetingForm, request), Meeting(case=case)
    if answered(request, form) and form.take(meeting.invite, by=request.user):
        return redirect(meeting)
    return drawn(request, "add_meeting", case, tab="referrals", form=form)


@works_case
def meeting(request, case, meeting):
    one = _of(case, meeting)
    load_keys([case, one])
    offered = [] if case.closed_at else [(name, ASKED[name]) for name in _offered(one)]
    when = {name: getattr(one, name) for name in ("happens_at", "report_due", "report_sent_at", "minutes_at")}
    shown = {
        "meeting": one,
        "when": {name: clock_time(moment) for name, moment in when.items() if moment},
        "clock_here": clock_of(one, owed_for(one)),
        "first": offered[:1],
        "others": offered[1:],
    }
    return drawn(request, "meeting", case, tab="referrals", **shown)


@works_case
def meeting_step(request, case, meeting, name):
    if name not in ASKED:
        raise Http404
    one, asked = _of(case, meeting), ASKED[name]
    load_keys([one])
    stands = {field: getattr(one, field) for field in asked.form.base_fields if name in ("change", "minutes")}
    form = filled(asked.form, request, **({"initial": stands} if stands else {}))
    if answered(request, form) and form.take(getattr(one, asked.verb), by=request.user):
        return redirect(one)
    return drawn(request, "meeting_step", case, tab="referrals", form=form, asked=asked, meeting=one)


def _of(case, meeting):
    return get_object_or_404(case.meetings.select_related("asked_by", "case"), pk=meeting)


def _offered(meeting):
    """What comes next, the likeliest first."""
    if meeting.status == Meeting.Status.COMING:
        return [*(["report"] if meeting.owes_report else []), "held", "missed", "change", "cancelled"]
    return ["minutes"] if meeting.due_at else []
