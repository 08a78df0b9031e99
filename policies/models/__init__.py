"""Policies, their versions, who agreed to them, their yearly reviews, and what we learned: one noun a file."""

from .acknowledgements import Acknowledgement
from .lessons import Lesson, LessonAction
from .policies import Companion, Policy
from .reviews import Review
from .versions import Comment, Version, Writer

__all__ = [
    "Acknowledgement",
    "Comment",
    "Companion",
    "Lesson",
    "LessonAction",
    "Policy",
    "Review",
    "Version",
    "Writer",
]
