"""Platforms, what was found when each was looked at, and what makes it safe enough; how safe our systems are: one noun a file."""

from .assessments import Assessment
from .findings import Finding
from .hazards import Control, Hazard
from .platforms import Platform
from .security import KnownFact, SecurityCheck, SecurityReview

__all__ = ["Assessment", "Control", "Finding", "Hazard", "KnownFact", "Platform", "SecurityCheck", "SecurityReview"]
