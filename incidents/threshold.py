"""The words of a concern about one of us (practice.md 1.2): four questions, and what follows from their answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Met(models.TextChoices):
    """Not sure counts as yes: then the LADO says."""

    YES = "yes", _("Yes, or it may be")
    UNSURE = "unsure", _("I’m not sure")
    NO = "no", _("No")


# of each: the question, a hint, and what is asked for its reason (R11). The last covers conduct outside work too, which
# may show a risk here (transferable risk)
CRITERIA = {
    "harmed": (
        _("Has a child been harmed, or may one have been?"),
        _("By what this person did, or did not do."),
        _("What speaks for harm, or against it?"),
    ),
    "offence": (
        _("May it be a crime against a child, or one that touches a child?"),
        _("The police decide whether it is one. Ask only whether it may be."),
        _("What speaks for a crime, or against it?"),
    ),
    "risk": (
        _("Does their conduct say that they may be a risk to children?"),
        _("Think of what would have happened if nobody had noticed."),
        _("What speaks for a risk, or against it?"),
    ),
    "suitable": (
        _("Does it say that they may not be suitable to work with children?"),
        _("Conduct at home or online counts too, if it says something about a risk here."),
        _("What speaks for it, or against it?"),
    ),
}


def is_threshold(answers):
    """From {criterion: Met}: one that is not a plain no makes it an allegation."""
    return any(answers[name] != Met.NO for name in CRITERIA)


class Measure(models.TextChoices):
    """What somebody does while it is looked into. Suspension is never the first thought (R14)."""

    NONE = "none", _("Nothing changes")
    SUPERVISED = "together", _("They work with a colleague beside them")
    MOVED = "moved", _("They work with other young people, or somewhere else")
    APART = "apart", _("They work away from young people")
    LEAVE = "leave", _("They stay away for now, by agreement")
    SUSPENDED = "suspended", _("They are suspended")


ALTERNATIVES = [measure for measure in Measure if measure is not Measure.SUSPENDED]


class Finding(models.TextChoices):
    """How an allegation ended (R15). What each means stands beside it, for the words sound alike."""

    SUBSTANTIATED = "substantiated", _("Substantiated")
    MALICIOUS = "malicious", _("Malicious")
    FALSE = "false", _("False")
    UNSUBSTANTIATED = "unsubstantiated", _("Unsubstantiated")
    UNFOUNDED = "unfounded", _("Unfounded")


FOUND = {
    "substantiated": _("There is enough evidence that it is so."),
    "malicious": _("There is enough evidence that it is not so, and that somebody meant to deceive."),
    "false": _("There is enough evidence that it is not so."),
    "unsubstantiated": _("There is not enough evidence either way. It says nothing of guilt or innocence."),
    "unfounded": _("There is no evidence for it, and no good ground to think it."),
}
OWES_DBS = (Finding.SUBSTANTIATED, Finding.UNSUBSTANTIATED)  # whether to tell the DBS is decided, and why (R16)
NOT_IN_REFERENCES = (Finding.MALICIOUS, Finding.FALSE)  # nor in a personnel file (R17)
