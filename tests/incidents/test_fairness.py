"""Hate as a part of a case; and whether all are answered alike, without anybody who works cases reading who was harmed (S12)."""

import pytest
from django.urls import reverse

from harmony.audit.models import Entry
from incidents.fairness import figures
from incidents.models import Case, Monitoring

from .conftest import AT, HOUR, WEIGHED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
ANSWERS = {"age": "11", "sex": "f", "ethnicity": "black", "disability": ""}


@pytest.fixture
def una(person):
    return person("Una Audit", "auditor", kind="trustee")


def test_times_of_a_group_show_from_five_on_and_counts_never(report, amara, una):
    for number in range(5):
        case = report(at=AT).case
        case.acknowledge(by=amara, at=AT + HOUR)
        case.triage(**WEIGHED, by=amara, at=AT + 3 * HOUR)
        sex = "f" if number < 4 else "m"
        Monitoring.of(case).take(**ANSWERS | {"sex": sex}, by=amara)
    shown = {row.group: row for _question, rows in figures(una, AT + 9 * HOUR) for row in rows}
    assert (shown["11 to 13"].read, shown["11 to 13"].weighed) == ("1 hour", "3 hours")
    assert {shown["Girl or woman"].read, shown["Boy or man"].read, shown["Yes"].read} == {"Fewer than 5"}
    assert shown["11 to 13"].told == "Fewer than 5"  # it has happened to none
    Monitoring.of(case).take(**ANSWERS | {"sex": "f"}, by=amara)  # anew, in the place of what was there
    assert Monitoring.objects.count() == 5
    shown = {row.group: row for _question, rows in figures(una, AT + 9 * HOUR) for row in rows}
    assert shown["Girl or woman"].read == "1 hour"


def test_nobody_who_works_cases_reads_an_answer(triaged, sign_in, amara, una, sam):
    client = sign_in(amara)
    form = reverse("incidents:monitoring", args=[triaged.pk])
    assert client.post(form, ANSWERS).status_code == 302
    again = client.get(form).content.decode()
    assert "selected" not in again.replace('<option value="" selected>', "")
    assert not Entry.objects.filter(root=triaged.root.hex, table_name=Monitoring._meta.db_table).exists()
    assert client.get(reverse("incidents:fairness")).status_code == 404
    assert sign_in(sam).get(reverse("incidents:fairness")).status_code == 404
    page = sign_in(una).get(reverse("incidents:fairness"))
    assert page.status_code == 200 and "Fewer than 5" in page.content.decode()


def test_that_hate_played_a_part_is_said_with_its_grounds_and_why(triaged, sign_in, amara):
    client = sign_in(amara)
    form = reverse("incidents:hate", args=[triaged.pk])
    assert "Say why, in a sentence." in client.post(form, {"hate": "yes"}).content.decode()
    client.post(
        form, {"hate": "maybe", "hate_grounds": ["faith", "race"], "hate_why": "She thinks so: he named her scarf."}
    )
    case = Case.objects.get(pk=triaged.pk)
    assert (case.hate, set(case.hate_grounds.split())) == ("maybe", {"faith", "race"})
    assert "Faith or belief" in case.hate_in_words
    assert "he named her scarf" in case.entries.get(kind="decision").words
    assert "he named her scarf" in client.get(case.get_absolute_url()).content.decode()
