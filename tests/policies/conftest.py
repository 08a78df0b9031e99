"""A policy of the board's, and who writes, approves and publishes it."""

import pytest

from policies.models import Policy, Version


@pytest.fixture
def policy(amara):
    """policy("Bullying", approver="lead")"""

    def add(title="Online safety", approver="board", asked_of="all", is_public=True, at=None):
        made = Policy()
        slug = title.lower().replace(" ", "-")
        made.add(slug, title, "dso", approver, asked_of, is_public, by=amara, at=at)
        return made

    return add


@pytest.fixture
def draft(policy, amara):
    """draft("We promise this. {S1}", of=policy): begun and written by the DSO."""

    def begin(text="# Online safety\n\nWe promise this. {S1}\n", of=None, at=None, **told):
        made = Version(policy=of or policy(at=at))
        made.begin(by=amara, at=at)
        told = {"what_changed": "Clearer words." if made.number > 1 else "", "is_material": True} | told
        made.write(text, 0, by=amara, at=at, **told)
        return made

    return begin


@pytest.fixture
def publish(draft, amara, gwen, sol):
    """publish("Words", of=policy): looked at, approved by the chair, published by the office."""

    def out(text="# Online safety\n\nWe promise this. {S1}\n", of=None, at=None, **told):
        made = draft(text, of, at, **told)
        made.send(by=amara, at=at)
        made.approve(by=gwen, at=at)
        made.publish(by=sol, at=at)
        return made

    return out
