"""The invented organisation itself: its row, whom to ring around it, the guidance it follows, what it uses."""

from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.utils.timezone import localtime

from harmony.home.access import BACKUPS
from harmony.home.models import Backup, BackupKey, KeySheet
from harmony.organisation.beginning import begin
from harmony.organisation.models import Closure, Council, GuidanceSource, HelpContact, Organisation

from . import platforms
from .cast import DOMAIN

COUNCIL = [  # 01632 960 xxx is kept free for drama: nobody answers there
    {
        "code": "edt",
        "name": "Northbrook emergency duty team",
        "says": "Children’s services at night, at weekends and on bank holidays.",
        "phone": "01632 960 998",
        "hours": "Mon-Sun 17:00-09:00; Sat-Sun 09:00-17:00",
        "otherwise": "999",
    },
    {
        "code": "mash",
        "name": "Northbrook children’s services front door",
        "says": "To refer a child who may be at risk of harm.",
        "phone": "01632 960 990",
        "hours": "Mon-Fri 09:00-17:00",
        "otherwise": "edt",
    },
    {
        "code": "lado",
        "name": "Northbrook Designated Officer",
        "says": "For concerns about an adult who works with children.",
        "phone": "01632 960 991",
        "hours": "Mon-Fri 09:00-17:00",
        "otherwise": "edt",
    },
]
EASTMOOR = {  # where some of the young people live
    "name": "Eastmoor",
    "children_phone": "01632 960 801",
    "children_hours": "Mon-Fri 08:30-17:00",
    "edt_phone": "01632 960 802",
    "edt_hours": "Mon-Sun 17:00-08:30; Sat-Sun 08:30-17:00",
    "lado_phone": "01632 960 803",
    "lado_hours": "Mon-Fri 09:00-16:30",
    "adults_phone": "01632 960 804",
    "adults_hours": "Mon-Fri 09:00-17:00",
    "web": "",
    "escalation": "",
}
AS_SET_UP = {"name": "HARMONY", "council": "Northbrook", "hours": "Mon-Fri 09:00-17:00; Sat 10:00-13:00"}


def found(begun):
    """The organisation's row, marked as a demo, with the national help lines and guidance."""
    return begin(**AS_SET_UP, is_demo=True, by="manage.py demo", at=begun)


def settle(cast, begun, now):
    """What its people then told it: whom to ring in Northbrook, what they checked, when it is shut."""
    today, sol = localtime(now).date(), cast["sol"]
    _ring_northbrook(sol, begun)
    Organisation.current().set_up(**AS_SET_UP, policies=f"https://{DOMAIN}/safeguarding", by=sol, at=begun)
    Organisation.current().date_duty(localtime(now).date() - timedelta(days=21), by=sol, at=begun)
    Backup().record(by=BACKUPS, at=now - timedelta(hours=16))
    lately = now - timedelta(days=25)
    _put_keys_on_paper(cast, begun, lately)
    for record in (*HelpContact.objects.all(), *Council.objects.all(), *GuidanceSource.objects.all()):
        record.confirm(by=sol, at=lately)
    platforms.fill(cast, lately, now)
    winter, training = _next(today, 12, 24), today + timedelta(days=38)
    Closure().add("Winter closure", winter, winter + timedelta(days=8), by=sol)
    Closure().add("Staff training day", training, training, by=sol)


def _put_keys_on_paper(cast, begun, lately):
    """Nobody keeps the private half of the demo's backup key: there is nothing to restore."""
    public = X25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    BackupKey().make(1, public, by="manage.py demo", at=begun)
    for who, place in (("gwen", "The safe in the office, in the blue envelope"), ("dev", "The bank’s deposit box")):
        for kind in KeySheet.Kind:
            KeySheet.of(kind, cast[who]).confirm(place, by=cast[who], at=lately)


def _ring_northbrook(by, at):
    for position, told in enumerate(COUNCIL, start=1):
        otherwise = HelpContact.objects.get(code=told["otherwise"])
        HelpContact().add(**told | {"otherwise": otherwise, "web": "", "position": position + 10}, by=by, at=at)
    Council().add(**EASTMOOR, by=by, at=at)


def _next(today, month, day):
    """The next such day of the calendar, this year or the one after."""
    on = today.replace(month=month, day=day)
    return on if on >= today else on.replace(year=on.year + 1)
