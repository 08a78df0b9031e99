"""Whatever is done in a case reads as words in the list of who has opened it, never as a name out of the code."""

import pytest
from django.apps import apps

from harmony.audit.transitions import table
from incidents.verbs import UNSEEN, said

STEPS = sorted({step.verb for model in apps.get_app_config("incidents").get_models() for step in table(model)} - UNSEEN)


@pytest.mark.parametrize("verb", STEPS)
def test_each_step_reads_as_words(verb):
    assert " " in str(said(verb)), f"add it to SAID in incidents/verbs.py: {verb}"


def test_a_step_that_nobody_knows_any_more_stands_as_it_is():
    assert said("weigh_anew") == "weigh_anew"
