"""A young person contacted me: one page, sent at once, about oneself. It is thanked, and is no accusation (R18, S25)."""

from django.shortcuts import redirect, render

from harmony.organisation.models import Channel
from harmony.people.doors import allowed
from harmony.people.unfinished import answered, filled

from .. import access
from ..forms.contacted import ContactedForm
from ..models import Report


@allowed(access.may_report)
def contacted(request):
    """Beside the ways that are approved: whatever else somebody was reached by is told here."""
    form = filled(ContactedForm, request)
    if answered(request, form):
        said = {name: form.cleaned_data[name] for name in ("who", "platform", "facts")}
        key = form.cleaned_data["form_key"]
        of_oneself = {"danger": Report.Danger.NO, "about_us": True, "named": str(request.user.pk), "doors": "one-of-us"}
        report = Report.begin(request.user, key, **of_oneself, **said)
        if report.status == Report.Status.DRAFT:
            report.file(by=request.user)
        return redirect("incidents:report_sent", report.pk)
    shown = {"form": form, "channels": Channel.objects.approved().order_by("name")}
    return render(request, "incidents/contacted.html", shown)
