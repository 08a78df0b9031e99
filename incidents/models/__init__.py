"""A report, and the case that it opens: one noun a file."""

from .actions import Action
from .allegations import Allegation
from .cases import Case
from .chronology import ChronologyEntry
from .emergencies import Emergency
from .files import CaseFile
from .names_asked import NameAsked
from .numbers import OwnNumber
from .people import CasePerson
from .replies import Reply
from .reports import Addendum, Report
from .second_looks import SecondLook
from .sharing import CaseGrant, Recusal

__all__ = [
    "Action",
    "Addendum",
    "Allegation",
    "Case",
    "CaseFile",
    "CaseGrant",
    "CasePerson",
    "ChronologyEntry",
    "Emergency",
    "NameAsked",
    "OwnNumber",
    "Recusal",
    "Reply",
    "Report",
    "SecondLook",
]
