"""Papers: one person’s record, and everybody’s as at a day, which made later says what it said that evening."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from harmony.documents.making import fingerprint
from harmony.documents.models import Export
from harmony.organisation.models import Organisation
from training.documents import matrix, record

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def test_a_paper_of_a_day_gone_by_has_the_fingerprint_of_the_one_made_that_day(
    organisation, sam, leah, amara, course, done
):
    at = now()
    annual = course("SG-ANN", at=at)
    done(sam, annual, 3, at=at)
    that_day = matrix(organisation, Export(until=localdate(at)), at)
    later = at + 3 * A_DAY
    done(leah, annual, 5, at=later)  # written down afterwards: it was done by then, and nobody knew
    again = matrix(organisation, Export(until=localdate(at)), later)
    assert fingerprint(again) == fingerprint(that_day)
    assert fingerprint(matrix(organisation, Export(until=localdate(later)), later)) != fingerprint(that_day)
    sexting = next(row for row in that_day["topics"] if row[0] == "Sexting")
    assert sexting[1].startswith("1 of ") and "Leah Osei" in sexting[2]


def test_a_record_holds_what_is_needed_and_what_was_done(sam, amara, course, done):
    annual = course()
    done(sam, annual, 3)
    struck = done(sam, annual, 400)
    struck.strike_out(by=amara, why="Not shown")
    said = record(sam, Export(), now())
    assert said["name"] == "Sam" and said["needs"][0][0] == "Course SG-ANN"
    assert [row[3] for row in said["done"]] == ["Amara Okafor"]


@pytest.mark.parametrize(("who", "status"), [("amara", 302), ("sam", 302), ("leah", 404)])
def test_a_record_is_taken_out_by_its_owner_and_by_readers(request, client, sam, who, status):
    client.force_login(request.getfixturevalue(who))
    told = {"purpose": "meeting", "purpose_words": "For my new employer."}
    assert client.post(reverse("documents:ask", args=["training-record", sam.pk]), told).status_code == status


@pytest.mark.needs("Pango")
def test_both_become_a_pdf(client, organisation, sam, amara, course, done):
    from harmony.documents.making import make_waiting

    done(sam, course(), 3)
    client.force_login(amara)
    told = {"purpose": "trustees", "purpose_words": "They meet in May."}
    client.post(reverse("documents:ask", args=["training-record", sam.pk]), told)
    day = {f"until_{part}": getattr(localdate(), part) for part in ("day", "month", "year")}
    client.post(reverse("documents:ask", args=["training-matrix", Organisation.current().pk]), told | day)
    assert make_waiting() == 2
    assert {one.status for one in Export.objects.all()} == {"ready"}
