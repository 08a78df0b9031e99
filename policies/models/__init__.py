"""Policies, their versions, and what was said of a draft: one noun a file."""

from .policies import Companion, Policy
from .versions import Comment, Version, Writer

__all__ = ["Comment", "Companion", "Policy", "Version", "Writer"]
