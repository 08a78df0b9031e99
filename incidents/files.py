"""The files of a case: those that are kept here, documents made of it, and files kept elsewhere, as notes in its chronology.

kept_here(case)
documents_of(case, reader)
kept_elsewhere(case)
"""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat

from harmony.documents import kinds
from harmony.documents.models import Export
from harmony.encryption.fields import load_keys
from harmony.files.checking import LABELS
from harmony.look.words import clock_time

from .models import CaseFile, ChronologyEntry

OF_ITS_HASH = 12  # how much of it is shown: enough to tell two files apart


@dataclass(frozen=True)
class Kept:
    name: str
    kind: str
    size: str
    by: str
    at: str
    scanned: bool
    hash: str
    url: str
    is_locked: bool
    is_destroyed: bool

    @classmethod
    def of(cls, file):
        """Its keys and who added it are read already."""
        return cls(
            name=file.name,
            kind=str(LABELS[file.kind]),
            size=filesizeformat(file.size),
            by=file.added_by.name,
            at=clock_time(file.added_at),
            scanned=file.scanned,
            hash=file.digest[:OF_ITS_HASH],
            url=file.get_absolute_url(),
            is_locked=file.status == CaseFile.Status.LOCKED,
            is_destroyed=file.status == CaseFile.Status.DESTROYED,
        )


def kept_here(case):
    """Newest first."""
    files = list(CaseFile.objects.filter(case=case).select_related("added_by"))
    load_keys([case, *files])
    return [Kept.of(file) for file in files]


def times_of(file):
    """When each step was taken, in words; "" where it was not."""
    moments = {"locked": file.locked_at, "asked": file.asked_at, "destroyed": file.destroyed_at}
    moments["not_restored"] = file.not_restored_at
    return {name: clock_time(moment) if moment else "" for name, moment in moments.items()}


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
