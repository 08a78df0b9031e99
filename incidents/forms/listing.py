"""Which cases the list shows: a choice that makes no sense chooses nothing. Words of a case are never asked for here."""

import re
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import CharField, DateField, Form

from ..kinds import Severity, Track
from ..models import Case
from .working import kinds

STATUS = Case.Status
OPEN = [STATUS.SUBMITTED, STATUS.ACKNOWLEDGED, STATUS.TRIAGED, STATUS.REDIRECTED]
NOBODY, ALL, UNWEIGHED = "nobody", "all", "none"
A_DAY = timedelta(days=1)
STATES = [("", _("Open")), *STATUS.choices, (ALL, _("Open and closed"))]
LEVELS = [("", _("Any level")), *Severity.choices, (UNWEIGHED, _("Not assessed"))]


class ListForm(Form):
    says_optional = False  # nothing here has to be chosen

    ref = CharField(label=_("Reference, or how it begins"), required=False, max_length=20)
    level = forms.ChoiceField(label=_("Level"), choices=LEVELS, required=False)
    kind = forms.ChoiceField(label=_("Kind of concern"), required=False)
    track = forms.ChoiceField(label=_("About whom"), choices=[("", _("Anybody")), *Track.choices], required=False)
    owner = forms.ChoiceField(label=_("Lead"), required=False)
    status = forms.ChoiceField(label=_("Where it stands"), choices=STATES, required=False)
    since = DateField(label=_("Reported on or after"), required=False)
    until = DateField(label=_("Reported on or before"), required=False)
    show = forms.CharField(widget=forms.HiddenInput, required=False)
    sort = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data, *, owners, **options):
        super().__init__(data, **options)
        self.fields["kind"].choices = [("", _("Any kind")), *kinds()[1:]]
        self.fields["owner"].choices = [("", _("Anybody")), (NOBODY, _("Nobody yet")), *owners]
        self.is_valid()

    @property
    def answers(self):
        """What was chosen, and makes sense."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def is_filtered(self):
        return bool(self.answers.keys() - {"show", "sort"}) or bool(self.errors)

    def address(self, **changed):
        """The list with these choices, some of them changed; "" is without. Ends where `page=` may follow."""
        kept = {name: value for name, value in self.data.items() if value and name != "page"}
        kept = {name: value for name, value in (kept | changed).items() if value}
        return f"?{urlencode(kept, errors='replace')}{'&' if kept else ''}"

    @property
    def base(self):
        """Open cases, unless another state or a reference was asked for: whoever types one means that case."""
        status = self.answers.get("status")
        if status == ALL or (not status and "ref" in self.answers):
            return Q()
        return Q(status=status) if status else Q(status__in=OPEN)

    @property
    def chosen(self):
        """The filters as one condition."""
        found = self.base
        for name, value in self.answers.items():
            if narrowing := getattr(self, f"_by_{name}", None):
                found &= narrowing(value)
        return found

    def _by_ref(self, typed):
        signs = re.sub(r"[^A-Z0-9]", "", typed.upper())
        return Q(reference__startswith=f"{signs[:3]}-{signs[3:]}" if len(signs) > 3 else signs or typed)

    def _by_level(self, level):
        return Q(severity="" if level == UNWEIGHED else level)

    def _by_kind(self, kind):
        return Q(kind=kind)

    def _by_track(self, track):
        return Q(track=track)

    def _by_owner(self, owner):
        return Q(owner=None) | ~Q(owner__status="active") if owner == NOBODY else Q(owner=owner)

    def _by_since(self, day):
        return Q(filed_at__gte=_midnight(day))

    def _by_until(self, day):
        return Q(filed_at__lt=_midnight(day + A_DAY))


def _midnight(day):
    return datetime.combine(day, time.min, get_current_timezone())
