"""The organisation's first row, with the national help lines and the guidance to start from."""

from harmony.audit.events import event
from harmony.encryption.keys import ORGANISATION

from .models import GuidanceSource, HelpContact, Organisation
from .national import GUIDANCE, NATIONAL


def begin(*, name, council="", hours="", is_demo=False, by, at=None):
    """Make the organisation. Its hours stay empty until somebody sets them: a guess would be believed."""
    with event("begin", by=by, at=at):
        organisation = Organisation.objects.create(
            id=ORGANISATION, name=name, council=council, hours=hours, is_demo=is_demo
        )
        made = {}
        for position, line in enumerate(NATIONAL, start=1):
            made[line["code"]] = HelpContact.objects.create(**line | {"otherwise": None, "position": 10 * position})
        for line in NATIONAL:
            if otherwise := line.get("otherwise"):
                HelpContact.objects.filter(code=line["code"]).update(otherwise=made[otherwise])
        for source in GUIDANCE:
            GuidanceSource.objects.create(**source)
        return organisation
