"""The assurance map: each promise of the policy statement, how it stands, why, and where the evidence is (N3)."""

from collections import Counter

from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from harmony.look.words import clock_time
from harmony.organisation.models import Organisation
from harmony.people.doors import allowed, leads

from .. import access
from ..commitments import TONES, standing


@allowed(access.may_see_promises)
def promises(request):
    """Counts and sentences alone, so nothing is noted in the book."""
    at = now()
    rows = standing(request.user, at)
    counts = Counter(row.tone for row in rows)
    words = {"green": _("Kept"), "amber": _("Needs a look"), "red": _("Not kept, or not proved")}
    icons = {"green": "check", "amber": "clock", "red": "alert"}
    page = {
        "rows": [
            (
                row,
                (row.tone, words[row.tone], icons[row.tone]),
                [(one, _shown(request.user, one)) for one in row.proofs],
            )
            for row in rows
        ],
        "counts": [(counts[tone], (tone, words[tone], icons[tone])) for tone in TONES],
        "told": clock_time(at),
        "organisation_row": Organisation.current(),
    }
    return render(request, "home/promises.html", page)


def _shown(user, proof):
    """Where the evidence is, for whoever may open it."""
    return proof.url if proof.url and leads(user, proof.url) else ""
