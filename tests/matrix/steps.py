"""Each step of a case, a report and what hangs on them × role × relation: who may take it, whatever page leads there.

A step asks first and does then, so it is called with nothing in its hands: what is refused is refused before.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction

from harmony.audit.transitions import table
from harmony.people.models import Post
from harmony.retention.models import Hold
from incidents.models import CaseFile, Playbook

from . import oracle
from .oracle import SIGNED_IN
from .world import RELATIONS, STRANGER

ROOMS = ("incidents", "documents", "notifications", "retention")
ANSWERS = (Post.LEAD, Post.TRUSTEE, Post.CHAIR, Post.VICE)
ENDS_ACCOUNTS = (Post.OFFICE, Post.LEAD, Post.TRUSTEE, Post.CHAIR, Post.DSO)  # and give their work to somebody else


@dataclass(frozen=True)
class Step:
    record: Callable  # (world, role, relation) -> what it is a step of, or None where there is none
    may: Callable  # (world, role, relation) -> whether


@dataclass(frozen=True)
class StepCell:
    step: str
    role: str
    relation: str

    def __str__(self):
        return f"{self.step} by {self.role}, {self.relation}"


def _case(world, role, relation):
    return world.plot(relation, role).case


def _inside(*names):
    """The first of these that this case has."""

    def find(world, role, relation):
        inside = world.plot(relation, role).inside
        return next((inside[name] for name in names if name in inside), None)

    return find


def _new_file(world, role, relation):
    return CaseFile(case=_case(world, role, relation), added_by=world.people[role], said_clean=True)


def _works(world, role, relation):
    return oracle.works(world, role, world.plot(relation, role))


def _decides(world, role, relation):
    return oracle.decides_on_record(world, role, world.plot(relation, role))


def _new_hold(world, role, relation):
    case = _case(world, role, relation)
    return Hold(kind="case", about=case.pk, root=case.root, reference=case.reference, placed_by=world.people[role])


def _works_about_one_of_us(world, role, relation):
    return world.plot(relation, role).track == "worker" and _works(world, role, relation)


def _opens_in_an_emergency(world, role, relation):
    """Whoever leads, or stands in, and has no right to it; never whoever is kept out of it (N8)."""
    plot = world.plot(relation, role)
    kept_out = oracle.is_kept_out(plot, world.people[role])
    return role in (*ANSWERS, Post.DEPUTY) and not kept_out and not oracle.sees(world, role, plot)


def _answers(world, role, relation):
    return oracle.answers(world, role, world.plot(relation, role))


def _agrees(world, role, relation):
    return oracle.agrees(world, role, world.plot(relation, role))


def _nobody(world, role, relation):
    return False


def _hands_over(world, role, relation):
    return role in ENDS_ACCOUNTS or _works(world, role, relation)


def _finishes(world, role, relation):
    plot = world.plot(relation, role)
    owner = _inside("own action", "action")(world, role, relation).owner_id
    return _works(world, role, relation) or oracle.was_asked(world, role, plot, owner)


def _has_the_duty(world, role, relation):
    plot = world.plot(relation, role)
    return oracle.was_asked(world, role, plot, _inside("own duty", "duty")(world, role, relation).user_id)


def _sets_aside(world, role, relation):
    """Whoever works the case; not of their own duty."""
    duty = _inside("own duty", "duty")(world, role, relation)
    return duty.user_id != world.people[role].pk and _works(world, role, relation)


def _keeps_playbooks(world, role, relation):
    return role in (Post.DSO, Post.DEPUTY)


def _wrote(world, role, relation):
    return oracle.wrote(world, role, world.plot(relation, role))


def _is_theirs(world, role, relation):
    return role in SIGNED_IN


def _exports(world, role, relation):
    return _works(world, role, relation)


def _is_told(world, role, relation):
    return role in SIGNED_IN and oracle.sees(world, role, world.plot(relation, role))


def _looks(world, role, relation):
    return oracle.answers_look(world, role, world.plot(relation, role))


def _asks_in(world, role, relation):
    return oracle.asks_in(world, role, world.plot(relation, role))


CASE_STEPS = (
    "write", "log_contact", "review", "reweigh", "ask_to_lower", "tell_reporter", "turn_out", "recuse", "step_aside",
    "add_person", "change_person", "acknowledge", "triage", "close", "reopen", "give", "read_additions", "share", "unshare", "ask_to_let_in",
    "ask_to_tell",
    "say_of_name",
    "decide_charity", "ask_to_close", "redirect", "bring_back",
    "say_not_needed", "agree_plan", "advise_only", "review_for_good",
    "find_image", "find_image_after", "leave_unreferred", "say_hate", "answer_step",
)  # fmt: skip
FILE_STEPS = ("lock_away", "ask_to_destroy")
OF_AN_ALLEGATION = ("screen", "screen_again", "consult", "decide_measure", "support", "conclude", "decide_dbs")
OF_A_REFERRAL = (
    "consider", "leave", "tell", "send", "confirm", "chase", "accept", "refuse", "challenge", "conclude", "choose", "black_out",
)  # fmt: skip
OF_A_MEETING = ("invite", "change", "send_report", "hold", "miss", "cancel", "get_minutes")
ACTION, REPORT = _inside("own action", "action"), lambda *cell: cell[0].plot(cell[2], cell[1]).report
EXPORT, NOTICE = lambda w, role, r: w.export(role, r), lambda w, role, r: w.notice(role, r)
STEPS = {
    **{f"incidents.Case.{verb}": Step(_case, _works) for verb in CASE_STEPS},
    "incidents.Case.ask_in": Step(_case, _asks_in),
    **{
        f"incidents.Allegation.{verb}": Step(_inside("allegation"), _works_about_one_of_us) for verb in OF_AN_ALLEGATION
    },
    **{f"incidents.Monitoring.{verb}": Step(_inside("monitoring"), _works) for verb in ("keep", "replace")},
    **{
        f"incidents.Transfer.{verb}": Step(_inside("transfer"), _works)
        for verb in ("prepare", "send", "receive", "call_off")
    },
    "incidents.Disclosure.log": Step(_inside("disclosure"), _works),
    **{f"incidents.Voice.{verb}": Step(_inside("voice"), _works) for verb in ("hear", "pass_over")},
    **{f"incidents.Referral.{verb}": Step(_inside("referral"), _works) for verb in OF_A_REFERRAL},
    **{f"incidents.Meeting.{verb}": Step(_inside("meeting"), _works) for verb in OF_A_MEETING},
    **{
        f"incidents.Case.{verb}": Step(_case, _answers)
        for verb in ("agree", "decline", "let_in", "leave_out", "keep_open")
    },
    **{f"incidents.CaseFile.{verb}": Step(_inside("file"), _answers) for verb in ("keep_locked", "destroy")},
    "incidents.Case.agree_to_close": Step(_case, _agrees),
    "incidents.Case.agree_to_redirect": Step(_case, _agrees),
    "incidents.Case.open_in_emergency": Step(_case, _opens_in_an_emergency),
    "incidents.Playbook.keep": Step(lambda *cell: Playbook(code="another"), _keeps_playbooks),
    "incidents.Emergency.reply": Step(_inside("emergency"), _nobody),  # of who opened it: nobody with a role did
    **{f"incidents.Thread.{verb}": Step(_inside("thread"), _nobody) for verb in ("begin", "write", "come_back")},
    **{
        f"incidents.Thread.{verb}": Step(_inside("thread"), _works)
        for verb in ("ask_to_open", "agree_to_open", "open_in_danger")
    },
    "incidents.Case.escalate": Step(_case, _nobody),
    "incidents.Case.keep_family_out": Step(_case, _is_theirs),
    "incidents.Case.hand_over": Step(_case, _hands_over),
    "incidents.CaseFile.keep": Step(_new_file, _works),
    **{f"incidents.CaseFile.{verb}": Step(_inside("file"), _works) for verb in FILE_STEPS},
    "incidents.Duty.answer": Step(_inside("own duty", "duty"), _has_the_duty),
    "incidents.Duty.set_aside": Step(_inside("own duty", "duty"), _sets_aside),
    **{f"incidents.Action.{verb}": Step(ACTION, _finishes) for verb in ("finish", "hand_back")},
    "incidents.Action.waive": Step(ACTION, _works),
    "incidents.Action.hand_over": Step(ACTION, _hands_over),
    **{
        f"incidents.Report.{verb}": Step(REPORT, _wrote)
        for verb in ("ask_above", "answer", "file", "add", "ask_for_support")
    },
    "incidents.SecondLook.reply": Step(_inside("look"), _looks),
    "incidents.SecondLook.pass_up": Step(_inside("look"), _nobody),
    **{f"documents.Export.{verb}": Step(EXPORT, _exports) for verb in ("request", "make")},
    **{f"documents.Export.{verb}": Step(EXPORT, _nobody) for verb in ("give_up", "expire")},
    "documents.Export.delete_file": Step(EXPORT, _is_theirs),
    "retention.Hold.place": Step(_new_hold, _decides),
    "retention.Hold.lift": Step(_inside("hold"), _decides),
    **{f"retention.Proposal.{verb}": Step(_inside("proposal"), _decides) for verb in ("agree", "destroy", "keep")},
    "notifications.Notice.answer": Step(NOTICE, _is_told),
}
# steps that everybody takes for themselves
OF_ONESELF = {"notifications.QuietHours.begin", "notifications.QuietHours.change"}


def every_step():
    """{"incidents.Case.triage": model} of the rooms."""
    return {
        f"{model._meta.label}.{step.verb}": model
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        for step in table(model)
    }


def every_cell():
    known = sorted(set(every_step()) & set(STEPS))
    return [
        StepCell(step, role, relation) for step in known for relation in RELATIONS for role in (*SIGNED_IN, "suspended")
    ]


def unclassified():
    for step in sorted(set(every_step()) - set(STEPS) - OF_ONESELF):
        yield f"step {step}: say who may take it in tests/matrix/steps.py, STEPS"
    for step in sorted((set(STEPS) | OF_ONESELF) - set(every_step())):
        yield f"step {step} is not there any more: take it out of tests/matrix/steps.py"


def judge(world, cell):
    step = STEPS[cell.step]
    record = step.record(world, cell.role, cell.relation)
    if record is None or cell.role == STRANGER:
        return
    expected = step.may(world, cell.role, cell.relation) and cell.role in SIGNED_IN
    fresh = record if record._state.adding else type(record)._base_manager.get(pk=record.pk)
    took = _is_allowed(fresh, cell.step.split(".")[-1], world.people[cell.role])
    if took != expected:
        yield "taken, and it is not theirs" if took else "refused, and it is theirs"


def _is_allowed(record, verb, user):
    take = getattr(record, verb)
    wanted = inspect.signature(take).parameters.values()
    empty = {one.name: None for one in wanted if one.default is one.empty and one.name not in ("by", "at", "why")}
    told = {"by": user, "why": "The matrix"}
    with transaction.atomic():
        try:
            take(**empty, **told)
        except PermissionDenied:
            return False
        except Exception:  # noqa: S110, BLE001  (it was let in, and had nothing in its hands)
            pass
        finally:
            transaction.set_rollback(True)
    return True
