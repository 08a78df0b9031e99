"""What was shared with somebody outside, or was not: by the seven golden rules, each line as it was written (R34)."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from harmony.audit.events import event
from incidents.golden import RULES
from incidents.models import Case, Disclosure

from .conftest import AT, HOUR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
SHARED = {
    "whom": "PC Hale, police",
    "what": "His name and the group\u2019s name.",
    "ground": "safe",
    "why": "They look for him now.",
}


def test_every_rule_is_asked_and_only_the_decision_must_be_answered(triaged, sign_in, amara):
    client, page = sign_in(amara), reverse("incidents:share_outside", args=[triaged.pk])
    form = client.get(page).content.decode()
    assert [str(number) for number in range(1, 8)] == [str(question)[0] for _name, question, _hint in RULES]
    assert all(f'name="{name}"' in form for name, *_more in RULES)
    when = {"happened_at_day": "24", "happened_at_month": "11", "happened_at_year": "2026", "happened_at_time": "9am"}
    answers = SHARED | when | {"was_shared": "yes", "kept_back": "The new address."}
    for wrong in ({"why": ""}, {"ground": "none"}, {"was_shared": ""}):
        refused = client.post(page, answers | wrong)
        assert refused.status_code == 200 and "PC Hale" in refused.content.decode()
    assert not Disclosure.objects.exists()
    assert client.post(page, answers).status_code == 302
    shown = client.get(reverse("incidents:sharing", args=[triaged.pk])).content.decode()
    for words in ("PC Hale, police", "The new address.", "They look for him now."):
        assert words in shown


def test_what_is_shared_meets_the_clock_and_what_is_not_is_a_decision(triaged, amara):
    for shared in (True, False):
        ground = {"ground": "safe" if shared else "none"}
        Disclosure(case=triaged).log(**SHARED | ground, was_shared=shared, happened_at=AT, by=amara, at=AT + HOUR)
    case = Case.objects.get(pk=triaged.pk)
    assert case.contacted_at
    assert case.entries.get(kind="contact").words.startswith("Shared with PC Hale, police.")
    assert case.entries.get(kind="decision").words.startswith("Not shared with PC Hale, police.")
    line = Disclosure.objects.first()
    refused = (
        (DatabaseError, lambda: Disclosure.objects.filter(pk=line.pk).update(was_shared=False)),
        (DatabaseError, line.delete),
        (
            IntegrityError,
            lambda: Disclosure(case=case).log(**SHARED | {"ground": "none"}, was_shared=True, happened_at=AT, by=amara),
        ),
    )
    for error, attempt in refused:
        with pytest.raises(error), transaction.atomic(), event("try", by=amara):
            attempt()
