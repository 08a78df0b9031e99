"""A contact or a welfare check, in one screen."""

from django.shortcuts import redirect

from harmony.people.unfinished import answered, filled

from ..forms.contacts import ContactForm
from .cases import drawn
from .door import works_case


@works_case
def log_contact(request, case):
    form = filled(ContactForm, request)
    if answered(request, form) and form.take(case.log_contact, by=request.user):
        return redirect("incidents:chronology", case.pk)
    return drawn(request, "log_contact", case, tab="chronology", form=form)
