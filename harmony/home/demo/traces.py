"""What people leave in the book without changing anything: they come in, and they read.

Each is the same line that the website writes, with the moment at which it happened. When it was recorded, the
database says: while the demo was made.
"""

from datetime import timedelta
from random import Random

from django.utils.timezone import localtime

from harmony.audit.events import note
from harmony.people.access import needs_second_factor
from incidents.access import works_on
from incidents.models import CaseGrant

SEED = 1970
LOOKED = timedelta(minutes=4)  # before a step: whoever takes it has read the case first
CAME = timedelta(minutes=3)  # before that
READS_LATER = timedelta(hours=3)  # whoever a case was shared with
NOW_AND_THEN = {"sol": 6, "piotr": 7, "gwen": 30, "dev": 28, "kit": 60, "noor": 9}  # days between their visits
REFUSED = 11  # wrong passwords in the year


class Traces:
    def __init__(self):
        self.chance = Random(SEED)
        self.days = set()  # (user, day) on which somebody has come in already

    def came(self, user, at):
        """Signed in, once on that day."""
        if (day := (user.pk, localtime(at).date())) not in self.days:
            self.days.add(day)
            proofs = "password, mfa" if needs_second_factor(user) else "password"
            note(f"sign in ({proofs})", by=user, about=user, at=at)

    def left(self, user, case, at):
        """Before they took a step in it, they read it. Its reporter has no page of the case to read."""
        self.came(user, at - LOOKED - CAME)
        if works_on(user, case):
            note("read", by=user, about=case, at=at - LOOKED)

    def left_by_readers(self, case):
        """Those whom it is shared with have read it."""
        for grant in CaseGrant.objects.filter(content_object=case).select_related("user"):
            at = (case.triaged_at or case.filed_at) + READS_LATER
            self.came(grant.user, at - CAME)
            note("read", by=grant.user, about=case, at=at)

    def of_the_others(self, cast, now):
        """Those who work no case come in too; now and then somebody types a wrong password."""
        for name, days in NOW_AND_THEN.items():
            for ago in range(2, 360, days):
                self.came(cast[name], self._some_time(now, ago))
        for _time in range(REFUSED):
            note("sign in refused", by="not signed in", at=self._some_time(now, self.chance.randrange(3, 360)))

    def _some_time(self, now, days_ago):
        day = localtime(now - timedelta(days=days_ago))
        return day.replace(hour=self.chance.randrange(9, 17), minute=self.chance.randrange(60))
