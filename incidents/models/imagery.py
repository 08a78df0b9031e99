"""Whether there may be a nude image of somebody under 18: asked of whoever reports it, kept with the case, never taken back.

From then on the case takes no file (R24; practice.md 1.4): its row says so, and the database holds it to that.
"""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.transitions import transition

from .. import access, lines
from ..kinds import OF_IMAGES, Severity
from ..news import locked_away
from .timing import due_at_filing

DOOR = "images"  # of kinds.DOORS
SAID = ("yes", "unsure")  # not sure is treated as yes
_WEIGHED = ", ".join(f"'{kind.value}'" for kind in sorted(OF_IMAGES))

SUPPORT = _("Offer support to whoever saw the file that was locked away. Write who, when and what they said.")

OF_A_CASE = (
    Guard(
        on=("UPDATE",),
        refuse_when="OLD.imagery AND NOT NEW.imagery",
        say=gettext_noop("That there may be such images in a case is never taken back."),
    ),
    Guard(
        on=("INSERT", "UPDATE"),
        refuse_when=f"NOT NEW.imagery AND NEW.kind IN ({_WEIGHED})",
        say=gettext_noop("A case of this kind says that there may be such images."),
    ),
)
OF_A_REPORT = Guard(
    on=("INSERT", "UPDATE"),
    refuse_when=f"""NEW.status <> 'draft' AND NEW.images IN {SAID} AND NOT EXISTS (
        SELECT 1 FROM incidents_case WHERE id = NEW.case_id AND incidents_case.imagery)""",
    say=gettext_noop("The case of this report says that there may be such images."),
)
OF_A_FILE = Guard(
    on=("INSERT",),
    refuse_when=f"""EXISTS (SELECT 1 FROM incidents_case WHERE id = NEW.case_id AND incidents_case.imagery)
        OR EXISTS (SELECT 1 FROM incidents_report WHERE case_id = NEW.case_id AND images IN {SAID})""",
    say=gettext_noop("There may be nude images of somebody under 18 in this case. No file is ever taken for it."),
    lock="incidents_case",
    lock_by="case_id",
)


class Asked:
    """Part of Report: what its author said of images."""

    @property
    def says_images(self):
        return self.images in SAID

    @property
    def may_hold_images(self):
        """Said, or written through the door that is about them."""
        return self.says_images or DOOR in self.doors.split()


class Found:
    """Part of Case: a file of it may be such an image, and was locked away. From then on it is Critical, whatever it was."""

    @transition(source={"submitted", "acknowledged", "triaged"}, to=None, may=access.may_work)
    def find_image(self, *, by, at):
        self._is_critical(by, at)

    @transition(source={"closed", "redirected"}, to="triaged", may=access.may_work, done=_("reopened this"))
    def find_image_after(self, *, by, at):
        again = self._open_again if self.closed_at else self._comes_back
        again(_now("A file in it may be an indecent image."), by, at)
        self.status = "triaged"
        self.save()  # what is to be done is given out in an open case alone
        self._is_critical(by, at)

    def _is_critical(self, by, at):
        self.imagery = True
        if self.triaged_at:
            self._raise(Severity.CRITICAL, at)
            self.severity = Severity.CRITICAL
            self._forget_what_was_asked()
            self._follow()
        else:
            self._cannot_wait(at)
        self._log(_now("A file was locked away: it may be an indecent image."), _now("Ring the police now."), by, at)
        self.actions.create(what=str(SUPPORT), owner=self.owner or by, due_on=localdate(at))
        locked_away(self, at)

    def _cannot_wait(self, at):
        """As if its reporter had said so: on Critical's times, and nothing becomes later."""
        self.pressing = True
        named = [one.user for one in self.recusals.select_related("user") if one.because == "named"]
        readers = lines.readers(self.track, named)
        new = due_at_filing(at, pressing=True, track=self.track, readers=readers)
        for column, when in new.items():
            if when and column.removesuffix("_due") not in self.met:
                setattr(self, column, min(filter(None, (getattr(self, column), when))))
