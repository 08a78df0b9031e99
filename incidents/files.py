"""The files of a case: documents made of it, and files that are kept elsewhere, as notes in its chronology.

Nothing can be uploaded to a case. Where there may be a nude or sexual image of somebody under 18, nothing ever will (R24).

    may_hold_images(case)   whether that is so, or nobody is sure
    documents_of(case, reader)
    kept_elsewhere(case)
"""

from dataclasses import dataclass

from harmony.documents import kinds
from harmony.documents.models import Export
from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time

from .kinds import FAMILY, Kind
from .models import ChronologyEntry
from .models.reports import Answer

OF_IMAGES = frozenset({*FAMILY[Kind.IMAGES].kinds, Kind.SEXTORTION, Kind.MONEY_EXTORTION})
DOOR = "images"


def may_hold_images(case):
    """A reporter said yes or was not sure, came through that door, or it was weighed as such."""
    reports = list(case.reports.all())
    load_keys([case, *reports])
    told = any(one.images in (Answer.YES, Answer.UNSURE) or DOOR in one.doors.split() for one in reports)
    return told or bool(OF_IMAGES & {case.kind, *case.secondary_kinds})


@dataclass(frozen=True)
class Made:
    title: object
    purpose: str
    by: str
    at: str
    status: str
    url: str  # only for whoever asked for it


def documents_of(case, reader):
    """Every document that was made of it, newest first."""
    made = Export.objects.filter(root=case.root).select_related("requested_by").order_by("-requested_at")
    return [
        Made(
            title=kinds.get(one.kind).title,
            purpose=one.get_purpose_display(),
            by=one.requested_by.name,
            at=clock_time(one.requested_at),
            status=one.get_status_display(),
            url=one.get_absolute_url() if one.requested_by_id == reader.pk else "",
        )
        for one in made
    ]


def kept_elsewhere(case):
    """The notes, newest first: (words, by whom, when)."""
    notes = list(case.entries.filter(kind=ChronologyEntry.Kind.FILE).select_related("author").order_by("-happened_at"))
    load_keys([case, *notes])
    return [(one.words, one.author.name, clock_time(one.happened_at)) for one in notes]
