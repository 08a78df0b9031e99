"""Finding cases by their words, for one reader: what they may not see is in no question and in no answer.

reference(typed, reader)   the case whose reference was typed whole
found(text, reader)        (keys of cases, newest first; whether there are more; which of them by the name of somebody linked)
"""

import re

from django.db.models import Q

from harmony.encryption import search
from harmony.people.models import User, YoungPerson

from . import access
from .models import Case, Recusal

NEWEST = "-filed_at"


def reference(typed, reader):
    """None as well where it is one that they may not see."""
    signs = re.sub(r"[^A-Z0-9]", "", typed.upper())
    whole = f"{signs[:3]}-{signs[3:]}" if len(signs) == 7 else None
    return Case.objects.visible_to(reader).filter(reference=whole).first() if whole else None


def found(text, reader):
    seen = Case.objects.visible_to(reader)
    keys, more = search.found(text, seen, newest=NEWEST)
    named = _with_people(text, seen, reader)
    if new := set(named) - set(keys):
        both = seen.filter(pk__in=new | set(keys)).order_by(NEWEST)
        keys = list(both.values_list("pk", flat=True)[: search.A_LOT])
    return keys, more, set(named)


def _with_people(text, seen, reader):
    """Of whom only a link stands in the case: young people whose record the reader may see, and colleagues it is about."""
    young, _more = search.found(text, YoungPerson.objects.visible_to(reader), newest="pk")
    linked = Q(people__young_person__in=young)
    if reader.holds(*access.CALLED):
        named = Recusal.Because.NAMED
        linked |= Q(recusals__because=named, recusals__lifted_at=None, recusals__user__in=_called(text))
    return list(seen.filter(linked).order_by().values_list("pk", flat=True).distinct()[: search.A_LOT])


def _called(text):
    """Colleagues with all of these words in their name."""
    users = User.objects.all()
    for word in text.split():
        users = users.filter(name__icontains=word)
    return users
