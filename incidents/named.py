"""The people whom a reporter names beside the one they worry about: rows of a form, one encrypted text.

    people = [Named(name="Sam R", age="13", part="witness")]
    report.others = written(people)
    read(report.others) == people

They are the reporter's words: what the case says of people is its own.
"""

import json
from dataclasses import asdict, dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """What somebody has to do with it (practice.md 2.1)."""

    AFFECTED = "affected", _("Also affected by it")
    CAUSED = "caused", _("May have caused it")
    BYSTANDER = "bystander", _("Saw it or got it, and may need support")
    WITNESS = "witness", _("Knows something about it")
    CARER = "parent", _("Parent or carer")
    PROFESSIONAL = "professional", _("Works with them, like a teacher")


@dataclass(frozen=True)
class Named:
    name: str  # or a username, or how they can be told apart
    age: str = ""  # as it was written: "13", "adult", "about 15"
    part: str = ""

    def __str__(self):
        known = f"{self.name} ({self.age})" if self.age else self.name
        return f"{known}: {Part(self.part).label}" if self.part else known


def written(people):
    return json.dumps([asdict(one) for one in people], ensure_ascii=False) if people else ""


def read(text):
    return [Named(**one) for one in json.loads(text)] if text else []
