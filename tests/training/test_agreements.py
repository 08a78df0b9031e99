"""The online agreement: signed once by a link or on paper, in versions, and who has not, by group (S16)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from harmony import between
from harmony.audit.events import event
from harmony.audit.models import Entry
from harmony.audit.transitions import Refused
from harmony.people.models import Group, GroupMember
from training import agreeing
from training.access import BY_LINK
from training.models import Agreed, Agreement, AgreementLink

from .test_pages import boxes, page

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture
def text(amara):
    one = Agreed()
    one.write("We are kind online.", by=amara)
    return one


def signs(client, token, **said):
    words = client.get(page("sign_agreement", token)).context["form"].text.pk.hex
    return client.post(page("sign_agreement", token), {"says": "yes", "who": "Zed", "words": words} | said)


def where(young_person):
    return agreeing.of_each([young_person.pk])[young_person.pk][0]


def test_a_young_person_signs_once_by_their_link_and_reads_it_again(client, zed, text, leah):
    client.force_login(leah)
    shown = client.post(page("agreement_link", zed.pk), {"to": ""}).content.decode()
    token = shown.split("/training/agreement/yours/")[1].split("/")[0]
    client.logout()
    assert client.get(page("agreement", token)).url == page("sign_agreement", token)
    asked = client.get(page("sign_agreement", token)).content.decode()
    assert "Zed, this is how we are online" in asked and "Zed A" not in asked and text.words in asked
    wrong = client.post(page("sign_agreement", token), {"says": "", "who": "Zed", "words": "old"}).content.decode()
    assert "Choose one." in wrong and "The words have changed." in wrong and 'value="Zed"' in wrong
    assert signs(client, token).url == page("agreement", token)
    assert text.words in client.get(page("agreement", token)).content.decode()
    assert client.get(page("sign_agreement", token)).status_code == 404
    one = Agreement.objects.get()
    assert (one.says, one.how, one.who, one.text) == ("yes", "link", "Zed", text)
    assert Entry.objects.filter(verb="sign", actor_name="holder of link").exists()
    assert where(zed) == agreeing.Stands.AGREED


def test_a_link_ends_after_two_weeks_and_with_a_newer_one(client, zed, text, leah):
    _old, late = AgreementLink.make(zed, by=leah, at=now() - 15 * A_DAY)
    _first, first = AgreementLink.make(zed, by=leah)
    _second, second = AgreementLink.make(zed, by=leah)
    codes = {token: client.get(page("sign_agreement", token)).status_code for token in (late, first, second, "guess")}
    assert codes == {late: 404, first: 404, second: 200, "guess": 404}


def test_whoever_wants_to_talk_first_is_not_counted_as_agreed(client, zed, makers, text, leah):
    _link, token = AgreementLink.make(zed, by=leah)
    signs(client, token, says="talk")
    assert "Somebody you know here will come to you." in client.get(page("agreement", token)).content.decode()
    assert where(zed) == agreeing.Stands.TALK and agreeing.by_group([makers]) == {makers.pk: (0, 1)}
    client.force_login(leah)
    shown = client.get(page("agreements_in", makers.pk)).content.decode()
    assert "Wants to talk first" in shown and "They signed on paper" in shown


def test_on_paper_somebody_says_where_the_sheet_is(client, zed, makers, text, leah, sam):
    told = {"says": "yes", "who": "Zed A", "kept": "Green folder"} | boxes("signed_on", localdate())
    client.force_login(sam)
    assert client.post(page("agreement_paper", zed.pk), told).status_code == 404
    client.force_login(leah)
    missing = client.post(page("agreement_paper", zed.pk), told | {"kept": ""})
    assert missing.status_code == 200 and not Agreement.objects.exists()
    assert client.post(page("agreement_paper", zed.pk), told).url == page("agreements_in", makers.pk)
    shown = client.get(page("agreements_in", makers.pk)).content.decode()
    assert "Green folder" in shown and "Has agreed" in shown


def test_it_leads_back_to_a_group_that_its_reader_sees(client, zed, makers, text, leah, sol):
    other = Group()
    other.add("Arts", "", by=sol)
    GroupMember(group=other, young_person=zed).join(localdate() - 400 * A_DAY, by=sol)
    client.force_login(leah)
    asked = client.get(page("agreement_link", zed.pk)).content.decode()
    assert page("agreements_in", makers.pk) in asked and page("agreements_in", other.pk) not in asked


def test_a_new_text_is_signed_anew_and_the_old_stays(zed, text, amara):
    Agreement(young_person=zed, text=text, how="paper").sign("yes", localdate(), "Zed", "Folder", by=amara)
    newer = Agreed()
    newer.write("We are kind. We ask first.", by=amara)
    assert newer.number == 2 and where(zed) == agreeing.Stands.BEFORE
    with pytest.raises(IntegrityError, match="stays as it was"), event("try", by="the tests"), transaction.atomic():
        Agreed.objects.filter(pk=text.pk).update(words="Other")
    with pytest.raises(IntegrityError, match="stays as it was"), event("try", by="the tests"), transaction.atomic():
        Agreement.objects.update(says="talk")


def test_nobody_signs_for_somebody_elses_link_nor_asks_without_words(zed, leah, sam, amara):
    with pytest.raises(Refused, match="Write the agreement first"):
        AgreementLink.make(zed, by=leah)
    text = Agreed()
    text.write("We are kind online.", by=amara)
    with pytest.raises(PermissionDenied):
        AgreementLink.make(zed, by=sam)
    link, _token = AgreementLink.make(zed, by=leah)
    with pytest.raises(PermissionDenied):
        link.sign(text, "yes", "Zed", by=leah)
    with pytest.raises(PermissionDenied):
        Agreement(young_person=zed, text=text, how="paper").sign("yes", localdate(), "Zed", "", by=BY_LINK)


def test_who_has_not_is_counted_for_all_and_named_for_those_who_know_them(client, zed, makers, text, leah, sam, maria):
    for reader, named in ((leah, True), (sam, False), (maria, False)):
        client.force_login(reader)
        shown = client.get(page("agreements")).content.decode()
        assert "0 of 1 have agreed." in shown and (page("agreements_in", makers.pk) in shown) is named
        assert client.get(page("agreements_in", makers.pk)).status_code == (200 if named else 404)
    assert [one.tone for one in between.proofs(None, now()) if one.of == "S16"][-1] == "amber"


def test_the_words_are_written_by_those_who_keep_this(client, leah, amara):
    client.force_login(leah)
    assert client.get(page("write_agreement")).status_code == 404
    client.force_login(amara)
    assert client.post(page("write_agreement"), {"words": "We are kind online."}).status_code == 302
    assert "Version 1" in client.get(page("agreements")).content.decode()
    assert "We are kind online." in client.get(page("write_agreement")).content.decode()


def test_an_e_mail_holds_the_link_and_no_name(client, organisation, zed, text, leah):
    client.force_login(leah)
    assert client.post(page("agreement_link", zed.pk), {"to": "zed@example.org"}).status_code == 302
    [letter] = mail.outbox
    assert "/training/agreement/yours/" in letter.body and "Zed" not in letter.body + letter.subject
    assert "change your mind" not in letter.body
    assert client.post(page("agreement_link", zed.pk), {"to": "nobody"}).status_code == 200
