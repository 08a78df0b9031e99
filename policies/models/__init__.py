"""Policies, their versions, who agreed to them, and their yearly reviews: one noun a file."""

from .acknowledgements import Acknowledgement
from .policies import Companion, Policy
from .reviews import Review
from .versions import Comment, Version, Writer

__all__ = ["Acknowledgement", "Comment", "Companion", "Policy", "Review", "Version", "Writer"]
