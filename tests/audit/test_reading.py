"""Reading: a page once, a list once in a quarter of an hour."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from harmony.audit.events import note, note_list, once_a_response
from harmony.audit.models import Entry, load_reasons

pytestmark = pytest.mark.django_db


def shown(user):
    """The references of each line on this reader's own root."""
    return [line.reason for line in Entry.objects.filter(root=user.root.hex, verb="list")]


def look(user, *references, page="incidents:cases", **at):
    note_list("list", by=user, page=page, references=references, **at)


def test_a_response_reads_a_record_once_and_the_next_one_again(case, amara):
    def view(request):
        note("read", by=amara, about=case)
        note("read", by=amara, about=case)
        note("export", by=amara, about=case)

    once_a_response(view)(None)
    once_a_response(view)(None)
    assert list(Entry.objects.filter(changes=None).values_list("verb", flat=True)) == ["read", "export"] * 2
    view(None)  # outside a response each one counts
    assert Entry.objects.filter(verb="read").count() == 4


def test_a_list_is_one_line_on_the_readers_own_root_and_names_what_it_showed(amara):
    look(amara, "AAA-2222", "BBB-3333")
    line = Entry.objects.get(verb="list")
    assert (line.root, line.actor_id, line.changes) == (amara.root.hex, amara.pk.hex, None)
    assert line.reason == "AAA-2222 BBB-3333"
    assert "AAA" not in str(Entry.objects.values().get(pk=line.pk))


def test_the_same_list_within_a_quarter_of_an_hour_is_not_noted_again(amara):
    for _look in range(3):
        look(amara, "AAA-2222", "BBB-3333")
    look(amara, "BBB-3333", at=now() + timedelta(minutes=14))
    assert len(shown(amara)) == 1
    look(amara, "BBB-3333", at=now() + timedelta(minutes=16))
    assert shown(amara) == ["AAA-2222 BBB-3333", "BBB-3333"]


def test_what_is_new_on_a_list_is_named_at_once(amara):
    look(amara, "AAA-2222")
    look(amara, "AAA-2222", "CCC-4444")
    assert shown(amara) == ["AAA-2222", "CCC-4444"]


def test_each_reader_and_each_page_has_its_own_quarter_of_an_hour(amara, tom):
    look(amara, "AAA-2222")
    look(tom, "AAA-2222")
    look(amara, "AAA-2222", page="search")
    assert (len(shown(amara)), len(shown(tom))) == (2, 1)


def test_an_empty_list_is_no_line(amara):
    look(amara)
    assert shown(amara) == []


def test_the_reasons_of_many_lines_open_with_one_query(amara, django_assert_num_queries):
    for number in range(5):
        look(amara, f"AAA-222{number}")
    lines = Entry.objects.filter(verb="list")
    with django_assert_num_queries(2):
        assert len({line.reason for line in load_reasons(lines)}) == 5
