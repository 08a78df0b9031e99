"""The yearly review: whoever looks after a policy hears in time, the chair hears when it is late, sign-off makes the next."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from harmony.audit.events import event
from harmony.audit.transitions import StateMoved
from harmony.notifications import waits
from harmony.notifications.models import Notice
from policies.models import Review
from policies.models.reviews import due_after

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def heard(user, review):
    return list(
        Notice.objects.filter(recipient=user, about=review.pk).order_by("created_at").values_list("sentence", flat=True)
    )


def test_after_366_days_without_review_the_chair_has_been_told(publish, policy, amara, ruth, gwen):
    approved = due_after(localdate() - timedelta(days=400), timedelta())  # nine in the morning
    version = publish(of=policy(at=approved), at=approved)
    review = version.policy.reviews.get()
    assert localdate(review.due_at) == localdate(approved) + timedelta(days=365)
    told = []
    for days in (300, 306, 336, 359, 365.5, 366.5, 373.5, 380.5):
        waits.climb(approved + A_DAY * days)
        waits.climb(approved + A_DAY * days)
        told.append((len(heard(amara, review)), len(heard(ruth, review)), len(heard(gwen, review))))
    assert told == [(0, 0, 0), (1, 0, 0), (2, 0, 0), (3, 0, 0), (4, 1, 0), (5, 2, 1), (6, 3, 2), (7, 4, 3)]
    assert heard(gwen, review)[0] == "policy_review_late"


def test_signing_off_makes_the_next_one_and_ends_the_reminders(publish, policy, amara, tom, gwen, ruth):
    approved = now() - timedelta(days=370)
    version = publish(of=policy(at=approved), at=approved)
    review = version.policy.reviews.get()
    waits.climb(now())
    with pytest.raises(StateMoved):
        review.sign_off(by=gwen)
    review.minute("We read it line by line.", "keep", by=tom)
    for somebody in (tom, amara, ruth):  # who prepared it; who writes; who is not of the board
        with pytest.raises(PermissionDenied):
            review.sign_off(by=somebody)
    review.sign_off(by=gwen)
    following = version.policy.reviews.exclude(pk=review.pk).get()
    assert following.since == localdate() and localdate(following.due_at) == localdate() + timedelta(days=365)
    count = Notice.objects.filter(about=review.pk).count()
    waits.climb(now() + A_DAY * 30)
    assert count and Notice.objects.filter(about=review.pk).count() == count
    assert [list(row) for row in review.counted] and all(isinstance(count, int) for _what, count in review.counted)
    with pytest.raises(IntegrityError, match="stays as it was"), event("try", by=gwen), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(decision="amend")


def test_it_can_be_called_early_with_a_reason_and_never_late(publish, amara, gwen):
    review = publish().policy.reviews.get()
    review.call_early("case", by=amara, why="Two cases in one week.")
    assert localdate(review.due_at) == localdate() + timedelta(days=14)
    review.call_early("guidance", by=amara, why="A new edition.", at=now() + A_DAY * 10)
    assert localdate(review.due_at) == localdate() + timedelta(days=14)


def test_the_pages_lead_from_the_facts_to_the_signature(client, organisation, publish, amara, gwen, sam):
    review = publish().policy.reviews.get()
    page = reverse("policies:review", args=[review.pk])
    client.force_login(amara)
    assert "Online safety" in client.get(reverse("policies:reviews")).content.decode()
    assert "Write the minutes" in client.get(page).content.decode()
    client.post(reverse("policies:early_review", args=[review.pk]), {"because": "case", "why": "It came up."})
    empty = client.post(reverse("policies:minute_review", args=[review.pk]), {"minutes": "Kept words"}).content.decode()
    assert "Kept words" in empty and "error" in empty
    client.post(reverse("policies:minute_review", args=[review.pk]), {"minutes": "We met.", "decision": "amend"})
    assert client.post(reverse("policies:sign_review", args=[review.pk])).status_code == 403
    client.force_login(gwen)
    client.post(reverse("policies:sign_review", args=[review.pk]))
    shown = client.get(page).content.decode()
    assert "Signed off" in shown and "Gwen Price" in shown and "We met." in shown and "Versions published" in shown
    client.force_login(sam)
    assert client.get(page).status_code == 404
