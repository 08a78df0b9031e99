"""What the tests of this room share: weighing a case, and somebody signed in."""

from datetime import date

import pytest

from harmony.audit.events import event
from harmony.people.models import Relationship
from incidents.models import Case

WEIGHED = {
    "severity": "high",
    "kind": "ON-BULLY",
    "rationale": "It has gone on since Sunday.",
    "parents": "told",
    "parents_reason": "",
    "refer": False,
    "refer_reason": "Below the threshold.",
}


@pytest.fixture
def triaged(report, amara):
    """A case about Zed that Amara has weighed."""
    case = report().case
    case.triage(**WEIGHED, by=amara)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def declare():
    """declare(ruth, "partner", amara): Ruth is a partner of Amara, and has said so."""

    def relate(user, kind, other):
        with event("declare", by=user):
            Relationship.objects.create(user=user, kind=kind, other=other, starts_on=date(2020, 1, 1))

    return relate


@pytest.fixture
def sign_in(client):
    """sign_in(amara): the test client as Amara."""

    def enter(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter
