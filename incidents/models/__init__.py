"""A report, and the case that it opens: one noun a file."""

from ..speak.models import Thread
from .actions import Action
from .allegations import Allegation
from .cases import Case
from .chronology import ChronologyEntry
from .emergencies import Emergency
from .files import CaseFile
from .meetings import Meeting
from .names_asked import NameAsked
from .numbers import OwnNumber
from .people import CasePerson
from .plans import NotNeeded
from .referrals import Referral, ReferralStep
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
    "Meeting",
    "NameAsked",
    "NotNeeded",
    "OwnNumber",
    "Recusal",
    "Referral",
    "ReferralStep",
    "Reply",
    "Report",
    "SecondLook",
    "Thread",
]
