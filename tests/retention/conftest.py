"""A closed case whose time is over, and who decides on it."""

from datetime import UTC, datetime

import pytest

from harmony.retention import stores
from harmony.retention.models import Hold, Proposal
from harmony.retention.proposing import propose
from incidents.models import Case
from tests.documents.conftest import text_of  # noqa: F401 (a fixture)
from tests.incidents.conftest import WEIGHED, sign_in, storage  # noqa: F401 (fixtures)
from tests.incidents.planning import end

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LATER = AT.replace(year=AT.year + 26)  # a case about a child whose birth nobody knows is kept for 25 years
FACTS = "A quillfeather on his arm."


@pytest.fixture
def closed(report, amara, tom):
    """closed(): told by Sam, worked by Amara, and closed; Tom agreed."""

    def make(facts=FACTS, **weighed):
        case = report(facts=facts, at=AT, childs_words="A quillfeather").case
        case.triage(**WEIGHED | {"severity": "medium"} | weighed, by=amara, at=AT)
        case.write("note", "Another quillfeather", AT, by=amara, at=AT)
        end(case, by=amara, at=AT, second=tom)
        return Case.objects.get(pk=case.pk)

    return make


@pytest.fixture
def held(amara):
    """held(case): Amara placed a hold."""

    def place(case, by=amara):
        return Hold.on(stores.get("case"), case, "A court asks for it.", by=by)

    return place


@pytest.fixture
def proposed(closed):
    """proposed(): a closed case 26 years later, and the proposal to destroy it."""

    def make(**more):
        case = closed(**more)
        propose(LATER)
        return case, Proposal.objects.get(about=case.pk)

    return make
