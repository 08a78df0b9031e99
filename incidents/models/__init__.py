"""A report, and the case that it opens: one noun a file."""

from ..speak.models import Thread
from .actions import Action
from .addenda import Addendum
from .allegations import Allegation
from .case_steps import CaseStep
from .cases import Case
from .chronology import ChronologyEntry
from .disclosures import Disclosure
from .duties import Duty
from .emergencies import Emergency
from .files import CaseFile
from .meetings import Meeting
from .monitoring import Monitoring
from .names_asked import NameAsked
from .numbers import OwnNumber
from .people import CasePerson
from .plans import NotNeeded
from .playbooks import Playbook
from .referrals import Referral, ReferralStep
from .replies import Reply
from .reports import Report
from .second_looks import SecondLook
from .sharing import CaseGrant, Recusal
from .transfers import Transfer
from .voices import Voice

__all__ = [
    "Action",
    "Addendum",
    "Allegation",
    "Case",
    "CaseFile",
    "CaseGrant",
    "CasePerson",
    "CaseStep",
    "ChronologyEntry",
    "Disclosure",
    "Duty",
    "Emergency",
    "Meeting",
    "Monitoring",
    "NameAsked",
    "NotNeeded",
    "OwnNumber",
    "Playbook",
    "Recusal",
    "Referral",
    "ReferralStep",
    "Reply",
    "Report",
    "SecondLook",
    "Thread",
    "Transfer",
    "Voice",
]
