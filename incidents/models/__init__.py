"""A report, and the case that it opens: one noun a file."""

from .actions import Action
from .answers import Answer
from .cases import Case
from .chronology import ChronologyEntry
from .people import CasePerson
from .reports import Addendum, Report
from .sharing import CaseGrant, Recusal

__all__ = [
    "Action",
    "Addendum",
    "Answer",
    "Case",
    "CaseGrant",
    "CasePerson",
    "ChronologyEntry",
    "Recusal",
    "Report",
]
