"""`manage.py begin`: a real start."""

from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command

from harmony.audit import book
from harmony.audit.events import event
from harmony.organisation.models import HelpContact, Organisation
from harmony.people.models import Invitation, User

pytestmark = pytest.mark.django_db
TOLD = {
    "organisation": "Harbour Youth",
    "chair": "Gwen Price",
    "chair_email": "Gwen@harbour.example",
    "dso": "Amara Okafor",
    "dso_email": "amara@harbour.example",
}


def test_a_real_start_makes_the_organisation_and_two_links(capsys):
    call_command("begin", **TOLD)
    printed = capsys.readouterr().out
    assert Organisation.current().name == "Harbour Youth" and not Organisation.current().is_demo
    assert HelpContact.objects.filter(code="nspcc").exists()
    gwen, amara = (User.objects.get(email=f"{who}@harbour.example") for who in ("gwen", "amara"))
    assert gwen.holds("chair") and amara.holds("dso") and not gwen.is_active
    for name, user in (("Gwen Price", gwen), ("Amara Okafor", amara)):
        (line,) = [line for line in printed.splitlines() if line.strip().startswith(f"{name}: ")]
        token = urlsplit(line.split(": ", 1)[1]).path.split("/")[-2]
        assert Invitation.objects.opened_by(token).get().user == user
    assert list(book.breaks()) == []


def test_a_start_is_refused_once_anyone_is_here(sam):
    with pytest.raises(CommandError, match="Somebody has begun here already"):
        call_command("begin", **TOLD)


def test_the_demo_says_how_to_make_room_for_a_real_start():
    with event("demo", by="the tests"):
        Organisation.objects.create(id=Organisation.current().pk, name="HARMONY", is_demo=True)
    with pytest.raises(CommandError, match="holds the demo"):
        call_command("begin", **TOLD)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"organisation": ""},
        {"organisation": "x" * 101},
        {"chair": "two\nlines"},
        {"dso": "a\0b"},
        {"chair_email": "not an address"},
        {"dso_email": "gwen@HARBOUR.example"},
    ],
)
def test_answers_that_make_no_sense_are_refused_and_nothing_is_made(wrong):
    with pytest.raises(CommandError):
        call_command("begin", **TOLD | wrong)
    assert not Organisation.objects.exists() and not User.objects.exists()
