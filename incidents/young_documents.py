"""On paper: all that is written about one young person, from every case that whoever asks for it may open."""

from django.utils.translation import gettext_lazy

from harmony.audit.events import note
from harmony.documents import kinds
from harmony.look.words import clock_time
from harmony.people.models import YoungPerson

from . import access
from .models import Case
from .timeline import timeline


def register():
    kinds.register(
        kinds.Kind(
            code="young_chronology",
            title=gettext_lazy("Chronology of a young person"),
            label=lambda young: str(young.pk)[:8],
            records=YoungPerson.objects.visible_to,
            may=access.may_read_about,
            gather=gather,
            template="incidents/young_chronology_pdf.html",
            about=gettext_lazy(
                "What happened in every case they have a part in, as far as you may open it, in one list. "
                "It names children and adults."
            ),
            classification=gettext_lazy("Confidential: safeguarding"),
        )
    )


def gather(young, export, at):
    cases = Case.objects.visible_to(export.requested_by).about(young)
    cases = list(cases.select_related("acknowledged_by", "triaged_by", "closed_by"))
    for case in cases:
        note("read", by=export.requested_by, about=case)
    return {
        "name": young.name,
        "cases": [[case.reference, str(case.label), case.get_status_display()] for case in cases],
        "moments": [_moment(one) for one in timeline(*cases)],
    }


def _moment(one):
    return {
        "case": one.case.reference,
        "at": clock_time(one.at),
        "title": str(one.title),
        "by": one.by,
        "key": one.tone == "key",
        "written": clock_time(one.written_at) if one.written_at else "",
        "gap": one.gap,
        "log": one.log,
        "words": one.words,
        "childs_words": one.childs_words,
        "view": one.view,
        "additions": [_moment(more) for more in one.additions],
    }
