"""The steps of a case that let one colleague read it, apart from the others so that both can be read."""

from django.contrib.auth.models import Permission
from django.utils.translation import gettext as _now

from harmony.audit.transitions import ANY, Refused, transition

from .. import access


class Shares:
    @transition(source=ANY, to=None, may=access.may_work, reason=True)
    def share(self, colleague, *, by):
        """Let a colleague read this one case."""
        if not access.may_be_asked(colleague, self):
            raise Refused(_now("This person has no part in this case. Choose somebody else."))
        view = Permission.objects.get(content_type__app_label="incidents", codename="view_case")
        self.grants.get_or_create(user=colleague, permission=view, defaults={"opened_at": self.filed_at})

    @transition(source=ANY, to=None, may=access.may_work)
    def unshare(self, colleague, *, by):
        self.grants.filter(user=colleague).delete()
