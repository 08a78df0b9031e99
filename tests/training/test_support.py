"""Support after distressing work: offered in ticks, answered or not, seen by two, and on no ladder (S23, R46)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.audit.transitions import StateMoved
from harmony.notifications import waits
from harmony.notifications.models import Notice
from harmony.people.models import Relationship
from training import notices
from training.models import Support

from .test_pages import page

pytestmark = pytest.mark.django_db


def test_it_is_offered_in_ticks_and_answered_by_whom_it_is_for(client, ruth, amara, maria):
    client.force_login(ruth)
    asked = client.get(page("offer_support", amara.pk)).content.decode()
    assert "<textarea" not in asked and "Only the two of you see this." in asked
    assert "Tick at least one." in client.post(page("offer_support", amara.pk), {}).content.decode()
    assert client.post(page("offer_support", amara.pk), {"helps": ["talk", "rest"]}).status_code == 302
    one = Support.objects.get()
    assert "Not answered yet" in client.get(page("support", one.pk)).content.decode()
    client.force_login(amara)
    shown = client.get(page("support", one.pk)).content.decode()
    assert "Ruth Hale offers you support" in shown and "A talk with me" in shown and "You need not answer" in shown
    assert "Both are fine." in client.post(page("support", one.pk), {}).content.decode()
    assert client.post(page("support", one.pk), {"says": "taken"}).status_code == 302
    assert "Yes, thank you" in client.get(page("my_supervision")).content.decode()
    assert client.post(page("support", one.pk), {"says": "declined"}).status_code in (200, 409)
    assert Support.objects.get().status == "taken"


def test_nobody_else_learns_of_it(client, ruth, amara, gwen, tom, maria):
    one = Support.make(amara, ["line"], by=ruth)
    for reader in (gwen, tom, maria):
        client.force_login(reader)
        assert client.get(page("support", one.pk)).status_code == 404
        for name in ("supervisions", "my_supervision"):
            assert "counselling" not in client.get(page(name)).content.decode()
    assert {(told.recipient, told.sentence) for told in Notice.objects.filter(kind="support")} == {
        (amara, "support_offered")
    }
    one.take(by=amara)
    assert Notice.objects.get(kind="support", sentence="support_answered").recipient == ruth


def test_only_whoever_leads_them_offers_and_only_they_answer(ruth, amara, sam, leah):
    with pytest.raises(PermissionDenied):
        Support.make(leah, ["talk"], by=sam)
    with pytest.raises(PermissionDenied):
        Support.make(amara, ["talk"], by=amara)
    Relationship(user=sam).declare("manager", other=leah, by=sam)
    one = Support.make(leah, ["talk"], by=sam)
    with pytest.raises(PermissionDenied):
        one.take(by=sam)
    one.decline(by=leah)
    with pytest.raises(StateMoved):
        one.take(by=leah)
    with pytest.raises(IntegrityError, match="Offer it anew"), event("try", by="the tests"), transaction.atomic():
        Support.objects.update(status="taken")


def test_no_clock_runs(ruth, amara):
    Support.make(amara, ["talk"], by=ruth)
    waits.climb(now() + timedelta(days=200), notices.WAITS)
    assert Notice.objects.filter(kind="support").count() == 1
