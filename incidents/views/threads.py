"""Whoever wrote from outside, for whoever works the case: how it is safe to answer, and the steps that open a sealed name."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..forms.timing import TellForm
from ..forms.working import NoAnswers
from ..models import Thread
from ..speak.forms import OpenNameForm
from .door import works_case
from .timing import tell_page


@require_POST
@works_case
def open_name(request, case):
    """One asks and another agrees; or somebody is in danger, and that waits for nobody."""
    step = request.POST.get("step")
    form = NoAnswers(request.POST) if step == "agree" else OpenNameForm(request.POST)
    threads = Thread.objects.filter(report__case=case).select_related("report")
    thread = next((thread for thread in threads if str(thread.pk) == request.POST.get("thread")), None)
    if thread is None:
        return redirect("incidents:tell", case.pk)
    take = {"agree": thread.agree_to_open, "danger": thread.open_in_danger}.get(step, thread.ask_to_open)
    if form.is_valid() and form.take(take, by=request.user):
        return redirect(f"{reverse('incidents:tell', args=[case.pk])}#who")
    return tell_page(request, case, TellForm(case=case), opening=form)
