"""On which day a page looks, and as what was known when: three boxes and a choice in its address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from harmony.look.words import day as in_words

from ..facts import end_of, told
from ..forms.completions import DayForm
from ..needs import Coverage


@dataclass
class Looked:
    """The day, what was told of it, and what the page says of that."""

    form: DayForm
    on: object
    hindsight: bool  # as it is known now, of a day gone by

    @classmethod
    def at(cls, request):
        """Today, unless the address names a day. A day that is none is said beside its boxes, and today is shown."""
        form = DayForm(request.GET if any(name.startswith("day_") for name in request.GET) else None)
        on = form.cleaned_data["day"] if form.is_bound and form.is_valid() else None
        return cls(form, on or localdate(), request.GET.get("known") == "now")

    @property
    def is_past(self):
        return self.on < localdate()

    @property
    def is_today(self):
        return self.on == localdate()

    @property
    def known_at(self):
        """Of a day gone by, its end: what was known then is what a page of that evening said. None: what is known now."""
        return end_of(self.on) if self.is_past and not self.hindsight else None

    def told(self, of=None):
        return told(self.known_at, of)

    def coverage(self, of=None):
        known = self.told(of)
        return known, Coverage(known.facts, self.on)

    @property
    def says(self):
        if self.is_today:
            return ""
        if not self.is_past:
            return _("How it will be on %(day)s, if nobody does anything till then.") % {"day": in_words(self.on)}
        how = _("as we know it now") if self.hindsight else _("as we knew it then")
        return _("How it was on %(day)s, %(how)s.") % {"day": in_words(self.on), "how": how}

    def query(self, **more):
        """What stands in the address, for links to the same day."""
        named = {} if self.is_today else {f"day_{part}": getattr(self.on, part) for part in ("day", "month", "year")}
        if self.is_past and self.hindsight:
            named["known"] = "now"
        named |= more
        return urlencode({name: value for name, value in named.items() if value != ""})
