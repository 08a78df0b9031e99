"""Amara is told of Zed's case, and servers take what is sent."""

import pytest

from harmony.audit.events import event
from harmony.notifications.models import Notice
from harmony.notifications.telling import tell
from tests import sinks


@pytest.fixture
def report(report):
    """A report whose filing has told nobody: these tests say themselves who hears what."""

    def file(*args, **words):
        sent = report(*args, **words)
        with event("clear", by="the tests", about=sent.case):
            Notice.objects.within(sent.case).delete()
        return sent

    return file


@pytest.fixture
def case(report):
    return report().case


@pytest.fixture
def told(case):
    """told(amara, urgent=True): the notice. Of Zed's case unless told otherwise."""

    def make(*people, about=case, kind="case", **fields):
        fields = {"clock": "read", "sentence": "case"} | fields
        with event("tell", by="the tests", about=about):
            notices = tell(kind, about, people, **fields)
        return notices[0] if len(notices) == 1 else notices

    return make


@pytest.fixture
def post_office(settings):
    """A mail server that takes all, until it is told otherwise."""
    sink = sinks.smtp()
    settings.EMAIL_BACKEND = "harmony.notifications.bounded.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 1
    yield sink
    sink.close()


@pytest.fixture
def phones(settings):
    """A service that sends text messages."""
    sink = sinks.http()
    settings.HARMONY_PHONE_URL = f"http://127.0.0.1:{sink.port}/messages"
    settings.HARMONY_PHONE_TOKEN, settings.EMAIL_TIMEOUT = "a token", 1
    yield sink
    sink.close()
