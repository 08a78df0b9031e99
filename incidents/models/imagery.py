"""Whether there may be a nude image of somebody under 18: asked of whoever reports it, kept with the case, never taken back.

From then on the case takes no file (R24; practice.md 1.4): its row says so, and the database holds it to that.
"""

from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard

from ..kinds import OF_IMAGES

DOOR = "images"  # of kinds.DOORS
SAID = ("yes", "unsure")  # not sure is treated as yes
_WEIGHED = ", ".join(f"'{kind.value}'" for kind in sorted(OF_IMAGES))

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
