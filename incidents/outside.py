"""Whom a case may be referred to, how long each answer may take, and what is said of it (R7 to R9): data, and its words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .levels import SAME_WORKING_DAY, Length

WRITTEN = Length(1, "wd")  # told by phone first: in writing within one working day (R7)
ANSWERED = Length(2, "wd")  # the council decides within one; chased when two have gone by (R8)
AGAIN = Length(1, "wd")  # after each chase
DECIDED = Length(1, SAME_WORKING_DAY)  # made, or not made and why
WEIGHED = Length(1, "wd")  # not accepted: challenge it, or say why not
STAGES = (
    Length(1, "wd"),
    Length(3, "wd"),
    Length(5, "wd"),
)  # each stage of a challenge, where no local policy says more (R9)


class Agency(models.TextChoices):
    CHILDREN = "children", _("Children’s services")
    ADULTS = "adults", _("Adult social care")
    POLICE = "police", _("Police")
    LADO = "lado", _("Designated officer (LADO)")
    EARLY_HELP = "early", _("Early or family help")
    CEOP = "ceop", _("CEOP (Child Exploitation and Online Protection), for harm online")
    PREVENT = "prevent", _("Prevent, for radicalisation")
    HEALTH = "health", _("Health: GP, hospital or mental health team")
    OTHER = "other", _("Somebody else")


OF_A_COUNCIL = {
    Agency.CHILDREN: "children",
    Agency.EARLY_HELP: "children",
    Agency.ADULTS: "adults",
    Agency.LADO: "lado",
    Agency.PREVENT: "children",
}  # which line of its council is rung


class Informed(models.TextChoices):
    """Whether those it is about know of it (R10); an adult is asked whether they agree (S10)."""

    PARENTS = "parents", _("Parents or carers know")
    NOT_YET = "later", _("Parents or carers do not know yet")
    RISK = "risk", _("Telling parents or carers would add risk")
    AGREES = "agrees", _("It is about an adult, and they agree")
    DISAGREES = "against", _("It is about an adult, and they do not agree")


REASON_OWED = (Informed.NOT_YET, Informed.RISK, Informed.DISAGREES)


class Step(models.TextChoices):
    CONSIDERED = "considered", _("Considered")
    NOT_MADE = "not-made", _("Not made")
    TOLD = "told", _("Told by phone or face to face")
    SENT = "sent", _("Sent in writing")
    CONFIRMED = "confirmed", _("They say that they have it")
    CHASED = "chased", _("Chased")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Not accepted")
    CHALLENGED = "challenged", _("Challenged")
    CONCLUDED = "concluded", _("Ended")


INSIDE = (Step.CONSIDERED, Step.NOT_MADE, Step.CONCLUDED)  # nobody outside heard anything by these
