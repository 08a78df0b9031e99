"""Each quarter: everybody with what they may do, each confirmed, changed or ended by somebody else, signed off and kept."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from harmony.audit.events import event
from harmony.audit.transitions import Refused
from harmony.home import reviews
from harmony.home.models import AccessLine, AccessReview
from harmony.notifications import waits
from harmony.notifications.models import Notice
from harmony.people.models import Appointment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # a Tuesday
PAGE = reverse("home:access_reviews")


def words(response):
    return response.content.decode()


@pytest.fixture
def review(amara, ruth, sol, sam):
    with event("set up", by=amara, about=amara):
        Authenticator.objects.create(user=amara, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return reviews.make(AT)


@pytest.fixture
def as_(client):
    def enter(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter


def line_of(review, user):
    return review.lines.select_related("user", "review").get(user=user)


def test_a_page_shows_everybody_and_each_answer_is_kept_as_it_was(review, amara, ruth, sol, sam, as_):
    client = as_(sol)
    page = words(client.get(PAGE))
    assert "October to December 2026: 4 people left" in page and "Designated safeguarding officer" in page
    assert PAGE in words(client.get(reverse("people:people")))
    for user in (amara, ruth, sam):
        client.post(reverse("home:decide_access", args=[line_of(review, user).pk]), {"decision": "confirmed"})
    answer = client.post(reverse("home:sign_access_review", args=[review.pk]))
    assert "Look at each person first: 1 are left." in words(answer)
    kept = line_of(review, amara)
    assert (kept.decided_by, kept.second_proof) == (sol, True) and "Designated" in kept.rights
    assert client.post(reverse("home:decide_access", args=[line_of(review, sol).pk]), {"decision": "ended"}).status_code
    assert line_of(review, sol).decision == ""  # never one's own
    line_of(review, sol).decide("changed", by=ruth)
    client.post(reverse("home:sign_access_review", args=[review.pk]))
    review.refresh_from_db()
    assert (review.status, review.signed_by) == ("signed", sol)
    with event("end", by=ruth, about=amara):
        Appointment.objects.filter(user=amara).update(ends_on=AT.date() - timedelta(days=1))
    assert "Designated safeguarding officer" in words(client.get(reverse("home:access_review", args=[review.pk])))
    assert as_(sam).get(PAGE).status_code == 404


def test_nobody_confirms_themselves_and_what_is_signed_stays(review, amara, ruth, sol, sam):
    with pytest.raises(PermissionDenied):
        line_of(review, sol).decide("confirmed", by=sol)
    with pytest.raises(PermissionDenied):
        line_of(review, sol).decide("confirmed", by=amara)
    with pytest.raises(Refused):
        review.sign_off(by=ruth)
    with pytest.raises(IntegrityError), transaction.atomic(), event("forge", by=ruth):
        AccessReview.objects.update(status="signed", signed_at=AT, signed_by=ruth)
    for line in review.lines.select_related("user", "review"):
        line.decide("confirmed", by=sol if line.user == ruth else ruth)
    review.sign_off(by=ruth)
    with pytest.raises(IntegrityError), transaction.atomic(), event("forge", by=ruth):
        AccessLine.objects.update(decision="ended")


def test_they_are_reminded_each_week_until_it_is_signed_and_the_next_follows(review, amara, ruth, sol, sam):
    waits.climb(AT, reviews.WAITS)
    waits.climb(AT + timedelta(days=1), reviews.WAITS)
    waits.climb(AT + timedelta(days=7), reviews.WAITS)
    told = Notice.objects.filter(clock=reviews.CLOCK)
    assert {one.recipient for one in told} == {ruth, sol} and told.count() == 4
    assert reviews.make(AT + timedelta(days=60)) is None  # this one goes on
    for line in review.lines.select_related("user", "review"):
        line.decide("confirmed", by=sol if line.user == ruth else ruth)
    review.sign_off(by=ruth, at=AT + timedelta(days=8))
    assert not told.filter(stopped_at=None).exists()
    assert reviews.make(AT + timedelta(days=9)) is None  # this quarter has been looked at
    assert reviews.make(AT + timedelta(days=60)).quarter == "January to March 2027"
