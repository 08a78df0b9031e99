"""The book against the tables: what the owner of the database did behind its back is named."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from guardian.shortcuts import assign_perm

from harmony.audit import book, triggers
from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.encryption import keys
from harmony.encryption.models import RootKey
from harmony.people.models import User
from incidents.models import Case, Report

from .test_at_once import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def behind_its_back():
    """As the owner of the database may: the triggers are away, the row is changed, they are back."""

    def tamper(statement, *parameters):
        with connection.cursor() as cursor:
            triggers.drop()
            cursor.execute(statement, parameters)
            triggers.install()

    return tamper


def named():
    return list(book.breaks())


def key(record):
    return record._meta.pk.get_db_prep_value(record.pk, connection)


def test_what_the_product_does_is_all_accounted_for(report, amara, tom):
    case = report(facts="A “quoted” word, é, \U0001f600, and\na new line").case
    case.acknowledge(by=amara)
    case.triage("high", "neglect", "r", "told", "r", True, "r", "unknown", by=tom)
    with event("share", by=amara, about=case):
        assign_perm("view_case", tom, case)
        case.grants.all().delete()
    assert named() == []


def test_a_row_edited_as_database_owner_is_named(case, amara, capsys, behind_its_back):
    case.acknowledge(by=amara)
    behind_its_back("UPDATE incidents_case SET track = 'worker', owner_id = NULL")
    found = rf"incidents_case {case.pk.hex} changed: owner_id, track, and no line says so.* acknowledge by Amara Okafor"
    with pytest.raises(CommandError, match=found):
        call_command("verify_audit")


def test_a_column_that_was_empty_from_the_start_is_watched_too(case, behind_its_back):
    behind_its_back("UPDATE incidents_case SET added_at = '2026-01-01T00:00:00+00:00'")
    assert ["changed: added_at" in found for found in named()] == [True]


def test_sealed_words_swapped_for_others_are_named_without_a_word(case, behind_its_back):
    behind_its_back("UPDATE incidents_case SET rationale = initials")
    [found] = named()
    assert "changed: rationale" in found
    assert case.root.hex not in found.replace(case.pk.hex, "")


def test_a_row_slipped_in_is_named(case, behind_its_back):
    behind_its_back("INSERT INTO auth_group (name) VALUES ('x')")
    [found] = named()
    assert found.startswith("auth_group")
    assert "is there, and no line says so" in found


def test_a_row_taken_out_is_named(case, behind_its_back):
    behind_its_back("DELETE FROM incidents_case")
    line = Entry.objects.get(row_id=case.pk.hex)
    last = f"The last one: open by the tests at {line.recorded_at}"
    assert named() == [f"incidents_case {case.pk.hex} is gone, and no line says so. {last}"]


def test_a_row_brought_back_after_its_deletion_is_named(behind_its_back):
    with event("make", by="the tests"):
        group = Group.objects.create(name="x")
        number = group.pk
        group.delete()
    assert named() == []
    behind_its_back("INSERT INTO auth_group (id, name) VALUES (%s, 'x')", number)
    assert "is there again, and no line says so" in named()[0]


def test_drafts_and_secrets_and_skipped_columns_are_nobodys_business(draft, sam, behind_its_back):
    behind_its_back("UPDATE incidents_report SET danger = 'yes'")
    behind_its_back("UPDATE people_user SET password = 'x', last_login = '2026-01-01T00:00:00+00:00'")
    assert named() == []
    draft.refresh_from_db()
    draft.file(by=sam)
    assert named() == []
    behind_its_back("UPDATE incidents_report SET danger = 'no'")
    assert ["changed: danger" in found for found in named()] == [True]


def test_a_filed_report_turned_into_a_draft_again_is_named(report, behind_its_back):
    filed = report()
    behind_its_back("UPDATE incidents_report SET status = 'draft', filed_at = NULL, case_id = NULL")
    assert Report.objects.get().status == "draft"
    assert f"incidents_report {filed.pk.hex} is gone" in named()[0]


def test_a_key_swapped_or_brought_back_is_named(case, amara, behind_its_back):
    with event("erase", by=amara, about=case):
        keys.erase(case.root)
    behind_its_back(
        "UPDATE encryption_rootkey SET erased_at = NULL, wrapped = 'x' WHERE root = %s", key(RootKey(case.root))
    )
    assert "encryption_rootkey" in named()[0]
    assert "changed: erased_at" in named()[0]


def test_all_names_all_and_the_first_comes_first(case, person, capsys, behind_its_back):
    for name in ("Ann", "Ben", "Cy"):
        person(name)
    behind_its_back("UPDATE people_user SET name = 'Nobody'")
    with pytest.raises(CommandError, match="changed: name"):
        call_command("verify_audit")
    with pytest.raises(CommandError, match="not hold: 3"):
        call_command("verify_audit", "--all")
    assert capsys.readouterr().err.count("changed: name") == 3


def test_times_are_compared_whatever_the_sessions_zone(case, amara):
    case.acknowledge(by=amara)
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL timezone TO 'Asia/Tokyo'")
            assert named() == []
    assert named() == []


def test_the_number_of_queries_is_that_of_the_tables_not_of_the_rows(person):
    def queries(people):
        with event("join", by="the tests"):
            User.objects.bulk_create([User(email=f"{people}-{n}@harmony.test", name="x") for n in range(people)])
        with CaptureQueriesContext(connection) as captured:
            assert named() == []
        return len(captured)

    assert queries(3) == queries(300)


@pytest.mark.django_db(transaction=True)
def test_the_command_reads_one_moment_while_others_write(case, amara):
    """Between its first and its last look somebody writes: that is no break."""
    with book.at_one_moment():
        breaks = book.breaks()
        assert Case.objects.get().status == "submitted"
        at_once(lambda n: Case.objects.get().acknowledge(by=amara), 1)
        assert list(breaks) == []
    assert Case.objects.get().status == "acknowledged"
    assert named() == []
