"""A link that goes to a family by e-mail."""

import pytest
from django.urls import reverse

from harmony.audit.events import event
from harmony.people import handing

pytestmark = pytest.mark.django_db
SECOND = "\r\nBcc: somebody@evil.example"


def test_a_name_of_two_lines_adds_nothing_to_the_head_of_a_mail(organisation, mailoutbox):
    with event("try", by="the tests"):
        organisation.name = f"HARMONY{SECOND}"
        organisation.save()
    handing.send("https://safe.example/x", "denise@family.example", 14)
    (mail,) = mailoutbox
    head = mail.message().as_string().split("\n\n")[0]
    assert mail.recipients() == ["denise@family.example"] and "\nBcc:" not in head
    assert mail.subject == "A question for you from HARMONY Bcc: somebody@evil.example"


def test_an_address_of_two_lines_is_none(client, sam, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": f"{sam.email}{SECOND}"})
    assert not mailoutbox
