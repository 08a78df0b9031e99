"""What stands in the way of destroying a record, what is proposed, and what was decided."""

from .holds import Hold
from .proposals import Longer, Proposal

__all__ = ["Hold", "Longer", "Proposal"]
