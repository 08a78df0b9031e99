"""Whom a response plan is for (S28): whoever was harmed, who saw it, the organisation, and a child who caused harm.

A plan answers for each of them: what is done, as actions, or why nothing is needed. Until it does, it is no plan.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .kinds import CausedBy


class Lens(models.TextChoices):
    AFFECTED = "affected", _("The person affected")
    BYSTANDERS = "bystander", _("People who saw it or got it")
    ORGANISATION = "ours", _("Our organisation")
    CAUSED = "caused", _("The child who caused harm")


# what to think of for each, in a line
ASKS = {
    Lens.AFFECTED: _("What makes them safe now, and what helps them to be well again?"),
    Lens.BYSTANDERS: _("Who saw it, got it or heard of it? What do they need to be told, or to talk about?"),
    Lens.ORGANISATION: _(
        "What do we change in a group, a rule, a platform or our training? Who on the team needs support?"
    ),
    Lens.CAUSED: _("A child who causes harm is a child with needs. Who is there for them, and what has to change?"),
}
ALWAYS = (Lens.AFFECTED, Lens.BYSTANDERS, Lens.ORGANISATION)
CHILDREN = frozenset({CausedBy.PEER, CausedBy.CHILD})


def owed(caused_by):
    """For whom a plan has to answer: a child who caused harm has a part in it of their own (S18, S28)."""
    return (*ALWAYS, Lens.CAUSED) if caused_by in CHILDREN else ALWAYS


# the same, for the database: how many of them have an action, or words that say why none is needed
ANSWERED = """(SELECT COUNT(*) FROM (
    SELECT lens FROM incidents_action WHERE case_id = NEW.id AND lens <> ''
    UNION SELECT lens FROM incidents_notneeded WHERE case_id = NEW.id) AS answered
    WHERE lens <> 'caused' OR NEW.caused_by IN ('peer', 'child'))"""
OWED = "(CASE WHEN NEW.caused_by IN ('peer', 'child') THEN 4 ELSE 3 END)"
