"""Nothing is published that somebody in the picture did not agree to, and what may not stay is taken down (S22)."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from consent import sweeping
from consent.models import NeverShown, Publication, TakeDown
from harmony.audit import guards
from harmony.audit.events import event
from harmony.audit.transitions import Refused
from incidents.models import Report

pytestmark = pytest.mark.django_db
NOT_AGREED = "Not everybody in this picture has agreed to this use, so it cannot be published there."


def refusal(attempt):
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), event("try", by="the tests"):
        attempt()
    return guards.sentence(caught.value)


def test_a_picture_is_published_where_everybody_in_it_agreed(zed, young, website, agreed, picture, publish):
    ada = young("Ada")
    image = picture(zed, ada)
    agreed(zed, website)
    assert refusal(lambda: publish(image, website)) == NOT_AGREED
    agreed(ada, website)
    publish(image, website)
    assert Publication.objects.standing().get().was_covered


def test_a_yes_to_one_use_is_no_yes_to_another(zed, use, agreed, picture, publish):
    website, poster = use(), use("Poster", "Noticeboards")
    agreed(zed, website)
    assert refusal(lambda: publish(picture(zed), poster)) == NOT_AGREED


def test_the_database_refuses_whoever_goes_round_the_step(zed, website, agreed, picture):
    image, today = picture(zed), localdate()
    put = lambda: Publication.objects.create(image=image, use=website, place="x", published_on=today)
    assert refusal(put) == NOT_AGREED
    consent = agreed(zed, website)
    late = consent.covers_until
    assert (
        refusal(lambda: Publication.objects.create(image=image, use=website, place="x", published_on=late)) is not None
    )
    with event("try", by="the tests"):
        put()
    assert refusal(lambda: Publication.objects.update(published_on=late)) is not None
    assert refusal(lambda: Publication.objects.all().delete()) is not None


def test_a_picture_of_nobody_we_know_of_has_no_line(website, picture, publish):
    with pytest.raises(Refused, match="who is in it"):
        publish(picture(), website)


def test_nothing_goes_out_on_a_channel_that_is_not_approved(zed, website, agreed, picture, publish, amara):
    agreed(zed, website)
    website.channel.stop(by=amara, why="Sold")
    assert "not approved" in refusal(lambda: publish(picture(zed), website))


def test_no_from_either_side_opens_a_task_for_what_is_out(zed, website, agreed, say, picture, publish, noor):
    agreed(zed, website)
    publication = publish(picture(zed), website)
    say(zed, website, young="no")
    task = TakeDown.objects.get()
    assert (task.publication, task.because, task.status) == (publication, "withdrawn", "open")
    assert now() + timedelta(hours=15) < task.due_at
    say(zed, website, parent="no")
    assert TakeDown.objects.count() == 1  # once, until it is down
    task.done("I looked: it is gone.", by=noor)
    assert not Publication.objects.standing().exists()


def test_what_runs_out_is_taken_down(zed, website, agreed, picture, publish, noor):
    then = now() - timedelta(days=300)
    consent = agreed(zed, website, at=then)
    publish(picture(zed), website)
    consent.settle(by="the clock", at=now() + timedelta(days=100))
    assert TakeDown.objects.get().because == "expired"


def test_whoever_is_never_shown_is_not_whatever_was_signed(zed, website, agreed, picture, publish, amara, noor):
    agreed(zed, website)
    publish(picture(zed), website)
    with pytest.raises(PermissionDenied):
        NeverShown(young_person=zed).flag("A court order", by=noor)
    flag = NeverShown(young_person=zed)
    flag.flag("A court order", by=amara)
    assert TakeDown.objects.get().because == "never"
    assert refusal(lambda: publish(picture(zed), website)) == NOT_AGREED
    flag.lift(by=amara, why="The order has ended.")
    publish(picture(zed), website)


def test_somebody_found_in_a_picture_that_is_out_opens_a_task(zed, young, website, agreed, picture, publish, noor):
    agreed(zed, website)
    image = picture(zed)
    publish(image, website)
    image.show(young("Ada"), by=noor)
    assert TakeDown.objects.get().because == "not_asked"


def test_what_is_found_out_there_is_written_down_with_its_task(zed, website, picture, noor):
    found = Publication(image=picture(zed), use=website)
    found.find("a poster in town", localdate(), by=noor)
    assert TakeDown.objects.get().publication == found
    assert Publication.objects.uncovered().get() == found


def test_paper_cannot_be_called_back_and_what_is_online_can(zed, use, agreed, say, picture, publish, noor, sam):
    website, leaflet = use(), use("Leaflet", "Printed leaflets", lasting="paper")
    for one in (website, leaflet):
        agreed(zed, one)
        publish(picture(zed), one)
        say(zed, one, parent="no")
    online, paper = TakeDown.objects.get(publication__use=website), TakeDown.objects.get(publication__use=leaflet)
    with pytest.raises(Refused, match="can be taken down"):
        online.stays("It was shared", by=noor)
    with pytest.raises(PermissionDenied):
        online.done("gone", by=sam)
    online.give(sam, by=noor)
    online.done("gone", by=sam)
    paper.stays("200 were handed out; the rest is pulped.", by=noor)
    assert not TakeDown.objects.open().exists()


def test_a_channel_that_is_stopped_opens_a_task_for_each_place(
    zed, website, use, agreed, picture, publish, amara, noor
):
    poster = use("Poster", "Noticeboards")
    for one in (website, poster):
        agreed(zed, one)
        publish(picture(zed), one)
    website.channel.stop(by=amara, why="Sold")
    task = TakeDown.objects.get()
    assert (task.publication.use, task.because) == (website, "channel")
    with pytest.raises(Refused, match="cannot stay"):
        task.agreed_again("They said so.", by=noor)
    task.done("It is gone.", by=noor)
    with event("try", by="the tests"):  # one that no step has seen
        Publication.objects.filter(use=poster).update()
        type(poster.channel).objects.filter(pk=poster.channel_id).update(
            status="stopped", stopped_at=now(), stopped_because="By hand"
        )
    sweeping.settle(now())
    assert TakeDown.objects.open().get().because == "channel"


def test_what_all_agree_to_again_may_stay(zed, website, agreed, say, picture, publish, noor, amara):
    agreed(zed, website)
    publication = publish(picture(zed), website)
    say(zed, website, young="no")
    task = TakeDown.objects.get()
    with pytest.raises(Refused, match="cannot stay"):
        task.agreed_again("They said so.", by=noor)
    say(zed, website, young="yes")
    task.agreed_again("She signed again on Monday.", by=noor)
    assert Publication.objects.standing().get() == publication and not TakeDown.objects.open().exists()
    say(zed, website, young="no")
    assert TakeDown.objects.open().count() == 1


def test_a_wrong_publication_is_written_into_a_report_of_it(client, zed, website, picture, noor, leah):
    found = Publication(image=picture(zed), use=website)
    found.find("a poster in town", localdate(), by=noor)
    client.force_login(noor)
    page = client.get(reverse("consent:take_down", args=[TakeDown.objects.get().pk])).content.decode()
    link = re.search(r'href="(/report/\?about=[^"]+)"', page)[1]
    assert "Zed" not in link and "is written into your report already" in client.get(link).content.decode()
    blank = client.get(link).context["form"]["form_key"].value()
    client.post(link, {"first": "neither", "form_key": blank})
    report = Report.objects.get(author=noor)
    assert (report.who, report.doors, report.happened_on) == ("Zed A", "our-own", localdate())
    assert "a poster in town" in report.facts and "data breach" in report.facts
    client.force_login(leah)  # whoever may not know of it meets the blank form
    for other in (link, link[:-2] + "xx", "/report/?about=zz"):
        assert "is written into your report already" not in client.get(other).content.decode()
