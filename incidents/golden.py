"""The seven golden rules of sharing information (R34), as the log asks them: field, number, question, hint."""

from django.utils.translation import gettext_lazy as _

from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time

from .models import Disclosure

RULES = (
    ("risk", _("1. What could happen if it is not shared?"), _("Safety comes before privacy.")),
    ("told", _("2. Do the child and their family know, and what do they say?"), _("Be open, unless that adds risk.")),
    (
        "agreement",
        _("3. Was agreement asked for, or is it not needed?"),
        _("It is not needed where somebody is at risk."),
    ),
    (
        "advice",
        _("4. Whose advice did you seek?"),
        _("A colleague, the council, or a lawyer. Without names if you can."),
    ),
    ("kept_back", _("5. Who must not learn of it, and what was left out for that?"), _("Like a new address.")),
    ("enough", _("6. Is it right, and no more than they need?"), _("Fact apart from opinion. Not other children.")),
    ("why", _("7. What do you decide, and why?"), _("Also when you share nothing.")),
)


def shared_outside(case):
    """What was shared, or was not, newest first: with the rules that were answered."""
    found = list(Disclosure.objects.filter(case=case).select_related("written_by"))
    load_keys([case, *found])
    return [
        {
            "line": one,
            "at": clock_time(one.happened_at),
            "by": one.written_by.name,
            "rules": [(question, getattr(one, name)) for name, question, _hint in RULES if getattr(one, name)],
        }
        for one in found
    ]
