"""The search index: whatever is written is found by its words, and the database holds none of them."""

from datetime import timedelta
from io import StringIO
from itertools import chain
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmony.audit.events import event
from harmony.encryption import keys, search, tokens
from harmony.encryption.models import IndexedPlace, IndexedRecord
from harmony.encryption.search import found, where
from incidents.models import Case, Report

pytestmark = pytest.mark.django_db
KEY = bytes(32)


def keys_of(text, among=None):
    return found(text, Case.objects.all() if among is None else among, newest="-filed_at")[0]


@pytest.fixture
def both_plans(monkeypatch):
    """What is found among the records somebody sees, and what by the index: [one, the other]."""

    def look(text, among=None):
        ways = []
        for few in (1000, 0):
            monkeypatch.setattr(search, "FEW", few)
            ways.append(set(keys_of(text, among)))
        return ways

    return look


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Bruises on his arm", "bruise"),
        ("She was being bullied", "BULLYING"),
        ("Chloë’s phone", "chloe phone"),
        ("O’Brien rang", "o'brien"),
        ("O'Brien rang", "OBrien"),
        ("@jordan_2011 wrote", "jordan_2011"),
        ("@jordan_2011 wrote", "Jordan 2011"),
        ("well-being", "wellbeing"),
        ("wellbeing", "well-being"),
        ("Łukasz Brzęczyszczykiewicz", "lukasz brzeczyszczykiewicz"),
        ("Strauß", "STRAUSS"),
        ("Jon's, “Zed”. (Thursday)", "zed thursday jon"),
        ("王小明", "王小明"),
        ("An Do", "an do"),
    ],
)
def test_a_word_is_found_however_it_is_typed(written, asked):
    held = set(tokens.of(written, KEY).split())
    wanted = tokens.asked(asked, KEY)
    assert wanted and all(alternatives & held for alternatives in wanted)


@pytest.mark.parametrize(("written", "asked"), [("Bruises", "brick"), ("jordan_2011", "jordan 2012"), ("Will", "May")])
def test_another_word_is_not(written, asked):
    held = set(tokens.of(written, KEY).split())
    assert not all(alternatives & held for alternatives in tokens.asked(asked, KEY))


def test_without_its_key_a_token_tells_nothing():
    assert not set(tokens.of("bruise", KEY).split()) & set(tokens.of("bruise", b"1" * 32).split())
    assert tokens.of("the The of", KEY) == "" and tokens.asked("the of a", KEY) == []
    assert tokens.of("one two one", KEY) == tokens.of("two one", KEY)  # neither how often nor in which order


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXT, min_size=2, max_size=4), asked=st.data())
def test_everything_that_is_written_is_found(case, report, texts, asked, both_plans):
    filed = {Case.objects.get(pk=report(facts=text or "-").case_id): text for text in texts}
    for one, text in filed.items():
        words = [word for word in text.split() if tokens.asked(word, KEY)]
        if words:
            some = asked.draw(st.lists(st.sampled_from(words), min_size=1, max_size=3))
            few, many = both_plans(" ".join(some))
            assert one.pk in few and few == many
            assert not keys_of(" ".join(some), Case.objects.exclude(pk=one.pk)).count(one.pk)


def test_words_of_one_case_stand_together_wherever_they_were_written(report, amara, both_plans):
    first, other = report(facts="A bruise", platform="Snapchat").case, report(facts="A bruise").case
    first.write("note", "Rang the school", first.filed_at, by=amara)
    for way in both_plans("bruise snapchat school"):
        assert way == {first.pk}
    for way in both_plans("bruise"):
        assert way == {first.pk, other.pk}
    for way in both_plans("bruise giraffe"):
        assert way == set()
    assert where("bruise school", [first.pk, other.pk]) == {
        first.pk: ["What happened", "Chronology"],
        other.pk: ["What happened"],
    }


def test_a_draft_is_found_by_nobody(draft):
    assert not IndexedPlace.objects.exists()
    assert keys_of("saw") == []


def test_names_in_other_peoples_json_are_names_alone(report):
    case = report(others='[{"name": "Robin Vane", "age": "13", "part": "witness"}]').case
    assert keys_of("robin vane") == [case.pk]
    assert keys_of("witness") == keys_of("name") == []


def test_what_was_put_right_is_found_as_it_is_now(report, amara, both_plans):
    case = report().case
    known = {"part": "affected", "name": "Jonas", "handle": "", "age": "", "notes": "", "young_person": None}
    case.add_person(by=amara, **known)
    person = case.people.get()
    report()  # another, so that the index is asked
    case.change_person(person, person.changed_at, by=amara, why="Misheard", **(known | {"name": "Tobias"}))
    assert both_plans("tobias") == [{case.pk}] * 2
    assert both_plans("jonas") == [set()] * 2


def test_an_erased_record_is_not_found(report, amara, both_plans):
    kept, gone = report(facts="A giraffe").case, report(facts="A giraffe").case
    gone.write("note", "An elephant", gone.filed_at, by=amara)
    with event("erase", by="the tests"):
        keys.erase(gone.reports.get().root)
    assert both_plans("giraffe") == [{kept.pk}] * 2
    assert both_plans("elephant") == [{gone.pk}] * 2  # that is the case's own, under its own key
    with event("erase", by="the tests"):
        keys.erase(gone.root)
    assert both_plans("elephant") == [set()] * 2
    assert not IndexedPlace.objects.filter(subject=gone.pk).exists()
    assert not IndexedRecord.objects.filter(subject=gone.pk).exists()
    call_command("reindex", stdout=StringIO())
    assert both_plans("giraffe") == [{kept.pk}] * 2
    assert both_plans("erased") == [set()] * 2


def test_nothing_stays_of_what_was_not_saved(report):
    with pytest.raises(ZeroDivisionError), event("open", by="the tests"):
        case = report(facts="A giraffe").case
        assert keys_of("giraffe") == [case.pk]
        raise ZeroDivisionError
    assert keys_of("giraffe") == []


def test_the_index_can_be_made_again(report, amara, capsys, monkeypatch):
    monkeypatch.setattr("harmony.encryption.management.commands.reindex.A_PIECE", 2)
    cases = [report(facts=f"Giraffe number{n}").case for n in range(5)]
    cases[0].write("note", "An elephant", cases[0].filed_at, by=amara)
    before = as_it_stands()
    IndexedPlace.objects.all().delete()
    IndexedRecord.objects.filter(subject=cases[1].pk).delete()
    IndexedRecord.objects.filter(subject=cases[2].pk).update(tokens="wrong")
    call_command("reindex")
    assert as_it_stands() == before
    assert "11 rows are in the search." in capsys.readouterr().out
    assert set(keys_of("giraffe")) == {case.pk for case in cases}


def as_it_stands():
    places = IndexedPlace.objects.values_list("subject", "root", "row", "place", "tokens")
    return set(places), set(IndexedRecord.objects.values_list("subject", "tokens"))


def test_the_newest_come_first_and_a_lot_is_said_to_be_one(report, monkeypatch):
    filed = [report(facts="Giraffe", at=now() - timedelta(days=n)).case.pk for n in (3, 1, 2)]
    newest = [filed[1], filed[2], filed[0]]
    monkeypatch.setattr(search, "FEW", 0)
    for a_lot, expected in ((1000, (newest, False)), (3, (newest, False)), (2, (newest[:2], True))):
        monkeypatch.setattr(search, "A_LOT", a_lot)
        assert found("giraffe", Case.objects.all(), newest="-filed_at") == expected


def test_whoever_sees_few_has_only_those_looked_through(report):
    """What they may not see is not in the question: it neither counts nor takes time."""
    mine = report(facts="Giraffe").case
    report(facts="Giraffe")
    with CaptureQueriesContext(connection) as asked:
        assert keys_of("giraffe", Case.objects.filter(pk=mine.pk)) == [mine.pk]
    [lookup] = [one["sql"] for one in asked if IndexedRecord._meta.db_table in one["sql"]]
    assert mine.pk.hex in lookup.replace("-", "") and "encryption_index " not in lookup


@pytest.mark.django_db(transaction=True)
def test_no_word_lies_in_the_index(report, amara):
    word, name = "xylophonist", "Quentin"
    case = report(facts=f"An {word} came", who=name).case
    case.write("note", f"{word} {name}", case.filed_at, by=amara)
    assert keys_of(word) == [case.pk]
    held = b"".join(_bytes()).lower()
    stem = tokens._stem(word)
    assert tokens.of(word, tokens.own_key()).encode() in held  # we do look where the tokens are
    for text in (word, stem, name.lower()):
        assert text.encode() not in held


def _bytes():
    """The whole file of SQLite, and what is not yet in it; every row and index entry of PostgreSQL that we can read."""
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        return [path.read_bytes() for path in (file, file.with_name(f"{file.name}-wal")) if path.exists()]
    with connection.cursor() as cursor:
        rows = []
        for table in ("encryption_indexedplace", "encryption_indexedrecord"):
            cursor.execute(f"SELECT held::text FROM {table} AS held")
            rows += [row.encode() for (row,) in cursor.fetchall()]
    return rows


def test_a_key_is_made_once_and_rotates_with_the_others(report):
    case = report(facts="Giraffe").case
    assert keys.for_reading({tokens.INDEX})[tokens.INDEX] == tokens.own_key()
    assert keys_of("giraffe") == [case.pk]


def test_two_reports_of_one_case_share_a_line(report, sam):
    case = report(facts="Giraffe").case
    with event("file", by=sam):
        Report.objects.create(
            author=sam, form_key=uuid4(), case=case, status="filed", filed_at=case.filed_at, danger="no",
            about_us=False, who="Zed", facts="Elephant",
        )  # fmt: skip
    assert keys_of("giraffe elephant") == [case.pk]
    line = IndexedRecord.objects.get(subject=case.pk).tokens.split()
    assert line == sorted(set(chain(*(one.tokens.split() for one in IndexedPlace.objects.filter(subject=case.pk)))))
