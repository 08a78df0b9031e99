"""How a case follows its playbooks: which steps it owes, and the steps that answer them. A part of `Case`."""

from django.utils.translation import gettext as _now

from harmony.audit.transitions import Refused, StateMoved, transition

from .. import access
from .playbooks import all_of_them
from .timing import TRIAGED


class Follows:
    def _follow(self):
        """The steps of each playbook that fits now, in the version of now; a version that it has, it keeps.

        What fits no more is not asked any more; what was answered stays. What fits again is asked again.
        """
        kept = dict(self.steps.order_by().values_list("playbook", "version").distinct())
        new = []
        for code, versions in all_of_them().items():
            if code in kept:
                self._ask(code, any(one.fits(self) for one in versions if one.number == kept[code]))
            elif versions[0].in_use and versions[0].fits(self):
                new += self._steps_of(versions[0])
        self.steps.bulk_create(new)

    def _steps_of(self, playbook):
        said = {"playbook": playbook.code, "version": playbook.number, "title": playbook.title}
        return [
            self.steps.model(case=self, position=position, words=words, **said)
            for position, words in enumerate(playbook.lines, start=1)
        ]

    def _ask(self, code, fits):
        """Open steps of it are asked, or not any more."""
        was, now = ("dropped", "open") if fits else ("open", "dropped")
        for step in self.steps.filter(playbook=code, status=was):
            step.status = now
            step.save(update_fields=["status"])

    @transition(source=TRIAGED, to=None, may=access.may_work)
    def answer_step(self, step, answer, words="", was="open", *, by, at):
        """Done, not needed, or open again; `was`: how it stood for whoever answers. That one is not needed is a decision."""
        step = self.steps.owed().select_for_update().get(pk=step.pk)
        if (step.status, step.result) == (answer, words):
            return  # sent twice is said once
        if step.status != was:
            raise StateMoved(_now("A colleague answered this meanwhile. It stands on this page now."))
        if answer != "done" and not words:
            raise Refused(_now("Say why, in a sentence."))
        self._answer(step, answer, words, by, at)
        if answer != "done":
            says = _now("Not needed: %(step)s") if answer == "waived" else _now("Open again: %(step)s")
            self._log(says % {"step": step.words}, words, by, at)

    @staticmethod
    def _answer(step, answer, words, by, at):
        is_over = answer != "open"
        step.status, step.result = answer, words if is_over else ""
        step.answered_at, step.answered_by = (at, by) if is_over else (None, None)
        step.save()
