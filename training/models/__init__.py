"""Courses and who needs them, what was done and checked: one noun a file."""

from .completions import Completion, Exemption
from .courses import Course, Equivalent, Requirement, Topic, Version

__all__ = ["Completion", "Course", "Equivalent", "Exemption", "Requirement", "Topic", "Version"]
