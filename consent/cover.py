"""When permission covers a use: who has to say yes, and until when it holds. Pure, so that it can be read and tried.

    covers(age=14, says={Side.PARENT: parents, Side.YOUNG: own})

Under 16 (or when the age is not known) a parent or carer says yes in writing and so does the young person; from 16 the young
person does; a parent who says no is heard until 18. Any no wins (R37, R38, N12).
"""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

OWN_WORD, GROWN_UP = 16, 18
ASKED_AGAIN_AT = (13, 16, 18)  # years old (R39)


class Side(models.TextChoices):
    PARENT = "parent", _("Parent or carer")
    YOUNG = "young", _("Young person")


class Says(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")


def required(age):
    """Whose yes is needed at this age (whole years; None: not known)."""
    return (Side.YOUNG,) if age is not None and age >= OWN_WORD else (Side.PARENT, Side.YOUNG)


def heard(age):
    """Whose no counts at this age."""
    return (Side.YOUNG,) if age is not None and age >= GROWN_UP else (Side.PARENT, Side.YOUNG)


def birthdays(born, after):
    """The days on which they are asked again, after this one."""
    for years in ASKED_AGAIN_AT:
        if (day := _years_on(born, years)) > after:
            yield day


def _years_on(born, years):
    """Whoever was born on 29 February has their birthday on 1 March in other years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
