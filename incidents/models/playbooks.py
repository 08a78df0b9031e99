"""Playbooks: which steps a case of a kind owes (S18, S26), as data with versions.

    in_force()                                   # {code: Playbook}: the newest version of each, in one query
    Playbook(code="images").keep(**answers, by=amara, why="The council has a new form")

A version never changes: the next one takes its place for cases that are weighed from then on. The first versions stand in
../playbooks.py and are no rows.
"""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Identified
from harmony.audit.transitions import NEW, Refused, StateMoved, transition
from harmony.people.models import User

from .. import access
from ..kinds import FAMILIES, CausedBy, Track, kinds_in
from ..playbooks import GIVEN


class Playbook(Identified):
    """One version. Kinds and who caused it are codes with spaces between; an empty condition fits every case."""

    code = models.CharField(max_length=32, editable=False)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    track = models.CharField(max_length=6, choices=Track, blank=True)
    kinds = models.TextField(blank=True)
    caused_by = models.TextField(blank=True)
    images = models.BooleanField(default=False)  # only where there may be a nude image of somebody under 18
    steps = models.TextField()  # a line each
    in_use = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    in_clear = {
        "code": "random, or of our own list",
        "title": "of a rule, never of a case",
        "kinds": "codes of our own list",
        "caused_by": "codes of our own list",
        "steps": "a rule that everybody who works cases reads, never of a case",
    }
    guards = [
        Guard(
            on=("UPDATE", "DELETE"),
            refuse_when="1 = 1",
            say=gettext_noop("Cases follow this version, so it stays. Make a new one instead."),
        )
    ]

    class Meta:
        ordering = ["code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="one_version_of_a_playbook_a_number"),
            models.CheckConstraint(name="a_playbook_has_steps", condition=~models.Q(steps="") & ~models.Q(title="")),
        ]

    def __str__(self):
        return f"{self.title}, version {self.number}"

    def get_absolute_url(self):
        return reverse("incidents:playbook", args=[self.code])

    @classmethod
    def of(cls, given):
        """The first version, as it was given. It is no row, and nobody here has made it."""
        codes = {"kinds": " ".join(given.kinds), "caused_by": " ".join(given.caused_by)}
        words = {"title": str(given.title), "steps": "\n".join(map(str, given.steps))}
        return cls(code=given.code, number=1, track=given.track, images=given.images, **codes, **words)

    @property
    def lines(self):
        return self.steps.split("\n")

    def fits(self, case):
        """Whether a case of this kind, track and cause owes these steps."""
        kinds = {case.kind, *case.secondary_kinds}
        return (
            (not self.track or self.track == case.track)
            and (not self.kinds or bool(kinds & set(self.kinds.split())))
            and (not self.caused_by or case.caused_by in self.caused_by.split())
            and (not self.images or case.imagery)
        )

    @property
    def when(self):
        """For which cases, a sentence for each condition."""
        kinds = set(kinds_in(self.kinds))
        whole = [family for family in FAMILIES if kinds.issuperset(family.kinds)]
        rest = kinds.difference(*(family.kinds for family in whole))
        named = [
            *(str(family.title) for family in whole),
            *(str(kind.label) for kind in kinds_in(self.kinds) if kind in rest),
        ]
        causes = [str(CausedBy(one).label) for one in self.caused_by.split()]
        found = [
            str(self.get_track_display()),
            _now("Kind: %(kinds)s") % {"kinds": "; ".join(named)} if named else "",
            _now("Caused by: %(whom)s") % {"whom": "; ".join(causes)} if causes else "",
            _now("There may be a nude image of somebody under 18") if self.images else "",
        ]
        return [one for one in found if one] or [_now("Every case")]

    @property
    def rule(self):
        """All that whoever changes it can change."""
        return self.title, self.track, self.kinds, self.caused_by, self.images, self.steps, self.in_use

    @transition(source=NEW, to=None, may=access.may_keep_playbooks, reason=True, done=_("changed this"))
    def keep(self, title, track, kinds, caused_by, images, steps, in_use=True, seen=0, *, by, at):
        """The next version. `seen`: the number of the one that whoever changes it has read; 0 for one that is new."""
        before = newest(self.code)
        self.number = (before.number if before else 0) + 1
        if self.number != seen + 1:
            says = _now("A colleague made version %(number)d meanwhile. Read it first.")
            raise StateMoved(says % {"number": self.number - 1})
        self.title, self.track, self.kinds, self.caused_by, self.images = title, track, kinds, caused_by, images
        self.steps, self.in_use, self.made_at, self.made_by = steps, in_use, at, by
        if not before and any(one.title.casefold() == title.casefold() for one in in_force().values()):
            raise Refused(_now("There is a playbook of this name already. Change that one, or choose another name."))
        if before and before.rule == self.rule:
            raise Refused(_now("Nothing is different. Change something, or leave it."))


def all_of_them():
    """{code: versions, newest first}, in one query: those we start from first, then the organisation's own by title."""
    found = {given.code: [Playbook.of(given)] for given in GIVEN}
    own = {}
    for one in Playbook.objects.select_related("made_by"):
        own.setdefault(one.code, []).append(one)
    for code in sorted(own, key=lambda code: own[code][0].title.casefold()):
        found[code] = [*own[code], *found.get(code, [])]
    return found


def newest(code):
    """Its last version, or None where there is none of that name."""
    own = Playbook.objects.filter(code=code).order_by("-number").select_related("made_by").first()
    return own or next((Playbook.of(given) for given in GIVEN if given.code == code), None)


def in_force():
    """{code: the version that a case weighed now follows}."""
    return {code: versions[0] for code, versions in all_of_them().items() if versions[0].in_use}
