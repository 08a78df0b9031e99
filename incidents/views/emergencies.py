"""A case opened in an emergency: by its reference, with a reason and a fresh proof; and afterwards, what was done (N8)."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from harmony.audit.events import note
from harmony.audit.transitions import Refused
from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time
from harmony.people.doors import allowed, confirmed, opens
from harmony.people.unfinished import answered, filled

from .. import access
from ..forms.emergencies import DoneForm, EmergencyForm
from ..models import Case, Emergency


@allowed(access.may_try_emergency)
@confirmed
def open_in_emergency(request):
    """A wrong reference, one of a case they are kept out of and one that stays shut get one answer, and one line of the book."""
    form = filled(EmergencyForm, request)
    if answered(request, form):
        if case := _opened(request.user, **form.cleaned_data):
            return redirect(case)
        note("emergency refused", by=request.user, about=request.user)
        form.not_found()
    return render(request, "incidents/open_in_emergency.html", {"form": form}, status=form.status)


def _opened(user, reference, why):
    """The case, which they may see from now on or may see anyway; None where there is none for them."""
    case = Case.objects.filter(reference=reference).first()
    if case is None or access.may_see(user, case):
        return case
    try:
        case.open_in_emergency(by=user, why=why)
    except (PermissionDenied, Refused):
        return None
    return case


@opens(Emergency)
def emergency(request, emergency):
    """Who opened it, why and until when; for whoever did, what was done."""
    load_keys([emergency])
    form = filled(DoneForm, request)
    if answered(request, form) and form.take(emergency.reply, by=request.user):
        return redirect(emergency)
    shown = {
        "emergency": emergency,
        "opened": clock_time(emergency.opened_at),
        "until": clock_time(emergency.ends_at),
        "answered": clock_time(emergency.answered_at) if emergency.answered_at else "",
        "asks": emergency.user_id == request.user.pk and not emergency.answered_at,
        "may_see": access.may_see(request.user, emergency.case),
        "form": form,
    }
    return render(request, "incidents/emergency.html", shown, status=form.status)
