"""The minute in which somebody outside was here is kept nowhere: not in a row, the cache, a log or a mail."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.utils.timezone import now

from harmony.notifications.dispatch import send_waiting

from ..proof import canaries
from .conftest import Outside, carried
from .test_unknown import WHO, everything

WRITTEN = re.compile(r"20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?")
COUNTED = re.compile(r"(?<!\d)1[789]\d{8}(?:\.\d+)?(?!\d)")  # seconds since 1970


def moments(text):
    for said in WRITTEN.findall(text):
        yield datetime.fromisoformat(said).replace(tzinfo=UTC)
    for seconds in COUNTED.findall(text):
        yield datetime.fromtimestamp(float(seconds), UTC)


def cached():
    return dict(canaries.cache())


def told_between(began, ended, stores):
    return [(place, at) for place, text in stores for at in moments(text) if began <= at <= ended]


def test_no_store_keeps_the_minute(outside, amara, caplog):
    """What was there before is no trace of theirs, and a mail's own Date header cannot be helped."""
    before, began, held = set(everything()), now(), cached()
    them = Outside(outside.client, **WHO)
    words, thread = them.told(words={"happened": "words", "safe": "no"}, door="harm")
    token = carried(them.open(words))["thread"]
    for told in ({"words": "more words", "write": ""}, {"not_happy": "nothing happens", "ask": ""}):
        them.post("/safe/answer/", thread=token, **told)
    them.post("/safe/answer/", code="these are not the words")
    send_waiting()
    ended = now()
    stores = [one for one in everything() if one not in before] + [("the log", caplog.text)]
    stores += [("a mail", one.body) for one in mail.outbox]
    assert len(stores) > 20 and mail.outbox
    assert told_between(began, ended, stores) == []
    assert cached() == held  # an entry would tell until when it holds
    thread.case.acknowledge(by=amara)  # the minute of one of us is kept, and found
    assert told_between(ended, now(), [one for one in everything() if one not in before])


@pytest.mark.parametrize("written", ["2026-01-01 00:47:09.5", "2026-01-01T00:47:09+00:00", "1767228429.25"])
def test_a_minute_is_found_however_it_is_written(written):
    assert [at.minute for at in moments(f"x | {written} | 5")] == [47]
