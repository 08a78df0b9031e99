"""A picture's whole way: a parent signs on a phone, the young person says no to one use, a worker checks a group photo, it is
published, the parent takes it back by the same link, and it is taken down with proof."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils.timezone import localdate

from consent.models import Consent, Purpose, TakeDown
from harmony.people.models import Group, GroupMember, GroupWorker, YoungPerson

from ..platforms.making import listed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs("Chromium"), pytest.mark.journey]
WEBSITE, BOARDS = "Our website", "Noticeboards"


@pytest.fixture
def noor(person):
    return person("Noor Aziz", "consent")


@pytest.fixture
def zed(amara, ruth, noor, sol, sam):
    """Zed and Ada in one group, with whom Sam works; two uses; Ada and her parents have said yes to both."""
    purpose = Purpose()
    purpose.add("Showing what we do", by=noor)
    purpose.word("Anybody can see it there.", 12, by=noor)
    for name in (WEBSITE, BOARDS):
        channel = listed(name, localdate() + timedelta(days=200), amara, ruth)
        purpose.use_on(channel, "online" if name == WEBSITE else "room", by=noor)
    group = Group()
    group.add("Tuesday Makers", "11-13", by=sol)
    GroupWorker(group=group, user=sam).join(localdate(), by=sol)
    both = [YoungPerson(), YoungPerson()]
    for one, name in zip(both, ("Zed A", "Ada B"), strict=True):
        one.add(name, "", None, YoungPerson.Kind.YOUNG_PERSON, by=sol)
        GroupMember(group=group, young_person=one).join(localdate(), by=sol)
    for side in ("parent", "young"):
        said = dict.fromkeys(purpose.uses.all(), "yes")
        Consent.hear_all(both[1], said, side=side, how="paper", who="B", evidence="Folder", by=noor)
    return both[0]


def makes_a_link(keeper, young_person, whom):
    """Its address, which the page shows once."""
    keeper.opens(f"/pictures/permission/{young_person.pk}/")
    keeper.follows("Make a link for them")
    keeper.chooses("For whom?", whom)
    keeper.presses("Make the link")
    return urlsplit(keeper.link("/pictures/yours/").get_attribute("href")).path


def test_from_a_parents_yes_to_the_proof_that_it_is_down(at_a_browser, zed, noor, sam):
    keeper, worker = at_a_browser(noor, looks=True), at_a_browser(sam, 390)
    theirs, own = makes_a_link(keeper, zed, "Parent or carer"), makes_a_link(keeper, zed, "Young person")

    parent = at_a_browser(None, 390, looks=True)
    parent.opens(theirs)
    assert parent.heading == "May we use pictures of Zed?"
    parent.chooses(WEBSITE, "Yes")
    parent.chooses(BOARDS, "Yes")
    parent.window.get_by_label("by law I decide").check()
    parent.types("Your name", "Denise A")
    parent.presses("Send my answers")
    assert parent.heading == "Your answers about pictures of Zed"

    young = at_a_browser(None, 390, scripts=False)
    young.opens(own)
    young.chooses(WEBSITE, "Yes")
    young.chooses(BOARDS, "No")
    young.types("Your name", "Zed")
    young.presses("Send my answers")

    worker.opens("/pictures/")
    for name in ("Zed A", "Ada B"):
        worker.window.get_by_label(name).check()
    worker.presses("Check")
    worker.reads(f"Yes: Showing what we do: {WEBSITE}", f"No: Showing what we do: {BOARDS}")

    keeper.opens("/pictures/register/")
    keeper.follows("Write down a picture")
    keeper.types("What does it show?", "Canoe day, two on the jetty")
    keeper.types("Where is it kept?", "The office drive")
    keeper.presses("Go on to who is in it")
    for name in ("Zed A", "Ada B"):
        keeper.window.get_by_label(name).check()
    keeper.presses("They are in it")
    keeper.follows("It is published")
    keeper.chooses("Where?", f"Showing what we do: {WEBSITE}")
    keeper.types("Where exactly?", "harmony.example/canoe")
    keeper.presses("Write down that it is out")
    keeper.reads("Is out")

    parent.opens(theirs)
    parent.window.get_by_label(f"Showing what we do: {WEBSITE}").check()
    parent.presses("Take it back")
    parent.reads("This link signs once.")

    task = TakeDown.objects.get()
    keeper.opens("/pictures/take-down/")
    keeper.reads("Permission was taken back")
    keeper.follows("Canoe day")
    keeper.types("How do you know?", "I opened the page at noon, and it is gone.")
    keeper.presses("Write down what came of it")
    keeper.reads("Taken down", "it is gone")
    task.refresh_from_db()
    assert task.status == "done" and task.publication.ended_at

    worker.opens("/pictures/")
    for name in ("Zed A", "Ada B"):
        worker.window.get_by_label(name).check()
    worker.presses("Check")
    worker.reads(f"No: Showing what we do: {WEBSITE}")
