"""The council's three numbers: front door, LADO, emergency duty team. Each is one help contact."""

from django.utils.translation import gettext as _

from harmony.audit.events import event

from .models import HelpContact

CODES = ("edt", "mash", "lado")  # the emergency duty team first: the other two hand over to it


def answers():
    """What stands there now: {"mash_phone": …, "mash_hours": …}."""
    found = HelpContact.objects.filter(code__in=CODES)
    return {f"{one.code}_{field}": getattr(one, field) for one in found for field in ("phone", "hours")}


def write_down(*, by, **given):
    """Make or change all three, each closed line leading to the next."""
    with event("write down the council’s numbers", by=by):
        emergency = HelpContact.objects.filter(code="999").first()
        team = _write(by, "edt", given, emergency)
        for code in ("mash", "lado"):
            _write(by, code, given, team)


def _write(by, code, given, otherwise):
    contact = HelpContact.objects.filter(code=code).first() or HelpContact(code=code, position=5)
    name, says = _words()[code]
    said = {
        "name": contact.name or name,
        "says": contact.says or says,
        "web": contact.web,
        "phone": given[f"{code}_phone"],
        "hours": given[f"{code}_hours"],
        "otherwise": contact.otherwise or otherwise,
    }
    (contact.add if contact._state.adding else contact.change)(**said, by=by)
    return contact


def _words():
    return {
        "mash": (_("Children’s services"), _("The council’s front door, when a child may be at risk.")),
        "edt": (_("Emergency duty team"), _("The council at night and at weekends, when a child may be at risk.")),
        "lado": (
            _("Designated officer (LADO)"),
            _("The council’s officer for concerns about people who work with children."),
        ),
    }
