"""The steps of a case that keep somebody out of it, apart from the others so that both can be read.

Nobody is let in again by one person alone: it takes two, neither of them the one who is kept out (sharing.py).
"""

from operator import attrgetter

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.audit.transitions import ANY, Refused, StateMoved, transition

from .. import access, lines
from ..news import lost
from .opening import OpensInAnEmergency


class KeepsOut(OpensInAnEmergency):
    """Part of Case: who has no part in it, whatever else they are (N7)."""

    @transition(source=ANY, to=None, may=access.may_work, reason=True)
    def recuse(self, colleague, *, by, at):
        """Keep somebody out from now on, and whoever is close to them. One alone takes that back never (N7)."""
        self.keep_out([colleague])
        self._settle(at)

    @transition(source=ANY, to=None, may=access.may_work, reason=True)
    def ask_to_let_in(self, colleague, *, by, at, why):
        """They were kept out by mistake. They stay out until a second person agrees."""
        held = self._held(colleague)
        if held.asked_at:
            raise StateMoved(_now("Somebody has asked for this already. Now a second person has to agree."))
        held.asked_at, held.asked_by, held.asked_why = at, by, why
        held.save(update_fields=["asked_at", "asked_by", "asked_why"])

    @transition(source=ANY, to=None, may=access.may_be_second, done=_("let somebody in again"))
    def let_in(self, colleague, *, by, at):
        """The second of two. What keeps them out by a declared relationship keeps them out again while it stands."""
        held = self._held(colleague)
        if not held.asked_at:
            raise StateMoved(_now("Nobody asks for this any more. They stay out."))
        if held.asked_by_id == by.pk:
            raise Refused(_now("Somebody else has to agree to this. You asked for it."))
        if not access.is_prepared(by):
            raise Refused(_now("Somebody else has to agree to this. Training that your role asks for has run out."))
        held.lifted_at, held.lifted_by = at, by
        held.save(update_fields=["lifted_at", "lifted_by"])

    @transition(source=ANY, to=None, may=access.may_be_second, reason=True)
    def leave_out(self, colleague, *, by):
        """They stay out after all. Whoever asked may take it back in the same way."""
        held = self._held(colleague)
        held.asked_at, held.asked_by, held.asked_why = None, None, ""
        held.save(update_fields=["asked_at", "asked_by", "asked_why"])

    @property
    def asked_to_let_in(self):
        """Whether somebody waits for a second person to say so, of anybody."""
        return self.recusals.filter(asked_at__isnull=False).exists()

    def _held(self, colleague):
        held = self.recusals.select_for_update().filter(user=colleague).first()
        if held is None:
            raise StateMoved(_now("They are not kept out of this case any more."))
        return held

    @transition(source=ANY, to=None, may=access.may_keep_family_out)
    def keep_family_out(self, family, *, by, at):
        """A child in it turned out to be one of theirs (N7). They are not told: a case they have lost is as if it were none."""
        self._keep_family_out(family, at)

    @transition(source=ANY, to=None, may=access.may_work, done=_("stepped aside"))
    def step_aside(self, *, by, at):
        """Somebody in it is close to whoever says so (decision 0141). Whoever works it now hears in the same breath."""
        was_theirs = self.owner == by
        self._keep_family_out([by], at)
        if not was_theirs and self.status != self.Status.CLOSED:
            self.save(update_fields=["raised_to"])  # a message goes to those who may see it now
            lost(self, at)

    def _keep_family_out(self, family, at):
        new = [
            self.recusals.get_or_create(user=user, defaults={"because": "declared"})[1]
            for user in sorted(family, key=attrgetter("pk"))
        ]
        if any(new):
            self._settle(at)

    def _settle(self, at):
        """Who must see it now, and whether whoever had it may still have it. Where not, whoever works it now hears."""
        recused = list(self.recusals.select_related("user"))
        out = {one.user for one in recused}
        named = [one.user for one in recused if one.because == "named"]
        self.raised_to = lines.raised_to(self.track, named, out) or self.raised_to
        if self.owner and (self.owner in out or not self.owner.holds(*access.posts_working(self))):
            self.owner = None
            self.save(update_fields=["track", "raised_to", "owner"])  # a message goes to those who may see it now
            lost(self, at)

    def keep_out(self, named):
        """These, and whoever is close to them (see `access.kept_out`)."""
        for user in access.kept_out(named):
            because = "named" if user in named else "declared"
            self.recusals.get_or_create(user=user, defaults={"because": because})
