"""What we learned: without a name, with somebody who does something about it by a day, and the policy that changed."""

from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate

from harmony import between
from harmony.audit.events import event
from harmony.audit.transitions import Refused
from harmony.notifications import waits
from harmony.notifications.models import Notice
from harmony.people.models import YoungPerson
from policies.models import Lesson, LessonAction

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TOLD = {"title": "Game chats are channels too", "words": "A boy of 13 was written to by a worker in a game."}


def boxes(name, day):
    return {f"{name}_{part}": getattr(day, part) for part in ("day", "month", "year")}


def at(name, *args):
    return reverse(f"policies:{name}", args=args)


@pytest.fixture
def lesson(amara):
    made = Lesson()
    made.learn("case", localdate(), **TOLD, by=amara)
    return made


@pytest.fixture
def action(lesson, amara, sam):
    made = LessonAction(lesson=lesson)
    made.give("Talk about game chats in each group", sam, localdate() + 20 * DAY, by=amara)
    return made


def test_from_a_closed_case_to_a_changed_policy(client, organisation, publish, amara, ruth, sam, sol):
    version = publish()
    client.force_login(amara)
    told = TOLD | {"came_from": "case"} | boxes("learned_on", localdate())
    assert client.post(at("add_lesson"), told).status_code == 302
    lesson = Lesson.objects.get()
    due = localdate() + 20 * DAY
    given = {"what": "Talk about game chats", "owner": str(sam.pk)}
    late = client.post(at("act_on_lesson", lesson.pk), given | boxes("due_on", localdate() - DAY)).content.decode()
    assert "gone by" in late and "Talk about game chats" in late
    client.post(at("act_on_lesson", lesson.pk), given | boxes("due_on", due))
    client.post(at("lesson_changed", lesson.pk), {"version": str(version.pk)})
    assert "changed Online safety, version 1" in client.get(at("lessons")).content.decode()

    client.force_login(sam)  # finds it on the first page, and sees that lesson and no list
    assert at("lesson", lesson.pk) in client.get(reverse("home:front")).content.decode()
    assert "A boy of 13" in client.get(at("lesson", lesson.pk)).content.decode()
    assert client.get(at("lessons")).status_code == 404
    assert client.get(at("change_lesson", lesson.pk)).status_code == 403
    action = lesson.actions.get()
    client.post(at("finish_lesson_action", action.pk), {"result": "Done in all four groups."})
    action.refresh_from_db()
    assert (action.status, action.ended_by) == ("done", sam)
    client.force_login(sol)  # reads it as whoever makes policies, and may not write
    assert "Done in all four groups." in client.get(at("lesson", lesson.pk)).content.decode()
    assert client.post(at("act_on_lesson", lesson.pk), given).status_code == 403
    counted = {str(line.what): line.count for line in between.facts(localdate() - DAY, localdate())}
    assert counted["Lessons written down"] == counted["Of these, a policy changed because of"] == 1
    assert counted["Things done because of what we learned"] == 1


def test_a_name_or_a_reference_is_not_taken(client, organisation, amara, sol, case):
    zed = YoungPerson()
    zed.add("Zed Ash", "", None, YoungPerson.Kind.YOUNG_PERSON, by=sol)
    client.force_login(amara)
    told = TOLD | {"came_from": "case"} | boxes("learned_on", localdate())
    for words, says in (
        ("We saw that zed  ASH was alone.", "is a young person here"),
        (f"It began with {case.reference}.", "is the reference of a case"),
    ):
        page = client.post(at("add_lesson"), told | {"words": words}).content.decode()
        assert says in page and words.split()[0] in page and not Lesson.objects.exists()
    assert client.post(at("add_lesson"), told | {"words": "Zedash is a word."}).status_code == 302


def test_it_reminds_on_the_common_ladder_until_it_is_done(action, sam, ruth, gwen):
    morning = datetime.combine(action.due_on, time(9), get_current_timezone())

    def told(days):
        waits.climb(morning + DAY * days)
        waits.climb(morning + DAY * days)
        return [Notice.objects.filter(recipient=one, about=action.pk).count() for one in (sam, ruth, gwen)]

    assert [told(days) for days in (-8, -7, -1, 0, 1, 8, 29)] == [
        [0, 0, 0],
        [1, 0, 0],
        [1, 0, 0],
        [2, 0, 0],
        [3, 1, 0],
        [4, 2, 0],
        [5, 3, 1],
    ]
    assert Notice.objects.get(recipient=gwen, about=action.pk).sentence == "lesson_late"
    action.finish("It is done.", by=sam)
    assert told(60) == [5, 3, 1]


def test_whoever_leaves_hands_it_on_and_how_it_ended_stays(action, sam, leah, sol, amara):
    [work] = [piece for piece in between.handover(sam, asked_by=sol) if piece.key == "lessons"]
    assert "1 thing" in work.what and "game" not in work.what
    work.give(leah, by=sol)
    action.refresh_from_db()
    assert action.owner == leah
    action.drop("The game was closed.", by=amara)
    with pytest.raises(IntegrityError, match="stays written down"), event("try", by=amara), transaction.atomic():
        LessonAction.objects.filter(pk=action.pk).update(due_on=localdate() + 99 * DAY)


def test_a_version_that_was_never_out_changed_nothing(lesson, draft, amara):
    with pytest.raises(IntegrityError, match="never published"), transaction.atomic():
        lesson.say_what_changed(draft(), by=amara)
    with pytest.raises(Refused, match="not come yet"):
        Lesson().learn("drill", localdate() + DAY, **TOLD, by=amara)
