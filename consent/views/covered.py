"""How far permission goes, use by use and group by group: where somebody has to be asked, and asked again."""

from django.shortcuts import render

from harmony.people.doors import allowed

from .. import access, coverage
from ..models import Use
from .records import chosen_group

SHOWN = (coverage.GIVEN, coverage.ENDING, coverage.REFUSED, coverage.ENDED, coverage.WAITING, coverage.NEVER_ASKED)


@allowed(access.may_see_consents)
def covered(request):
    """Of one group or of all; each number leads to those whom it counts. It names nobody."""
    groups, group, people = chosen_group(request)
    rows = [
        (use, [(state, coverage.SAYS[state], of[state]) for state in SHOWN], of[coverage.NEVER_SHOWN])
        for use, of in coverage.by_use(people).items()
    ]
    shown = {"rows": rows, "groups": groups, "group": group, "heads": [coverage.SAYS[state] for state in SHOWN]}
    shown |= {"many": people.count(), "never": rows[0][2] if rows else 0}
    if not group:
        uses = list(Use.objects.open().select_related("purpose", "channel"))
        found = coverage.by_group(groups)
        shown["uses"] = uses
        shown["by_group"] = [
            (one, size, [(use, agreed.get(use.pk, 0)) for use in uses]) for one, (size, agreed) in found.items()
        ]
    return render(request, "consent/coverage.html", shown)
