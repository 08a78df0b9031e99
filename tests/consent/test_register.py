"""The register of use, page by page; who is told what has to be taken down; and what the days bring."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from consent import notices, sweeping
from consent.models import Image, Publication, TakeDown
from harmony.audit.events import event
from harmony.notifications import waits
from harmony.notifications.models import Notice

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"consent:{name}", args=args)


def test_from_a_picture_to_its_end(client, noor, sam, zed, use, agreed, say):
    website, leaflet = use(), use("Leaflet", "Printed leaflets", lasting="paper")
    agreed(zed, website)
    client.force_login(noor)
    client.post(page("add_image"), {"what": "Canoe day", "kept": "Office drive"})
    image = Image.objects.get()
    client.post(page("who", image.pk), {"people": [zed.pk]})
    place = {"place": "harmony.example/canoe"}
    assert client.post(page("publish", image.pk), place | {"use": leaflet.pk}).status_code == 200
    assert not Publication.objects.exists()
    assert client.post(page("publish", image.pk), place | {"use": website.pk}).status_code == 302
    assert "Is out" in client.get(page("image", image.pk)).content.decode()
    say(zed, website, young="no")
    task = TakeDown.objects.get()
    assert [one.recipient for one in Notice.objects.filter(kind="take_down")] == [noor]
    assert "Canoe day" in client.get(page("take_downs")).content.decode()
    client.post(page("give", task.pk), {"owner": sam.pk})
    client.force_login(sam)
    shown = client.get(page("take_down", task.pk)).content.decode()
    assert "harmony.example/canoe" in shown and "Zed" not in shown and "cannot be called back" not in shown
    assert "Say how you know." in client.post(page("take_down", task.pk), {"came": "done"}).content.decode()
    client.post(page("take_down", task.pk), {"came": "done", "proof": "I looked: it is gone."})
    task.refresh_from_db()
    assert (task.status, Publication.objects.standing().exists()) == ("done", False)
    assert not Notice.objects.filter(kind="take_down", stopped_at=None).exists()


def test_what_is_found_is_written_down_and_printed_paper_may_stay(client, noor, zed, use, picture):
    leaflet = use("Leaflet", "Printed leaflets", lasting="paper")
    client.force_login(noor)
    image, today = picture(zed), localdate()
    day = {f"published_on_{part}": getattr(today, part) for part in ("day", "month", "year")}
    client.post(page("found", image.pk), {"use": leaflet.pk, "place": "a shop window"} | day)
    task = TakeDown.objects.get()
    assert "cannot be called back" in client.get(page("take_down", task.pk)).content.decode()
    client.post(page("take_down", task.pk), {"came": "stays", "proof": "The rest is pulped."})
    task.refresh_from_db()
    assert task.status == "stays"


def test_a_task_that_nobody_was_given_is_not_there_for_others(client, leah, noor, zed, website, picture):
    found = Publication(image=picture(zed), use=website)
    found.find("a poster", localdate(), by=noor)
    client.force_login(leah)
    assert client.get(page("take_down", TakeDown.objects.get().pk)).status_code == 404


def test_a_task_that_is_late_climbs_to_the_dso_line_once(noor, amara, tom, zed, website, picture):
    found = Publication(image=picture(zed), use=website)
    found.find("a poster", localdate(), by=noor)
    task = TakeDown.objects.get()
    half = (task.due_at - task.opened_at) / 2
    told = lambda: [
        one.recipient.name for one in Notice.objects.filter(clock="take_down").order_by("rung", "created_at")
    ]
    for at in (task.due_at - timedelta(hours=1), task.due_at, task.due_at, task.due_at + half, task.due_at + half):
        waits.climb(at, [notices.WAIT])
    assert sorted(told()) == sorted(["Noor Aziz", "Noor Aziz", "Amara Okafor", "Tom Ellery"])
    task.done("It is gone.", by=noor)
    waits.climb(task.due_at + 4 * half, [notices.WAIT])
    assert len(told()) == 4


def test_what_runs_out_overnight_is_found_and_twice_is_once(zed, website, agreed, picture, publish):
    consent = agreed(zed, website, at=now() - timedelta(days=300))
    publish(picture(zed), website)
    later = now() + timedelta(days=100)
    for _twice in range(2):
        sweeping.settle(later)
    consent.refresh_from_db()
    assert (consent.status, TakeDown.objects.get().because) == ("expired", "expired")


def test_a_row_that_was_changed_by_hand_is_found_too(zed, website, agreed, picture, publish):
    consent = agreed(zed, website)
    publish(picture(zed), website)
    with event("try", by="the tests"):
        type(consent).objects.filter(pk=consent.pk).update(status="refused", covers_from=None, covers_until=None)
    sweeping.settle(now())
    assert TakeDown.objects.open().count() == 1
