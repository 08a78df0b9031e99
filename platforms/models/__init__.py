"""Platforms, what was found when each was looked at, and what makes it safe enough: one noun a file."""

from .assessments import Assessment
from .hazards import Control, Hazard
from .platforms import Platform

__all__ = ["Assessment", "Control", "Hazard", "Platform"]
