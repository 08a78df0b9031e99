"""Kinds of concern (practice.md 2.2): stable codes, a fixed phrase each that tells nobody's story.

The phrase stands in lists and headings instead of a title, so that a glance at a screen betrays no child.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    CRITICAL = "critical", _("Critical")
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


# what each level means, in a line beside the choice (practice.md 2.3)
MEANINGS = {
    "critical": _("A life is at risk, somebody is being hurt or threatened now, or a meeting is planned."),
    "high": _("Serious harm is likely, or a child has told of sexual abuse, or one of us may have harmed a child."),
    "medium": _("Harm is possible: bullying that goes on, or small worries that add up."),
    "low": _("One small thing that is over. Advice is enough."),
}


class Track(models.TextChoices):
    CHILD = "child", _("About a child or young person")
    WORKER = "worker", _("About one of us")


class Kind(models.TextChoices):
    """Every form of abuse the policy statement names, online and not (S7)."""

    PHYSICAL = "PHY", _("Physical harm")
    EMOTIONAL = "EMO", _("Emotional harm")
    SEXUAL = "SEX", _("Sexual harm")
    NEGLECT = "NEG", _("Neglect")
    DOMESTIC = "DOM", _("Domestic abuse at home")
    EXPLOITATION = "EXP", _("Exploitation")
    FAITH = "FAI", _("Harm linked to faith or honour")
    DISCRIMINATION = "DIS", _("Discrimination or hate")
    SELF_HARM = "SHM", _("Self-harm or suicide")
    RADICALISATION = "RAD", _("Radicalisation")
    MISSING = "MIS", _("Missing")
    ADULT_CONTACT = "ON-CONTACT", _("Online contact by an adult")
    EXTORTION = "ON-EXTORT", _("Threats online for money or images")
    BULLYING = "ON-BULLY", _("Bullying online")
    IMAGES = "ON-IMAGE", _("Image asked for, shared, threatened or faked")
    HARMFUL_CONTENT = "ON-CONTENT", _("Harmful content online")
    SCAM = "ON-SCAM", _("Scam, gambling or money risk online")
    WORKER_CONTACT = "AD-CONTACT", _("Private contact by one of us")
    WORKER_CONDUCT = "AD-CONDUCT", _("Conduct of one of us")
    CONSENT_BREACH = "ORG-IMAGE", _("Image used without permission")
    DATA_BREACH = "ORG-DATA", _("Data or account breach")
    OTHER = "OTH", _("Another worry about safety")


# weighed as one of these, a concern about a child turns out to be about one of us (R12)
ABOUT_ONE_OF_US = frozenset({Kind.WORKER_CONTACT, Kind.WORKER_CONDUCT})


class Outcome(models.TextChoices):
    """How a case ended (practice.md 2.2)."""

    SAFE = "safe", _("Safe: nothing more to do")
    EARLY_HELP = "early-help", _("Early or family help")
    SUPPORTED = "supported", _("Support given and finished")
    REFERRED = "referred", _("Referred, and accepted")
    NOT_ACCEPTED = "not-accepted", _("Referred, and not accepted")
    POLICE = "police", _("Police action")
    LADO = "lado", _("Dealt with by the LADO process")
    BEHAVIOUR = "behaviour", _("Behaviour or repair work done")
    LEARNING = "learning", _("Training or policy changed")
    TRANSFERRED = "transferred", _("Passed to another organisation")
    DUPLICATE = "duplicate", _("Same as another case")
    REDIRECTED = "redirected", _("Not about safety: passed on")
