"""A case handed on to another organisation: what for, the file and its passphrase, and the receipt."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _

from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time
from harmony.people.doors import confirmed
from harmony.people.unfinished import answered, filled

from ..forms import transfers as forms
from ..models import Transfer
from .cases import drawn
from .door import works_case
from .referrals import Asked, clock_of

ASKED = {
    "sent": Asked(forms.SentForm, "send", _("Write down how it was sent"), _("I sent it")),
    "received": Asked(forms.ReceivedForm, "receive", _("They have it"), _("They say that they have it")),
    "off": Asked(forms.CallOffForm, "call_off", _("It is not handed on after all"), _("It is not handed on after all")),
}
NEXT = {"ready": ("sent", "off"), "sent": ("received", "off")}
OWES = {"ready": _("Send it"), "sent": _("Hear that they have it")}


@works_case
def hand_on(request, case):
    form, transfer = filled(forms.TransferForm, request), Transfer(case=case)
    if answered(request, form) and form.take(transfer.prepare, by=request.user):
        return redirect(transfer)
    load_keys([case])
    before = list(case.transfers.all())
    load_keys(before)
    return drawn(request, "hand_on", case, tab="sharing", form=form, before=before)


@works_case
@confirmed
def transfer(request, case, transfer):
    """The passphrase stands here until it is over: whoever opens it has shown again that it is them."""
    one = get_object_or_404(case.transfers.select_related("case", "prepared_by"), pk=transfer)
    load_keys([case, one])
    when = {name: getattr(one, name) for name in ("prepared_at", "sent_at", "received_at")}
    shown = {
        "transfer": one,
        "when": {name: clock_time(moment) for name, moment in when.items() if moment},
        "offered": [(name, ASKED[name]) for name in NEXT.get(one.status, ())],
        "clock_here": clock_of(one, OWES.get(one.status, "")),
    }
    return drawn(request, "transfer", case, tab="sharing", **shown)


@works_case
def transfer_step(request, case, transfer, name):
    if name not in ASKED:
        raise Http404
    one, asked = get_object_or_404(case.transfers.select_related("case"), pk=transfer), ASKED[name]
    load_keys([case, one])
    form = filled(asked.form, request)
    if answered(request, form) and form.take(getattr(one, asked.verb), by=request.user):
        return redirect(one)
    return drawn(request, "transfer_step", case, tab="sharing", form=form, asked=asked, transfer=one)
