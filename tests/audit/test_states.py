"""docs/states.md is what the code says."""

import pytest
from django.apps import apps
from django.core.management import call_command

from harmony.audit.management.commands import print_states
from harmony.audit.transitions import GONE, table

STEPS = [(model, step) for model in apps.get_models() for step in table(model)]
named = pytest.mark.parametrize(("model", "step"), STEPS, ids=[f"{m._meta.label}.{s.verb}" for m, s in STEPS])


def test_the_page_is_not_stale():
    assert print_states.PAGE.read_text() == print_states.page(), "run manage.py print_states"


def test_the_command_writes_the_page(tmp_path, monkeypatch):
    monkeypatch.setattr(print_states, "PAGE", tmp_path / "states.md")
    call_command("print_states")
    assert "| acknowledge | submitted | acknowledged | incidents: `may_work` |  |" in print_states.PAGE.read_text()


@named
def test_every_state_of_a_step_is_a_state_of_its_record(model, step):
    known = (
        {value for value, _label in model._meta.get_field("status").choices}
        if step.source or step.to not in (None, GONE)
        else set()
    )
    assert set(step.source or ()) | ({step.to} - {GONE, None}) <= known


@named
def test_every_step_can_be_told_to_whoever_comes_second(model, step):
    """`done=_("acknowledged this")`, else they only hear that somebody changed it. An export has one owner."""
    assert step.done or step.to in (None, GONE) or model._meta.label == "documents.Export", f"say done=… on {step.verb}"
