"""Courses and who needs them, what was done and checked: one noun a file."""

from .briefings import Briefing, Question
from .completions import Completion, Exemption
from .courses import Course, Equivalent, Requirement, Topic, Version
from .evidence import Evidence
from .owed import Owed
from .sessions import Session
from .supervision import Rhythm, Supervision

__all__ = [
    "Briefing",
    "Completion",
    "Course",
    "Equivalent",
    "Evidence",
    "Exemption",
    "Owed",
    "Question",
    "Requirement",
    "Rhythm",
    "Session",
    "Supervision",
    "Topic",
    "Version",
]
