"""Error pages say what to do and whom to ring, tell nobody what exists, and need no database."""

import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from harmony.look import errors
from tests.clients import TwoProofs, same_as_missing

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.look.site")]


@pytest.fixture
def client():
    return TwoProofs(raise_request_exception=False)


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 500, 503])
def test_every_error_is_a_page_with_numbers_to_ring(client, organisation, status):
    answer = client.get("/fails/" if status == 500 else f"/fails/{status}/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert answer["Cache-Control"] == "no-store, private"
    assert re.search(r"<h1[^>]*>[^<]{8,}</h1>", page)
    for number in ("tel:999", "tel:08088005000", "tel:08001111"):
        assert number in page
    assert "no such case" not in page
    assert "10.0.0.7" not in page


@pytest.mark.parametrize("status", [400, 403, 404])
def test_our_own_people_are_named_where_the_database_answers(client, organisation, amara, status):
    amara.phone = "01632 960124"
    with errors_event():
        amara.save()
    assert "01632 960124" in client.get(f"/fails/{status}/").content.decode()


def errors_event():
    from harmony.audit.events import event

    return event("change a phone", by="the tests")


@pytest.mark.parametrize("path", ["/fails/", "/fails/503/"])
def test_faults_of_ours_ask_no_database(client, path, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(path)


def test_an_error_page_falls_back_when_the_database_is_gone(rf):
    def gone(*args):
        from django.db import OperationalError

        raise OperationalError("gone")

    with connection.execute_wrapper(gone):
        answer = errors.page(rf.get("/"), 404)
    assert answer.status_code == 404
    assert b"tel:08088005000" in answer.content


def test_words_alone_stand_in_when_no_page_can_be_drawn(rf):
    answer = errors.page(rf.get("/"), 400, name="there-is-no-such-template")
    assert answer.status_code == 400
    assert b"999" in answer.content


def test_what_is_missing_and_what_one_may_not_see_look_the_same(client, organisation, case, sam):
    client.force_login(sam)
    for missing in (reverse("incidents:case", args=[uuid4()]), "/no/such/page/"):
        assert same_as_missing(client, case.get_absolute_url(), missing)


def test_an_error_has_a_number_to_quote_but_a_missing_page_has_none(client):
    numbered = client.get("/fails/")
    assert re.search(rb"say this number: <span class=\"hm-ref\">[0-9a-f]{8}</span>", numbered.content)
    assert b"say this number" not in client.get("/fails/404/").content


def test_a_page_that_stood_open_too_long_says_so(organisation):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/taken/", {"words": "He said"})
    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()


def test_a_refused_method_still_names_the_ones_allowed(client):
    assert client.get("/fails/405/")["Allow"] == "POST"


def test_too_big_a_form_is_told_so(client, organisation):
    answer = client.post("/taken/", {"words": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}, content_type=FORM)
    assert answer.status_code == 413
    many = "&".join(f"a{n}=1" for n in range(2000))
    assert client.post("/taken/", many, content_type=FORM).status_code in (400, 413)


FORM = "application/x-www-form-urlencoded"
