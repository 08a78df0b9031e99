"""The steps of a case that let one person read it, apart from the others so that both can be read."""

from django.contrib.auth.models import Permission
from django.utils.translation import gettext as _now

from harmony.audit.transitions import ANY, Refused, transition
from harmony.notifications.telling import tell
from harmony.people.models import User

from .. import access


class Shares:
    @transition(source=ANY, to=None, may=access.may_work, reason=True)
    def share(self, colleague, *, by):
        """Let a colleague read this one case."""
        self._let_read(colleague)

    @transition(source=ANY, to=None, may=access.may_ask_in, reason=True)
    def ask_in(self, colleague, *, by, at):
        """An adviser from outside, for this case alone: nobody else is left to agree to what takes two (practice.md 2.3).

        Refused for whoever works it anyway: their word counts already, or does not count for a reason.
        """
        if colleague in self.line():
            raise Refused(_now("This person works the case already. Choose somebody from outside."))
        self._let_read(colleague, advises=True)
        number = self.grants.filter(advises=True).count()
        tell("case", self, [colleague], clock="advise", sentence="case_second", rung=number, at=at)

    def _let_read(self, colleague, **more):
        if not access.may_be_asked(colleague, self):
            raise Refused(_now("This person has no part in this case. Choose somebody else."))
        view = Permission.objects.get(content_type__app_label="incidents", codename="view_case")
        first = {"opened_at": self.filed_at, **more}
        self.grants.update_or_create(user=colleague, permission=view, defaults=more, create_defaults=first)

    def advisers(self):
        return User.objects.active().filter(pk__in=self.grants.filter(advises=True).values("user"))

    def seconds(self, may):
        """Who `may` be the second person of a step: of its line, and then the advisers who were asked into it."""
        return [user for user in dict.fromkeys([*self.line(), *self.advisers()]) if may(user, self)]

    @transition(source=ANY, to=None, may=access.may_work)
    def unshare(self, colleague, *, by):
        self.grants.filter(user=colleague).delete()
