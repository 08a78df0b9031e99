"""The steps of a story that go to somebody outside, what those inside it want, and the steps that its playbooks ask for."""

from datetime import timedelta

from harmony.organisation.models import Council
from incidents.models import Disclosure, Meeting, Referral, Voice

from .clock import later

WRITTEN = timedelta(minutes=8)  # after it happened


class TellsOutside:
    """Part of Telling: `self.case` is the story's."""

    def refer(self, agency, why, informed, informed_why="", council="", *, by, at):
        where = Council.objects.get(name=council) if council else None
        self.referral = Referral(case=self.case)
        self.referral.consider(agency, where, why=why, informed=informed, informed_why=informed_why, by=by, at=at)

    def refer_step(self, step, words, whom, their_reference="", *, by, at):
        """One of told, sent, confirmed, chased, accepted, refused, challenged."""
        verb = {"told": "tell", "sent": "send", "confirmed": "confirm", "chased": "chase", "accepted": "accept"}
        take = getattr(self.referral, verb.get(step) or {"refused": "refuse", "challenged": "challenge"}[step])
        more = {"their_reference": their_reference} if their_reference else {}
        take(whom, words, at, by=by, at=at + WRITTEN, **more)

    def refer_not(self, words, **step):
        self.referral.leave(words, **step)

    def voice(self, name, words, asked_by, *, by, at):
        """What somebody in it wants."""
        Voice(case=self.case, person=self._called(name)).hear(words, asked_by, at, by=by, at=at + WRITTEN)

    def voice_not(self, name, words, **step):
        Voice(case=self.case, person=self._called(name)).pass_over(words, **step)

    def share_outside(self, *, by, at, **answers):
        Disclosure(case=self.case).log(**answers, happened_at=at, by=by, at=at + WRITTEN)

    def hate(self, hate, grounds, words, **step):
        self.case.say_hate(hate, grounds, words, **step)

    def steps_done(self, share=1.0, *, by, at):
        """So many of the required steps, the first ones first: half when the plan stands, all before the end."""
        steps = list(self.case.steps.owed())
        for step in steps[: round(len(steps) * share)]:
            if step.is_open:
                self.case.answer_step(step, "done", by=by, at=at)

    def step_not_needed(self, playbook, number, words, **step):
        self.case.answer_step(self.case.steps.get(playbook=playbook, position=number), "waived", words, **step)

    def _called(self, name):
        return next(one for one in self.case.people.all() if name in (one.name, one.handle))

    def invited(self, kind, when, invited, place="", chair="", *, by, at):
        """To a meeting at `when`, counted from the report."""
        self.coming = Meeting(case=self.case)
        happens_at = later(when, self.report.filed_at)
        self.coming.invite(kind, happens_at, place, chair, invited, None, by=by, at=at)

    def attended(self, attended, decisions, minutes="", **step):
        self.coming.hold(attended, decisions, minutes, **step)
