"""Which days of a chronology are shown."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.look.forms import DateField, Form


class DaysForm(Form):
    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("To"), required=False)

    def clean(self):
        answers = super().clean()
        since, until = answers.get("since"), answers.get("until")
        if since and until and until < since:
            self.add_error("until", _now("This is before the first day."))
        return answers

    @classmethod
    def of(cls, asked):
        """Bound where one of its boxes came with the address."""
        return cls(asked if any(asked.get(f"{name}_{part}") for name in cls.base_fields for part in BOXES) else None)

    @property
    def days(self):
        """(first, last): each a day or None; both None while nothing sound was asked."""
        found = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return found.get("since"), found.get("until")

    @property
    def query(self):
        """For a link that keeps them: "&since_day=…", or ""."""
        kept = {
            name: value for name, value in self.data.items() if name.rpartition("_")[0] in self.base_fields and value
        }
        return f"&{urlencode(kept)}" if kept else ""


BOXES = ("day", "month", "year")
