"""Ask, watch, fetch: for whoever asked, for a day, while they may."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.models import Entry
from harmony.documents import making, tasks
from harmony.documents.models import Export
from tests.clients import same_as_missing

pytestmark = pytest.mark.django_db

ANSWERS = {"purpose": "police", "purpose_words": "For DC Hall, who leads the strategy discussion."}


@pytest.fixture
def signed_in(client):
    def come_in(user):
        client.force_login(user)
        return client

    return come_in


@pytest.fixture
def address(zeds_case):
    return reverse("documents:ask", args=["chronology", zeds_case.pk])


@pytest.fixture
def ready(organisation, zeds_case, amara, ask):
    """Amara's export, made. (Not by WeasyPrint: these tests are about who gets it.)"""
    export = ask(amara, zeds_case)
    export = making.take()
    export.make(export.token, b"%PDF a file", 3, "f" * 64, "", by=amara)
    return export


def test_the_dso_asks_and_sees_how_far_it_is(signed_in, amara, organisation, address):
    page = signed_in(amara).post(address, ANSWERS | {"form_key": str(uuid4())}, follow=True)
    export = Export.objects.get()
    assert export.purpose_words == ANSWERS["purpose_words"]
    assert "Waiting for its turn" in page.text
    assert '<noscript><meta http-equiv="refresh" content="5;url=?again"></noscript>' in page.text
    part = signed_in(amara).get(export.get_absolute_url(), headers={"HX-Request": "true"})
    assert "hx-get" in part.text
    assert "<html" not in part.text


def test_watching_leaves_no_line_in_the_book(signed_in, amara, zeds_case, ask):
    export = ask(amara, zeds_case)
    before = Entry.objects.count()
    for _poll in range(3):
        signed_in(amara).get(export.get_absolute_url(), headers={"HX-Request": "true"})
    assert Entry.objects.filter(root=zeds_case.root.hex).count() <= before
    assert not Entry.objects.filter(verb="read", table_name="documents_export").exists()


@pytest.mark.parametrize("missing", ["purpose", "purpose_words"])
def test_without_a_purpose_nothing_is_made_and_typed_words_stay(signed_in, amara, organisation, address, missing):
    page = signed_in(amara).post(address, ANSWERS | {missing: ""})
    assert not Export.objects.exists()
    assert "Error:" in page.text
    assert missing == "purpose_words" or ANSWERS["purpose_words"] in page.text


@pytest.mark.parametrize("nasty", ["\x00", "x" * 1001])
def test_bad_characters_get_a_sentence(signed_in, amara, organisation, address, nasty):
    page = signed_in(amara).post(address, ANSWERS | {"purpose_words": nasty})
    assert page.status_code == 200
    assert not Export.objects.exists()


def test_the_form_sent_twice_asks_once(signed_in, amara, organisation, address):
    key = str(uuid4())
    first = signed_in(amara).post(address, ANSWERS | {"form_key": key})
    again = signed_in(amara).post(address, ANSWERS | {"form_key": key})
    assert first.url == again.url
    assert Export.objects.count() == 1


def test_somebody_elses_form_key_makes_ones_own(signed_in, amara, tom, organisation, address, zeds_case, ask):
    theirs = ask(amara, zeds_case)
    answer = signed_in(tom).post(address, ANSWERS | {"form_key": str(theirs.form_key)})
    assert str(theirs.pk) not in answer.url
    assert Export.objects.count() == 2


def test_an_old_session_proves_itself_before_the_form_opens(signed_in, amara, organisation, address):
    client = signed_in(amara)
    session = client.session
    session["account_authentication_methods"][0]["at"] = time.time() - 3600
    session.save()
    assert client.get(address).url.startswith(reverse("account_reauthenticate"))
    assert client.post(address, ANSWERS).url.startswith(reverse("account_reauthenticate"))
    assert not Export.objects.exists()


def test_who_may_not_see_the_case_meets_a_missing_page(signed_in, sam, sol, ruth, organisation, address):
    for person in (sam, sol, ruth):
        assert same_as_missing(signed_in(person), address, reverse("documents:ask", args=["chronology", uuid4()]))


def test_a_kind_of_document_that_is_none_is_a_missing_page(signed_in, amara, organisation, zeds_case):
    assert signed_in(amara).get(reverse("documents:ask", args=["novel", zeds_case.pk])).status_code == 404


def test_whom_it_was_shared_with_may_read_and_not_export(signed_in, leah, amara, organisation, zeds_case, address):
    zeds_case.share(leah, by=amara, why="She works with him")
    assert signed_in(leah).get(address).status_code == 403


def test_its_maker_downloads_it_as_an_attachment_and_the_book_has_a_line(signed_in, amara, zeds_case, ready):
    answer = signed_in(amara).get(reverse("documents:download", args=[ready.pk]))
    assert answer.content == b"%PDF a file"
    assert answer["Content-Disposition"] == f'attachment; filename="chronology-{ready.number}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert "no-store" in answer["Cache-Control"]
    line = Entry.objects.filter(root=zeds_case.root.hex).last()
    assert (line.verb, line.actor_name, line.row_id) == ("download", "Amara Okafor", ready.pk.hex)


def test_nobody_else_gets_it_not_even_of_the_same_line(signed_in, tom, ready):
    for page in ("export", "download"):
        assert signed_in(tom).get(reverse(f"documents:{page}", args=[ready.pk])).status_code == 404
    assert signed_in(tom).post(reverse("documents:delete", args=[ready.pk])).status_code == 404
    assert "Chronology" not in signed_in(tom).get(reverse("documents:mine")).text


def test_whoever_is_recused_meanwhile_meets_the_404_of_a_missing_one(signed_in, amara, ruth, gwen, ready, zeds_case):
    zeds_case.recuse(amara, by=zeds_case.owner, why="It turned out to be about her")
    client = signed_in(amara)
    for page in ("export", "download"):
        hidden, missing = (reverse(f"documents:{page}", args=[pk]) for pk in (ready.pk, uuid4()))
        assert same_as_missing(client, hidden, missing)
    listed = client.get(reverse("documents:mine")).text
    assert zeds_case.reference not in listed
    assert Entry.objects.filter(verb="download").count() == 0


def test_after_its_day_the_page_says_so_and_offers_to_ask_again(signed_in, amara, ready, address):
    tasks.expire(now() + timedelta(hours=25))
    answer = signed_in(amara).get(reverse("documents:download", args=[ready.pk]), follow=True)
    assert "has been deleted" in answer.text
    assert address in answer.text


def test_it_can_be_deleted_sooner_and_twice(signed_in, amara, ready, kept_files):
    for _time in range(2):
        assert signed_in(amara).post(reverse("documents:delete", args=[ready.pk])).status_code == 302
    assert kept_files() == []
    assert Entry.objects.filter(verb="delete_file").count() == 1


def test_what_could_not_be_made_says_what_to_do(signed_in, amara, organisation, zeds_case, ask):
    export = ask(amara, zeds_case)
    making.take()
    export.give_up("TemplateSyntaxError", by=making.WORKER)
    page = signed_in(amara).get(export.get_absolute_url()).text
    assert "Something went wrong on our side." in page
    assert "TemplateSyntaxError" not in page
    assert export.number in page


def test_a_worker_that_does_not_come_is_said(signed_in, amara, organisation, zeds_case, ask):
    export = ask(amara, zeds_case, at=now() - timedelta(minutes=3))
    assert "background worker may have stopped" in signed_in(amara).get(export.get_absolute_url()).text


def test_the_list_asks_the_database_as_often_for_one_as_for_many(signed_in, amara, organisation, zeds_case, ask):
    client, asked = signed_in(amara), []
    for more in (1, 2, 27):
        for _row in range(more):
            ask(amara, zeds_case)
        client.get(reverse("documents:mine"))  # notes the list; once a quarter of an hour is enough
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("documents:mine"))
        asked.append(len(queries))
    assert page.text.count(zeds_case.reference) == 25  # a page of them
    assert len(set(asked)) == 1
