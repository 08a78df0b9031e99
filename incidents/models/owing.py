"""The steps of a case that ask somebody whether they told the police or the council (R22, N23): see duties.py."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.transitions import Refused, transition
from harmony.notifications.telling import tell
from harmony.organisation.duty import is_in_force

from .. import access
from ..ladders import A_DAY

BEFORE_IT_ENDS = Guard(
    on=("UPDATE",),
    refuse_when="""NEW.status = 'closed' AND OLD.status <> 'closed' AND EXISTS (
        SELECT 1 FROM incidents_duty WHERE incidents_duty.case_id = NEW.id AND incidents_duty.status = 'open'
        AND NOT EXISTS (SELECT 1 FROM incidents_recusal WHERE incidents_recusal.case_id = NEW.id
            AND incidents_recusal.user_id = incidents_duty.user_id AND incidents_recusal.lifted_at IS NULL)
        AND EXISTS (SELECT 1 FROM organisation_organisation WHERE organisation_organisation.duty_from <= NEW.closed_at))""",
    say=gettext_noop("Somebody has not said yet whether they told the police or the council."),
)


class OwesTelling:
    """Part of Case: what may be sexual abuse of a child, and who has to tell of it in person."""

    def owes_telling(self, people, at, asked_by=None):
        """Each of them gets a record of their own, once, from the day on which the duty applies. The new ones.

        Whoever has no part in the case gets none. Call it inside an event of the case.
        """
        if not self.may_be_sexual_abuse or not is_in_force(at):
            return []
        have = set(self.duties.values_list("user", flat=True))
        owing = [user for user in people if user.pk not in have and access.may_be_asked(user, self)]
        made = []
        for user in owing:
            duty = self.duties.create(user=user, arose_at=at, due_at=at + A_DAY, asked_by=asked_by)
            tell("duty", duty, [user], clock="duty", sentence="duty", urgent=self.rings, at=at)
            made.append(duty)
        return made

    def _owes_telling(self, at):
        """Whoever of us reported it: they were told, or saw it."""
        reports = self.reports.exclude(author=None).select_related("author").order_by("filed_at")
        self.owes_telling([report.author for report in reports], at)

    @transition(source={"submitted", "acknowledged", "triaged"}, to=None, may=access.may_work, done=_("asked them"))
    def ask_to_tell(self, colleague, *, by, at):
        """Somebody else was told of it too, or saw it: then they have the duty as well."""
        if not access.may_be_asked(colleague, self):
            raise Refused(_now("This person has no part in this case. Choose somebody else."))
        if not self.owes_telling([colleague], at, asked_by=by):
            raise Refused(_now("They have been asked already."))
