"""The pages: the question everybody may ask, what was said, and what pictures are wanted for."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from consent.models import Check, Consent, NeverShown, Purpose
from harmony.people.models import Group, GroupMember, GroupWorker

pytestmark = pytest.mark.django_db
CHECK = reverse("consent:check")


def page(name, *args):
    return reverse(f"consent:{name}", args=args)


@pytest.fixture
def group(zed, sam, sol):
    made = Group()
    made.add("Tuesday Makers", "11-13", by=sol)
    GroupMember(group=made, young_person=zed).join(localdate(), by=sol)
    GroupWorker(group=made, user=sam).join(localdate(), by=sol)
    return made


def test_a_worker_hears_yes_or_no_for_each_channel_and_not_why(client, sam, group, zed, use, agreed, say, amara):
    agreed(zed, use("Website", "Our website"))
    say(zed, use("Instagram", "Our Instagram"), parent="no")
    client.force_login(sam)
    answer = client.post(CHECK, {"people": [zed.pk]}).content.decode()
    assert "Yes: Website: Our website" in answer and "No: Instagram: Our Instagram" in answer
    for word in ("parent", "refused", "said no", "not been asked"):
        assert word not in answer.lower().replace("parents", "")
    assert Check.objects.get().user == sam


def test_why_is_the_same_for_a_no_of_any_kind(client, sam, group, zed, website, say, amara):
    client.force_login(sam)

    def answered():
        found = client.post(CHECK, {"people": [zed.pk]}).content.decode()
        return found[found.index('id="h-answer"') : found.index("hm-filter")]

    never_asked = answered()
    say(zed, website, parent="no")
    refused = answered()
    say(zed, website, parent="yes", young="yes")
    NeverShown(young_person=zed).flag("A court order", by=amara)
    assert never_asked == refused == answered()


def test_somebody_may_ask_only_about_those_whose_names_they_see(client, leah, sam, group, zed, young):
    other = young("Ada")
    client.force_login(leah)
    assert "no names to choose" in client.get(CHECK).content.decode()
    client.force_login(sam)
    answer = client.post(CHECK, {"people": [other.pk]})
    assert "Select a valid choice" not in answer.content.decode() and not Check.objects.exists()
    assert "Ada" not in answer.content.decode()


def test_nobody_ticked_is_said_beside_the_question(client, sam, group):
    client.force_login(sam)
    assert "Tick everyone who is in the photo." in client.post(CHECK, {}).content.decode()


def test_a_paper_form_is_written_down_use_by_use(client, noor, zed, use):
    website, poster = use(), use("Poster", "Noticeboards")
    client.force_login(noor)
    told = {"side": "parent", "who": "Denise", "how": "paper", "evidence": "Blue folder", "name_shown": "first"}
    told |= {f"use_{website.pk.hex}": "yes", f"use_{poster.pk.hex}": "no"}
    answer = client.post(page("say", zed.pk), told)
    assert answer.status_code == 302, answer.content.decode()
    said = {one.consent.use: one.says for consent in Consent.objects.all() for one in consent.permissions.all()}
    assert said == {website: "yes", poster: "no"}
    shown = client.get(page("record", zed.pk)).content.decode()
    assert "Denise" in shown and "Blue folder" in shown and "Refused" in shown


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"how": "told"}, "has to be in writing"),
        ({"evidence": ""}, "where the paper is kept"),
        ({"use": ""}, "yes or no to one thing"),
        ({"until_day": "1", "until_month": "1", "until_year": "2020"}, "This day has gone by"),
    ],
)
def test_what_is_missing_is_said_beside_it(client, noor, zed, website, told, says):
    client.force_login(noor)
    use = told.pop("use", "yes")
    answers = {"side": "parent", "who": "Denise", "how": "paper", "evidence": "Folder", "name_shown": "none"} | told
    answer = client.post(page("say", zed.pk), answers | {f"use_{website.pk.hex}": use}).content.decode()
    assert says in answer and "Denise" in answer
    assert not Consent.objects.exists()


def test_why_somebody_is_never_shown_is_read_by_the_dso_line_alone(client, zed, noor, amara, website):
    client.force_login(amara)
    client.post(page("flag", zed.pk), {"because": "A court order"})
    assert "A court order" in client.get(page("record", zed.pk)).content.decode()
    client.force_login(noor)
    shown = client.get(page("record", zed.pk)).content.decode()
    assert "Never to be shown" in shown and "A court order" not in shown
    client.force_login(amara)
    client.post(page("unflag", zed.pk), {"why": "The order has ended."})
    assert not NeverShown.objects.standing().exists()


def test_a_purpose_is_asked_on_approved_channels_alone(client, noor, channel, amara):
    client.force_login(noor)
    client.post(page("add_purpose"), {"name": "Website", "words": "May we?", "months": "12"})
    purpose = Purpose.objects.get()
    good, bad = channel("Our website"), channel("Old page")
    bad.stop(by=amara, why="Sold")
    client.post(page("add_use", purpose.pk), {"channel": bad.pk, "lasting": "online"})
    assert not purpose.uses.exists()
    client.post(page("add_use", purpose.pk), {"channel": good.pk, "lasting": "online"})
    client.post(page("word_purpose", purpose.pk), {"words": "May we, please?", "months": "6"})
    shown = client.get(page("purposes")).content.decode()
    assert "May we, please?" in shown and "Our website" in shown
    client.post(page("end_purpose", purpose.pk))
    assert Purpose.objects.get().status == "ended"
