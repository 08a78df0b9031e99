"""Logs carry ids only: canaries in every place a request can hold one, and none comes out."""

import io
import logging
import re
import secrets
import sys

import pytest
from django.conf import settings
from django.views.debug import ExceptionReporter

from harmony.look.logs import IdsOnly
from tests.clients import TwoProofs

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.look.site")]


@pytest.fixture
def written():
    """What our formatter writes, whatever is logged."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(IdsOnly())
    loggers = [logging.getLogger(name) for name in ("", "django.request", "django.security")]
    loggers = [log for log in loggers if log.name == "root" or not log.propagate]
    for log in loggers:
        log.addHandler(handler)
    yield stream
    for log in loggers:
        log.removeHandler(handler)


def test_a_fault_is_written_with_its_kind_and_place_and_no_word_of_the_request(written, sam):
    client = TwoProofs(raise_request_exception=False)
    client.force_login(sam)
    client.cookies["theme"] = "canary-cookie"
    client.post(
        "/fails/?q=canary-query",
        {"words": "canary-words", "canary-field": "1"},
        headers={"user-agent": "canary-agent", "referer": "http://localhost/canary-referer"},
        REMOTE_ADDR="192.0.2.77",
    )
    log = written.getvalue()
    assert "canary" not in log
    assert "192.0.2.77" not in log
    assert sam.name not in log
    assert "error=builtins.ValueError" in log
    assert "site.py:" in log
    assert f"user={sam.pk}" in log
    assert '"thinking about %s"' in log


def test_the_number_on_the_page_is_the_number_in_the_log(written):
    page = TwoProofs(raise_request_exception=False).get("/fails/").content.decode()
    [number] = re.findall(r'hm-ref">([0-9a-f]{8})<', page)
    assert f"request={number}" in written.getvalue()


def test_a_missing_page_leaves_no_address_behind(written, client, organisation):
    client.get("/canary/zed-a-12/?name=canary")
    assert written.getvalue()
    assert "canary" not in written.getvalue()


def test_others_libraries_are_written_without_their_words(written):
    logging.getLogger("somebody.else").warning("canary %s", "canary")
    assert "somebody.else" in written.getvalue()
    assert "canary" not in written.getvalue()


def test_our_own_code_may_add_ids(written):
    logging.getLogger("harmony.notices").warning("not sent", extra={"ref": "7KQ2", "child": "canary"})
    assert "ref=7KQ2" in written.getvalue()
    assert "canary" not in written.getvalue()


def test_error_reports_hold_nothing_that_was_sent_or_set(rf):
    word = secrets.token_hex()  # not in the source, which a report does show
    request = rf.post("/fails/", {"words": word}, headers={"cookie": f"a={word}", "user-agent": word})
    try:
        raise ValueError
    except ValueError:
        report = ExceptionReporter(request, *sys.exc_info(), is_email=False)
    text = report.get_traceback_text() + report.get_traceback_html()
    assert word not in text
    assert settings.SECRET_KEY not in text
    assert report.get_traceback_frames()[-1]["vars"] == []


def test_a_record_of_the_development_server_is_written_too(written):
    """It calls its socket `request`."""
    logging.getLogger("django.server").warning('"%s"', "GET /canary", extra={"request": object(), "status_code": 404})
    assert "status=404" in written.getvalue()
    assert "canary" not in written.getvalue()
