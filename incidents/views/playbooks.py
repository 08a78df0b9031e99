"""Playbooks, for whoever works cases to read and for the DSO line to change; and the steps that a case owes by them."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.audit.events import plain
from harmony.audit.models import Entry, load_reasons
from harmony.encryption.fields import load_keys
from harmony.encryption.keys import ORGANISATION
from harmony.people.doors import allowed
from harmony.people.unfinished import answered, filled

from .. import access
from ..forms.playbooks import PlaybookForm, StepForm
from ..models import Playbook
from ..models.playbooks import all_of_them, newest
from ..record import followed
from .cases import drawn
from .door import opens_case, works_case


@allowed(access.may_read_playbooks)
def playbooks(request):
    newest_of_each = [versions[0] for versions in all_of_them().values()]
    shown = {
        "followed": [one for one in newest_of_each if one.in_use],
        "ended": [one for one in newest_of_each if not one.in_use],
        "may_keep": access.may_keep_playbooks(request.user),
    }
    return render(request, "incidents/playbooks.html", shown)


@allowed(access.may_read_playbooks)
def playbook(request, code):
    """Its steps now, and every version that was: who made it, when and why."""
    versions = all_of_them().get(code)
    if not versions:
        raise Http404
    reasons = _reasons()
    shown = {
        "playbook": versions[0],
        "versions": [(one, reasons.get(plain(one.pk), "")) for one in versions],
        "may_keep": access.may_keep_playbooks(request.user),
    }
    return render(request, "incidents/playbook.html", shown)


def _reasons():
    """{key of a version: why it was made}, from the book."""
    lines = Entry.objects.filter(root=ORGANISATION.hex, table_name=Playbook._meta.db_table, verb="keep")
    return {line.row_id: line.reason for line in load_reasons(lines)}


@allowed(access.may_keep_playbooks)
def change_playbook(request, code):
    now = newest(code)
    if now is None:
        raise Http404
    stands = ("title", "steps", "track", "images", "caused_by", "kinds", "in_use")
    initial = {name: getattr(now, name) for name in stands} | {"seen": now.number}
    return _ask(request, Playbook(code=code), initial, _("Change a playbook"), now.get_absolute_url())


@allowed(access.may_keep_playbooks)
def add_playbook(request):
    return _ask(request, Playbook(code=uuid4().hex), {}, _("Add a playbook"), reverse("incidents:playbooks"))


def _ask(request, playbook, initial, heading, leave):
    form = filled(PlaybookForm, request, initial=initial)
    if answered(request, form) and form.take(playbook.keep, by=request.user):
        messages.success(request, _("Saved. Cases that are weighed from now on follow it."))
        return redirect(playbook)
    shown = {"form": form, "heading": heading, "leave": leave}
    return render(request, "incidents/change_playbook.html", shown, status=form.status)


@opens_case
def case_steps(request, case):
    return drawn(request, "case_steps", case, tab="case_steps", followed=followed(case))


@works_case
def case_step(request, case, step):
    """One step: done, not needed, or open again. The buttons of the list lead here, and back to it."""
    step = get_object_or_404(case.steps.owed().select_related("answered_by"), pk=step)
    load_keys([case, step])
    form = filled(StepForm, request, step=step)
    if answered(request, form) and form.take(case.answer_step, step=step, by=request.user):
        return redirect(f"{reverse('incidents:case_steps', args=[case.pk])}#{step.playbook}")
    return drawn(request, "case_step", case, tab="case_steps", form=form, step=step)
