"""What the tests of this room share: weighing a case, and somebody signed in."""

from datetime import UTC, date, datetime, timedelta

import pytest

from harmony.audit.events import event
from harmony.files.models import FOLDER
from harmony.files.taking import Taken
from harmony.notifications import waits
from harmony.notifications.models import Notice
from harmony.people.models import Away, OnCall, Relationship
from incidents.models import Case, CaseFile
from incidents.waits import CASES
from tests.files.made import HELLO

from .planning import plan_for, settle_steps

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # a Tuesday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

WEIGHED = {
    "severity": "high",
    "kind": "ON-BULLY",
    "rationale": "It has gone on since Sunday.",
    "parents": "told",
    "parents_reason": "",
    "refer": False,
    "refer_reason": "Below the threshold.",
    "caused_by": "peer",
}


@pytest.fixture
def triaged(report, amara):
    """A case about Zed that Amara has weighed."""
    case = report().case
    case.triage(**WEIGHED, by=amara)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def staff(sign_in, sam, amara):
    """Sam at his browser; Amara would read what he reports."""
    return sign_in(sam)


@pytest.fixture
def numbers(amara, tom, ruth):
    for person, phone in ((amara, "01632 960 124"), (tom, "01632 960 125"), (ruth, "01632 960 126")):
        with event("set phone", by=person):
            person.phone = phone
            person.save()


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


# who hears when


@pytest.fixture
def dev(person):
    return person("Dev Banerjee", "trustee", kind="trustee")


@pytest.fixture
def line(amara, tom, ruth, dev, gwen):
    """Everybody on the ladder."""
    return amara, tom, ruth, dev, gwen


@pytest.fixture
def on_call():
    """on_call(amara): for two weeks, day and night."""

    def put(user, since=AT - DAY, until=AT + 13 * DAY):
        with event("add", by="the tests", about=user):
            OnCall.objects.create(user=user, phone="01632 960 109", starts_at=since, ends_at=until)
        return user

    return put


@pytest.fixture
def away():
    def say(user, since=AT - DAY, until=AT + 30 * DAY, cover=None):
        with event("say", by=user, about=user):
            Away.objects.create(user=user, starts_at=since, ends_at=until, cover=cover)

    return say


@pytest.fixture
def sweep():
    """sweep(AT + HOUR): who is told what, in order."""

    def run(at):
        before = set(Notice.objects.values_list("pk", flat=True))
        waits.climb(at, CASES)
        return said(Notice.objects.exclude(pk__in=before))

    return run


def said(notices):
    rows = notices.select_related("recipient").order_by("clock", "rung", "created_at", "recipient__name")
    return [(notice.recipient.name.split()[0], notice.sentence) for notice in rows]


# files


@pytest.fixture
def storage(settings, tmp_path):
    """A folder of its own."""
    there = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": there}
    return tmp_path / FOLDER


@pytest.fixture
def keep(amara, storage):
    """keep(case): a file that Amara added to it."""

    def take(case, name="chat.txt", content=HELLO, by=amara):
        CaseFile.take(case, Taken.of(name, content), True, by=by)
        return case.files.get(size=len(content))

    return take


@pytest.fixture
def planned(report, amara):
    """planned("high"): weighed by Amara, who has it, and its plan agreed, and its steps done."""

    def make(severity="high"):
        case = report(at=AT).case
        case.acknowledge(by=amara, at=AT)
        case.triage(**WEIGHED | {"severity": severity}, by=amara, at=AT)
        plan_for(case, by=amara, at=AT + HOUR)
        settle_steps(case, by=amara, at=AT + HOUR)
        return case

    return make
