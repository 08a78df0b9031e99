"""The pages: may I use it, propose it, assess it, decide on it; what families read; and who hears of what."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate

from harmony import between
from harmony.home.todo import tasks
from harmony.notifications import waits
from harmony.notifications.models import Notice
from platforms import decisions
from platforms.models import Assessment, Control, Platform

from .conftest import OPINION, RISK

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def url(name, record=None, *more):
    return reverse(f"platforms:{name}", args=[record.pk, *more] if record else [])


def says(client, user, address):
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200, (user, address)
    return answer.content.decode()


def dated(name, day):
    return {f"{name}_{part}": getattr(day, part) for part in ("day", "month", "year")}


def at_eight(day):
    return datetime.combine(day, time(8, 1), get_current_timezone())


# may I use it?


def test_whoever_works_here_asks_and_gets_an_answer_with_its_conditions(
    client, organisation, approved, proposed, sam, amara
):
    platform, waits = approved(), proposed("TikTok")
    said = says(client, sam, url("register") + "?q=whatsapp")
    assert "WhatsApp" in said and "TikTok" not in said and "Yes" in said
    said = says(client, sam, url("platform", platform))
    assert "Yes, until" in said and "No young person is in it." in said and "No young person uses it with us" in said
    assert "Amara" not in said and "What can be done" not in said  # how it was decided is not theirs to read
    assert "Not yet. Nobody has decided" in says(client, sam, url("platform", waits))
    said = says(client, sam, url("register") + "?q=Face<b>book")
    assert "No. “Face&lt;b&gt;book” is not in the register." in said
    assert 'value="Facebook"' in says(client, sam, url("propose") + "?name=Facebook")
    platform.look_again("again", pause=True, by=amara)
    assert "Not now. It is under review" in says(client, sam, url("platform", platform))


def test_strangers_read_what_the_organisation_chose_to_say_and_nothing_else(
    client, organisation, approved, proposed, sent, sol, ruth
):
    approved(proposed("Hidden app"))
    shown, refused = approved(), proposed("Snapchat")
    for platform in (shown, refused):
        platform.show(True, by=sol)
    assert "Snapchat" not in client.get(url("public")).content.decode()  # nobody has decided yet
    decisions.refuse(sent(refused), "Messages vanish there.", by=ruth)
    said = client.get(url("public")).content.decode()
    assert (
        "WhatsApp" in said
        and "Broadcast only." in said
        and "Messages vanish there." in said
        and "Hidden app" not in said
    )
    assert "Folder" not in said and "Amara" not in said and "Ruth" not in said
    assert client.get(url("platform", shown)).status_code == 302


# propose, assess, decide


def test_it_goes_from_a_proposal_to_a_decision_on_its_pages(client, organisation, sam, amara, ruth, sol):
    client.force_login(sam)
    proposal = {"name": " Signal ", "kind": "messages", "purpose": "For volunteers", "is_channel": "yes"}
    client.post(url("propose"), proposal)
    platform = Platform.objects.get()
    assert (platform.name, platform.proposed_by) == ("Signal", sam)
    assert Notice.objects.get(recipient=amara).sentence == "platform_proposed"
    again = client.post(url("propose"), proposal | {"name": "SIGNAL"}).content.decode()
    assert "It is in the register already." in again and "For volunteers" in again
    client.force_login(amara)
    assert client.post(url("assess", platform)).status_code == 302
    look = platform.pending
    client.post(
        url("write", look), OPINION | {"nothing_in": OPINION["nothing_in"].split(), "age_from": "", "age_to": ""}
    )
    library = {"known": "strangers"} | {name: RISK[name] for name in RISK if name not in ("area", "words")}
    led = client.post(url("add_hazard", look), library)
    hazard = look.hazards.get()
    assert led.url == url("add_control", look, hazard.pk) and hazard.area == "contact"
    control = {"words": "By invitation", "owner": "", **dated("due_on", localdate() + DAY)}
    nobody = client.post(led.url, control).content.decode()
    assert "Say who sees to it. Without a name it is nobody’s." in nobody and "By invitation" in nobody
    assert "Say what is done about this" in client.get(url("assessment", look)).content.decode()
    assert b"Say what is done about this" in client.post(url("send", look)).content
    client.post(led.url, control | {"owner": str(sol.pk)})
    assert client.post(url("send", look)).status_code == 302
    decision = {"decision": "It is safe so.", **dated("ends_on", localdate() + 300 * DAY)}
    assert client.post(url("approve", look), decision).status_code == 403  # she assessed it
    client.force_login(ruth)
    far = client.post(url("approve", look), decision | dated("ends_on", localdate() + 400 * DAY)).content.decode()
    assert "That is more than a year from now." in far and "It is safe so." in far
    assert client.post(url("approve", look), decision).status_code == 302
    platform.refresh_from_db()
    assert platform.status == "approved" and platform.channel.is_approved()
    assert client.post(url("approve", look), decision).status_code == 409


def test_a_wrong_answer_is_met_with_a_sentence_and_changes_nothing(client, organisation, opinion, amara):
    look = opinion()
    right = {"known": "spending", "likely_before": "4", "bad_before": "3", "likely_after": "1", "bad_after": "2"}
    client.force_login(amara)
    for wrong, sentence in (
        ({"known": "", "words": "Something"}, "Choose the area it belongs to."),
        ({"known": "", "area": "ai"}, "say what could go wrong"),
        ({"likely_after": "5"}, "What we do makes nothing worse."),
        ({"bad_before": "9"}, "Choose one of these answers."),
        ({"known": "\0"}, "Choose one of these answers."),
    ):
        answer = client.post(url("add_hazard", look), right | wrong)
        summary = answer.content.decode().partition("govuk-error-summary")[2].partition("</ul>")[0]
        assert answer.status_code == 200 and sentence in summary, (wrong, summary)
    assert look.hazards.count() == 1


def test_ages_are_years_and_in_order(client, organisation, opinion, amara):
    look = opinion()
    client.force_login(amara)
    told = OPINION | {"nothing_in": []}
    for first, last, sentence in (("17", "13", "younger than the youngest"), ("x", "", "Write an age in years")):
        answer = client.post(url("write", look), told | {"age_from": first, "age_to": last}).content.decode()
        assert sentence in answer


# because of a case


def test_a_review_because_of_a_case_reads_under_review_to_whoever_may_not_see_the_case(
    client, organisation, approved, report, amara, sam, leah, sol, ruth, person
):
    case, platform = report(author=leah).case, approved()
    told = {"because": "incident", "words": "Somebody wrote to her there.", "pause": "yes"}
    client.force_login(sol)
    for number in (case.reference, "NOT-A-CASE"):
        answer = client.post(url("look_again", platform), told | {"case": number}).content.decode()
        assert "There is no case of this number that you may see." in answer and "Somebody wrote" in answer
    client.force_login(amara)
    assert client.post(url("look_again", platform), told | {"case": case.reference}).status_code == 302
    look = Assessment.objects.pending().get()
    mine = says(client, amara, url("assessment", look))
    assert case.reference in mine and "Somebody wrote to her there." in mine and "Something happened" in mine
    for other in (sol, person("Piotr Wrona", "it")):
        theirs = says(client, other, url("assessment", look))
        assert "To look at it again" in theirs and "Something happened" not in theirs
        assert case.reference not in theirs and "Somebody wrote" not in theirs
    for page in (url("platform", platform), url("register")):
        said = says(client, sam, page)
        assert case.reference not in said and "Something happened" not in said
    assert "Not now. It is under review" in says(client, sam, url("platform", platform))


# who hears


def test_whoever_assesses_hears_before_its_year_is_over_and_the_lead_when_it_is(approved, amara, ruth, sol):
    platform = approved(days=100)
    last = platform.standing.ends_on
    for day, told in (
        (-31, set()),
        (-30, {"Amara Okafor", "Sol Reyes"}),
        (1, {"Amara Okafor", "Sol Reyes", "Ruth Hale"}),
    ):
        waits.climb(at_eight(last + day * DAY) + timedelta(hours=1))
        heard = Notice.objects.of(platform, "platform_review")
        newest = heard.order_by("-rung").first()
        assert {one.recipient.name for one in heard.filter(rung=newest.rung)} == told if told else not newest
    platform.look_again("again", by=amara)
    waits.climb(at_eight(last + 9 * DAY))
    assert not heard.filter(created_at__gt=at_eight(last + 2 * DAY)).exists()  # somebody looks already


def test_whoever_sees_to_a_control_is_reminded_until_it_is_in_place_and_hands_it_over_when_they_leave(
    client, organisation, approved, sol, leah, amara
):
    approved()
    control = Control.objects.get()
    waits.climb(at_eight(control.due_on - 8 * DAY))
    assert not Notice.objects.of(control, "platform_control").exists()
    waits.climb(at_eight(control.due_on))
    assert Notice.objects.of(control, "platform_control").get().recipient == sol
    assert "Put in place: Private messages are off" in [task.what for task in tasks(sol)]
    [work] = [one for one in between.handover(sol, asked_by=amara) if one.key == "controls"]
    assert work.what == "1 control of a platform" and leah in work.takers
    work.give(leah, by=amara)
    control.refresh_from_db()
    assert control.owner == leah
    client.force_login(leah)
    client.post(url("control_done", control), {"how": "I looked at the settings."})
    control.refresh_from_db()
    assert control.status == "done" and not [task for task in tasks(leah) if "Put in place" in task.what]


def test_whoever_decides_sees_that_it_waits_and_whoever_assessed_does_not(sent, ruth, amara):
    sent()
    assert "1 assessment waits for your decision" in [task.what for task in tasks(ruth)]
    assert not [task for task in tasks(amara) if "decision" in task.what]
