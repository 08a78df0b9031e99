"""The inbox in a real browser: on a phone and on a screen, with its rules of accessibility."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from harmony.notifications.models import Delivery
from tests.browser import axe, fits, shot

pytestmark = [pytest.mark.needs("Chromium"), pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_inbox(page, site, organisation, told, amara, tom, case, width):
    told(amara, urgent=True, due=now() + timedelta(hours=1))
    told(amara, rung=1, clock="triage", sentence="case_late", urgent=True, due=now() - timedelta(hours=1))
    told(tom, urgent=True)
    Delivery.objects.filter(notice__recipient=tom).update(status="dead")
    window = page(width=width, user=amara, site=site)
    for name in ("", "quiet-hours/", "not-sent/"):
        window.goto(f"{site}/inbox/{name}")
        axe(window)
        fits(window)
        shot(window, f"inbox-{name.strip('/')}-{width}")


def test_a_message_is_marked_without_scripts(page, site, organisation, told, amara):
    told(amara)
    window = page(width=390, user=amara, site=site, scripts=False)
    window.goto(site + "/inbox/")
    window.get_by_role("button", name="Mark as read").click()
    window.get_by_role("heading", name="Inbox").wait_for()
