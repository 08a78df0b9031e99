"""The assurance statement on paper: each promise, how it stood when it was made, and why."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmony.documents import kinds

from . import access
from .commitments import standing


def register():
    kinds.register(
        kinds.Kind(
            code="assurance",
            title=gettext_lazy("Assurance statement"),
            label=lambda organisation: organisation.name,
            records=access.organisations_visible_to,
            may=access.may_report,
            gather=gather,
            template="home/assurance_pdf.html",
            about=gettext_lazy("Each promise of the policy statement, whether it is kept now, and how we know."),
            classification=gettext_lazy("No child or reporter is named"),
            offered=True,
        )
    )


def gather(organisation, export, at):
    """As whoever asked for it may count."""
    words = {"green": _("Kept"), "amber": _("Needs a look"), "red": _("Not kept, or not proved")}
    rows = standing(export.requested_by, at)
    return {
        "counts": [[words[tone], str(sum(row.tone == tone for row in rows))] for tone in ("green", "amber", "red")],
        "rows": [
            [
                row.commitment.code,
                str(row.commitment.says),
                words[row.tone],
                " ".join(str(one.says) for one in row.proofs),
            ]
            for row in rows
        ],
    }
