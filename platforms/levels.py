"""How likely, and how bad: five steps each, and the level that the two make together (S9).

The levels are those of the whole product: Low, Medium, High and Critical.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Likelihood(models.IntegerChoices):
    RARE = 1, _("1: hardly ever")
    UNLIKELY = 2, _("2: not likely")
    POSSIBLE = 3, _("3: it may happen")
    LIKELY = 4, _("4: likely")
    CERTAIN = 5, _("5: almost certain")


class Impact(models.IntegerChoices):
    LITTLE = 1, _("1: hardly any harm")
    MINOR = 2, _("2: a little harm")
    MODERATE = 3, _("3: harm that needs help")
    SERIOUS = 4, _("4: serious harm")
    SEVERE = 5, _("5: lasting harm, or a life")


LEVELS = ((16, _("Critical"), "hi"), (10, _("High"), "hi"), (5, _("Medium"), "md"), (1, _("Low"), "lo"))
NEEDS_A_CONTROL, NOT_TO_BE_APPROVED = 5, 16


def level(likelihood, impact):
    """(score from 1 to 25, its word, how it is coloured)."""
    score = likelihood * impact
    return next((score, word, tone) for least, word, tone in LEVELS if score >= least)
