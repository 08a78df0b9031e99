"""What follows from an allegation: what somebody does meanwhile, who is there for them, how it ended, the DBS (R14 to R17).

An abstract part of Allegation. The last decision of each kind stands here; all of them stand in the chronology.
"""

import json

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from harmony.audit.transitions import Refused, transition
from harmony.encryption.fields import EncryptedTextField
from harmony.notifications.models import Notice
from harmony.people.models import User

from .. import access
from ..levels import Length
from ..threshold import ALTERNATIVES, NOT_IN_REFERENCES, OWES_DBS, Finding, Measure
from .timing import clocks_at

DECIDE_ON_THE_DBS = Length(2, "wd")  # a rule of the organisation, like that for the Charity Commission (R21)
BEFORE_IT_ENDS, FROM_ADVICE_ON = {"low", "threshold", "contacted"}, {"contacted", "concluded"}


class Concluding(models.Model):
    considered = EncryptedTextField(blank=True)  # {measure: why it is enough, or why not}
    measure = models.CharField(max_length=9, choices=Measure, blank=True)
    measure_why = EncryptedTextField(blank=True)
    contact = EncryptedTextField(blank=True)  # who is there for them, by name
    offered = EncryptedTextField(blank=True)
    finding = models.CharField(max_length=15, choices=Finding, blank=True)
    finding_why = EncryptedTextField(blank=True)
    decided_with = EncryptedTextField(blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    dbs = models.BooleanField(_("told the DBS"), null=True, blank=True)
    dbs_why = EncryptedTextField(blank=True)
    dbs_due = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def alternatives(self):
        """(what was considered, why it is enough, or why not)."""
        said = json.loads(self.considered) if self.considered else {}
        return [(Measure(one).label, said[one]) for one in Measure if one in said]

    @property
    def has_no_outcome(self):
        """An allegation, and not yet over: until then its case stays open."""
        return self.status in ("threshold", "contacted")

    @property
    def stays_out_of_references(self):
        return self.finding in NOT_IN_REFERENCES

    @transition(source=BEFORE_IT_ENDS, to=None, may=access.may_screen)
    def decide_measure(self, considered, measure, measure_why, *, by, at):
        """What they do meanwhile. Suspended only where every alternative was weighed first, with a reason (R14)."""
        left_out = [one for one in ALTERNATIVES if not considered.get(one)]
        if measure == Measure.SUSPENDED and left_out:
            raise Refused(_now("Before somebody is suspended, say of each alternative why it is not enough."))
        said = {one: considered[one] for one in Measure if considered.get(one)}
        self.considered, self.measure, self.measure_why = json.dumps(said, ensure_ascii=False), measure, measure_why
        lines = [f"{Measure(one).label}: {why}" for one, why in said.items()]
        self._decided(
            _now("Meanwhile: %(what)s.") % {"what": self.get_measure_display()}, measure_why, *lines, by=by, at=at
        )

    @transition(source=BEFORE_IT_ENDS | FROM_ADVICE_ON, to=None, may=access.may_screen)
    def support(self, contact, offered, *, by, at):
        """Who is there for the person it is about, and what was offered: a concern is hard to bear, true or not."""
        self.contact, self.offered = contact, offered
        self._decided(_now("Support for the person it is about: %(name)s.") % {"name": contact}, offered, by=by, at=at)

    @transition(source=FROM_ADVICE_ON, to="concluded", may=access.may_screen, done=_("wrote down how it ended"))
    def conclude(self, finding, finding_why, decided_with, *, by, at):
        """How it ended, and who decided that together (R15)."""
        self.finding, self.finding_why, self.decided_with = finding, finding_why, decided_with
        self.concluded_at, self.concluded_by = at, by
        if finding not in OWES_DBS:
            self.dbs_due = None
            Notice.objects.of(self, "dbs").stop(at)
        elif self.dbs is None:
            self.dbs_due = clocks_at(at).after(DECIDE_ON_THE_DBS, at)
        what = _now("Outcome of the allegation: %(what)s.") % {"what": self.get_finding_display()}
        self._decided(what, finding_why, _now("Decided by: %(who)s") % {"who": decided_with}, by=by, at=at)

    @transition(source=FROM_ADVICE_ON, to=None, may=access.may_screen)
    def decide_dbs(self, dbs, dbs_why, *, by, at):
        """Told, or not told and why: there is a duty to tell when somebody is removed, or would have been, for harm or risk (R16)."""
        self.dbs, self.dbs_why = dbs, dbs_why
        Notice.objects.of(self, "dbs").stop(at)
        what = (
            _now("The Disclosure and Barring Service (DBS) is told.")
            if dbs
            else _now("The Disclosure and Barring Service (DBS) is not told.")
        )
        self._decided(what, dbs_why, by=by, at=at)

    def _decided(self, what, why, *more, by, at):
        self.case.write("decision", "\n\n".join(filter(None, [what, why, *more])), at, significant=True, by=by, at=at)
