"""What the database refuses, and the words it says."""

import pytest
from django.db import DatabaseError, transaction

from harmony.audit import guards
from harmony.audit.events import event
from incidents.models import Case, Report

pytestmark = pytest.mark.django_db


def refusal(attempt):
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        attempt()
    return caught.value


def test_a_guards_sentence_is_for_the_page(report):
    filed = report()
    with event("try", by="the tests"):
        error = refusal(lambda: Report.objects.filter(pk=filed.pk).update(danger="yes"))
    assert guards.sentence(error) == "The words of a report stay as they were sent. Add to it instead."


def test_any_other_refusal_has_no_sentence(report):
    filed = report()
    assert guards.sentence(refusal(lambda: Case.objects.update(pressing=True))) is None
    with event("try", by="the tests"):
        assert guards.sentence(refusal(lambda: Report.objects.filter(pk=filed.pk).update(status="lost"))) is None


def test_every_sentence_is_one_line():
    """PostgreSQL adds lines of its own, and they are cut off."""
    from django.apps import apps

    said = [guard.say for model in apps.get_models() for *_trigger, guard in guards.of(model)]
    assert said
    assert not [say for say in said if "\n" in say]
