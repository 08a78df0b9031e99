"""From when the law asks people in person to tell of sexual abuse of a child (R22): a switch with a day, off until it is set.

The law was made in 2026 and no day was known from which it applies, so the organisation says which (decision 0213).
"""

from django.db.models import Exists
from django.utils.timezone import localdate, now

from .models import Organisation


def in_force(at=None):
    """A condition for querysets: nothing of it is there before its day. `at` may stand for a moment (probe.Moment)."""
    return Exists(Organisation.objects.filter(duty_from__lte=localdate(at or now())))


def is_in_force(at=None):
    return Organisation.objects.filter(duty_from__lte=localdate(at or now())).exists()
