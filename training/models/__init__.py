"""Courses and who needs them, what was done and checked: one noun a file."""

from .agreements import Agreed, Agreement, AgreementLink
from .briefings import Briefing, Question
from .completions import Completion, Exemption
from .courses import Course, Equivalent, Requirement, Topic, Version
from .evidence import Evidence
from .induction import DbsCheck, Induction, Reference
from .owed import Owed
from .resources import Resource
from .sessions import Session
from .supervision import Rhythm, Supervision
from .support import Help, Support
from .talks import Audience, Online, Present, Talk

__all__ = [
    "Agreed",
    "Agreement",
    "AgreementLink",
    "Audience",
    "Briefing",
    "Completion",
    "Course",
    "DbsCheck",
    "Equivalent",
    "Evidence",
    "Exemption",
    "Help",
    "Induction",
    "Online",
    "Owed",
    "Present",
    "Question",
    "Reference",
    "Requirement",
    "Resource",
    "Rhythm",
    "Session",
    "Supervision",
    "Support",
    "Talk",
    "Topic",
    "Version",
]
