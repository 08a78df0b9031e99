"""From a waiting row to a sealed file: once, by whoever may, and again after a crash."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils.timezone import now

from harmony.audit import book
from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.audit.transitions import StateMoved
from harmony.documents import making, tasks, vault
from harmony.documents.models import LEASE, TRIES, Export
from harmony.encryption import keys
from incidents.models import Recusal
from tests.audit.test_at_once import at_once

pytestmark = pytest.mark.needs("Pango")


def lines(record):
    return list(
        Entry.objects.filter(root=record.root.hex, table_name="documents_export").values_list("verb", flat=True)
    )


@pytest.mark.django_db
def test_asking_and_making_stand_in_the_chain_of_the_case_and_progress_nowhere(organisation, zeds_case, amara, ask):
    export = ask(amara, zeds_case)
    making.make_waiting()
    export.refresh_from_db()
    assert (export.status, export.step) == ("ready", Export.Step.SEALING)
    assert export.root == zeds_case.root
    assert lines(zeds_case) == ["request", "make"]
    asked = Entry.objects.get(verb="request")
    assert (asked.actor_name, asked.reason) == ("Amara Okafor", "Strategy discussion")
    assert "Strategy" not in asked.changes
    assert list(book.breaks()) == []


@pytest.mark.django_db
def test_the_same_form_sent_twice_asks_once(zeds_case, amara, ask):
    first = ask(amara, zeds_case)
    assert ask(amara, zeds_case, form_key=first.form_key) == first
    assert Export.objects.count() == 1


@pytest.mark.django_db
def test_the_file_lies_sealed_under_a_name_that_says_nothing(organisation, zeds_case, amara, ask, kept_files, settings):
    export = ask(amara, zeds_case)
    making.make_waiting()
    export.refresh_from_db()
    [name] = kept_files()
    stored = (settings.STORAGES["default"]["OPTIONS"]["location"] / "exports" / name).read_bytes()
    assert export.file.startswith(b"%PDF")
    assert b"PDF" not in stored[:20]
    assert zeds_case.reference not in name
    assert export.pk.hex not in name


@pytest.mark.django_db
def test_erasing_the_case_shreds_its_exports(organisation, zeds_case, amara, ask):
    export = ask(amara, zeds_case)
    making.make_waiting()
    with event("erase", by="two trustees"):
        keys.erase(zeds_case.root)
    export = Export.objects.get(pk=export.pk)
    assert export.purpose_words == "(erased)"
    with pytest.raises(vault.Gone):
        _ = export.file


@pytest.mark.django_db
def test_whoever_is_recused_meanwhile_gets_nothing_made(organisation, zeds_case, amara, ask, kept_files):
    export = ask(amara, zeds_case)
    with event("recuse", by="the chair"):
        Recusal.objects.create(case=zeds_case, user=amara)
    assert making.make_waiting() == 0
    export.refresh_from_db()
    assert (export.status, export.failure) == ("failed", "PermissionDenied")
    assert kept_files() == []


@pytest.mark.django_db
def test_whoever_was_suspended_meanwhile_gets_nothing_made(organisation, zeds_case, amara, ruth, ask):
    export = ask(amara, zeds_case)
    amara.suspend(by=ruth, why="Under investigation")
    making.make_waiting()
    export.refresh_from_db()
    assert export.failure == "PermissionDenied"


@pytest.mark.django_db
def test_a_dead_workers_document_is_made_by_the_next(organisation, zeds_case, amara, ask):
    ask(amara, zeds_case)
    assert making.take()  # and dies
    assert making.make_waiting() == 0
    assert making.make_waiting(now() + LEASE) == 1


@pytest.mark.django_db
def test_a_slow_worker_that_lost_its_turn_leaves_no_second_file(organisation, zeds_case, amara, ask, kept_files):
    ask(amara, zeds_case)
    slow = making.take()
    assert making.make_waiting(now() + LEASE) == 1
    with pytest.raises(StateMoved):
        making.finish(slow)
    assert len(kept_files()) == 1
    assert lines(zeds_case) == ["request", "make"]


@pytest.mark.django_db
def test_a_document_that_kills_its_worker_again_and_again_is_given_up(zeds_case, amara, ask):
    export = ask(amara, zeds_case)
    for turn in range(TRIES):
        assert making.take(now() + turn * LEASE)
    assert making.make_waiting(now() + TRIES * LEASE) == 0
    export.refresh_from_db()
    assert (export.status, export.failure) == ("failed", "TimeoutError")


@pytest.mark.django_db
def test_what_goes_wrong_is_kept_as_a_class_and_never_as_words(zeds_case, amara, ask, settings, tmp_path, caplog):
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    (tmp_path / "incidents").mkdir()
    (tmp_path / "incidents" / "chronology_pdf.html").write_text("{% oops %}")
    export = ask(amara, zeds_case)
    making.make_waiting()
    export.refresh_from_db()
    assert (export.status, export.failure) == ("failed", "TemplateSyntaxError")
    assert "bruise" not in caplog.text


@pytest.mark.django_db
def test_after_a_day_the_file_is_deleted_and_the_row_stays(organisation, zeds_case, amara, ask, kept_files):
    export = ask(amara, zeds_case)
    made = now() - timedelta(hours=24, minutes=1)
    making.make_waiting(made)
    assert len(kept_files()) == 1
    tasks.expire()
    export.refresh_from_db()
    assert export.status == "expired"
    assert kept_files() == []
    with pytest.raises(vault.Gone):
        _ = export.file
    assert lines(zeds_case)[-1] == "expire"


@pytest.mark.django_db
def test_a_finished_file_is_kept_until_its_day_is_over(organisation, zeds_case, amara, ask, kept_files):
    ask(amara, zeds_case)
    call_command("make_documents", verbosity=0)
    tasks.expire(now() + timedelta(hours=23, minutes=59))
    assert len(kept_files()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_each_document_once(organisation, zeds_case, amara, ask, kept_files):
    for _n in range(3):
        ask(amara, zeds_case)

    def work(n):
        try:
            return making.make_waiting()
        finally:
            connection.close()

    assert sum(at_once(work, 2, people=2)) == 3
    assert len(kept_files()) == 3
    assert sorted(lines(zeds_case)) == ["make"] * 3 + ["request"] * 3
    assert list(book.breaks()) == []
