"""Purposes, what was said of them, pictures and where they are used: one noun a file."""

from .campaigns import Campaign
from .checks import Check
from .consents import Consent, NeverShown, Permission
from .links import FamilyLink
from .publications import Appearance, Image, Publication, TakeDown
from .purposes import Purpose, Use, Wording

__all__ = [
    "Appearance",
    "Campaign",
    "Check",
    "Consent",
    "FamilyLink",
    "Image",
    "NeverShown",
    "Permission",
    "Publication",
    "Purpose",
    "TakeDown",
    "Use",
    "Wording",
]
