"""The page to check and the page after sending: whom they offer, in which order, and at what times."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.look.words import by
from harmony.organisation.models import HelpContact
from harmony.people.models import OnCall
from incidents.kinds import Track
from incidents.promises import promise_for
from incidents.views.phrases import promised

from .test_reporting_pages import at, file, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation", "numbers")]


@pytest.fixture
def outside_lines():
    with event("set up", by="the tests"):
        HelpContact.objects.create(code="lado", name="Northbrook LADO", phone="01632 960 991", hours="always")


def sent(client, report):
    return words(client.post(at("report_send", report), follow=True))


def in_order(page, *said):
    places = [page.index(one) for one in said]
    return places == sorted(places)


def test_once_it_is_sent_only_people_who_can_read_it_are_offered(staff, amara, leah):
    about_us = sent(staff, file(staff, about_us="yes", named=[str(leah.pk)]))
    assert "960 124" in about_us and "960 126" in about_us  # DSO and senior lead
    assert "960 125" not in about_us and "Tom Ellery" not in about_us  # the deputy does not read it
    about_a_child = sent(staff, file(staff))
    assert "960 125" in about_a_child and "960 126" not in about_a_child


def test_our_own_come_first_and_lines_outside_have_a_heading(staff, outside_lines):
    page = sent(staff, file(staff)).split("<main")[1].split("</main")[0]
    assert in_order(
        page,
        "What happens next",
        "Until it is read",
        "ring one of us",
        "960 124",
        "Or ring somebody outside",
        "960 991",
    )


def test_without_cover_the_button_stands_above_the_numbers(staff, outside_lines):
    page = words(staff.get(at("report_check", file(staff)))).split("<main")[1]
    assert in_order(page, "Nobody is on call in the days ahead", "Send report", "960 991")


def test_looked_at_a_day_later_the_times_are_told_from_then(amara):
    a_day_ago = now() - timedelta(days=1)
    with event("set up", by="the tests"):
        OnCall.objects.create(
            user=amara, phone="01632 960 124", starts_at=a_day_ago - timedelta(hours=1), ends_at=now()
        )
    due = promise_for(Track.CHILD, pressing=True, at=a_day_ago).by
    assert promised(Track.CHILD, pressing=True, at=a_day_ago).read_by == by(due)


@pytest.mark.parametrize("page", ["home:front", "incidents:begin"])
def test_how_long_it_takes_is_the_same_everywhere(staff, page):
    assert "minutes" not in words(staff.get(reverse(page))).replace("It takes about 5 minutes", "").split("<main")[1]
