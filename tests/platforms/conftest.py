"""Something that Leah proposed, Amara assessed and Ruth decides on."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from platforms import decisions
from platforms.models import Control, Hazard, Platform
from platforms.models.hazards import Area

RISK = {"area": "contact", "words": "Strangers can write to them", "likely_before": 4, "bad_before": 4,
        "likely_after": 2, "bad_after": 3}  # fmt: skip
OPINION = {
    "uses": "Parents hear when a club is late.", "age_from": None, "age_to": None, "groups": "All parents",
    "conditions": "Broadcast only.\nNo young person is in it.", "owner": "office", "age_terms": "13 and over",
    "data": "Numbers of parents", "dpia": "Shared drive, folder 7", "leaving": "Delete the list.",
    "nothing_in": " ".join(area for area in Area.values if area != "contact"),
}  # fmt: skip


@pytest.fixture
def proposed(leah):
    """proposed("WhatsApp", is_channel=True)"""

    def make(name="WhatsApp", kind="messages", is_channel=True):
        platform = Platform()
        told = {"name": name, "kind": kind, "purpose": "To tell parents that a club is late.", "is_channel": is_channel}
        decisions.propose(platform, **told, by=leah)
        return platform

    return make


@pytest.fixture
def opinion(proposed, amara, sol):
    """An assessment that Amara has written and not sent; `risk` is changed by what is given."""

    def write(platform=None, **risk):
        platform = platform or proposed()
        if platform.pending:
            platform.pending.take_on(by=amara)
        else:
            platform.assess(by=amara)
        assessment = platform.pending
        assessment.write(**OPINION, by=amara)
        if not assessment.hazards.exists():
            hazard = Hazard(assessment=assessment)
            hazard.add(**RISK | risk, by=amara)
            Control(hazard=hazard).add("Private messages are off", sol, localdate() + timedelta(days=9), by=amara)
        return assessment

    return write


@pytest.fixture
def sent(opinion, amara):
    def send(platform=None, **risk):
        assessment = opinion(platform, **risk)
        assessment.send(by=amara)
        return assessment

    return send


@pytest.fixture
def approved(sent, ruth):
    """A platform that may be used for 200 days."""

    def approve(platform=None, days=200):
        assessment = sent(platform)
        decisions.approve(assessment, localdate() + timedelta(days=days), "It is safe so.", by=ruth)
        return Platform.objects.get(pk=assessment.platform_id)

    return approve
