"""The sheet that is taken along to an event: each young person of a group, and what a picture of them may be used for.

It is true for a day. After that it says itself that it has ended, for a paper cannot be called back when somebody changes their mind.
"""

from datetime import timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time
from harmony.people.models import YoungPerson

from .models import Consent, Permission, Use

HOLDS = timedelta(hours=24)


def sheet(group, at):
    """Plain words and lists: {"group", "made", "until", "uses", "people"}. A use counts where it is covered to the sheet's end.

    Six queries, however many there are.
    """
    until = at + HOLDS
    on, last = localdate(at), localdate(until)
    people = YoungPerson.objects.here(on).filter(pk__in=group.members.standing(on).values("young_person")).by_name()
    uses = list(Use.objects.open(on).select_related("purpose", "channel"))
    given = Consent.objects.covering(on).filter(covers_until__gt=last, young_person__in=people, use__in=uses)
    said = {}
    for consent in given.prefetch_related("permissions"):
        said[consent.young_person_id, consent.use_id] = {one.side: one for one in consent.permissions.all()}.values()
    load_keys([one for both in said.values() for one in both])
    return {
        "group": group.name,
        "made": clock_time(at),
        "until": clock_time(until),
        "uses": [str(use) for use in uses],
        "people": [_row(one, uses, said) for one in people],
    }


def _row(one, uses, said):
    """A name, the uses that are agreed to, and what has to be kept to."""
    agreed = [use for use in uses if (one.pk, use.pk) in said]
    notes = set()
    for use in agreed:
        both = said[one.pk, use.pk]
        if any(each.name_shown == Permission.NameShown.NONE for each in both):
            notes.add(_("Show no name."))
        notes |= {each.conditions for each in both if each.conditions}
    return {"name": one.name, "yes": [str(use) for use in agreed], "notes": sorted(notes)}
