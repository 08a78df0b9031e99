"""Forms: the design system's markup for every form, and `take`, which turns refusals into sentences.

form = TriageForm(request.POST or None)
if form.is_valid() and form.take(case.triage, by=request.user):
    return redirect(case)
return render(request, "incidents/triage.html", {"case": case, "form": form}, status=form.status)
"""

from http import HTTPStatus

from django import forms
from django.db import IntegrityError
from django.forms.renderers import TemplatesSetting

from harmony.audit import guards
from harmony.audit.transitions import ReasonOwed, Refused, StateMoved

from .bound import Answer
from .fields import Boxes, CharField, DateField, LongText, MomentField, Radios, Ticks

__all__ = [
    "Boxes",
    "CharField",
    "DateField",
    "Form",
    "LongText",
    "MomentField",
    "Radios",
    "Renderer",
    "Ticks",
]


class Renderer(TemplatesSetting):
    """Named by FORM_RENDERER, so that Django's and allauth's own forms look like ours."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = Answer


class Form(forms.Form):
    """Parses and phrases; what happens is the transition's business."""

    use_required_attribute = False
    keeps_words = True  # what was typed stands in the boxes again
    status = HTTPStatus.OK

    def take(self, transition, *, by, at=None, **more):
        """Take the step with these answers. False: it was refused, and the form says why.

        Permission is not a matter of answers: PermissionDenied passes through, to the page that says so.
        """
        when = {} if at is None else {"at": at}
        try:
            transition(**self.cleaned_data, **more, **when, by=by)
        except StateMoved as moved:
            self._moved_on(str(moved))
        except ReasonOwed as owed:
            self.add_error("why" if "why" in self.fields else None, str(owed))
        except Refused as refused:
            self.add_error(None, str(refused))
        except IntegrityError as error:
            if not (sentence := guards.sentence(error)):
                raise  # any other broken rule is a fault of ours
            self._moved_on(sentence)
        return not self.errors

    def _moved_on(self, sentence):
        """Somebody was quicker, or the database knows better: the same form goes out again, as 409."""
        self.status = HTTPStatus.CONFLICT
        self.add_error(None, sentence)
