"""Who has agreed to which words: an old word does not count for a new version, and reminders stop when it is given."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.home.todo import tasks
from harmony.notifications import waits
from harmony.notifications.models import Notice
from harmony.people.models import Group, GroupWorker
from policies.models import Acknowledgement
from policies.models.acknowledgements import agreed, asked, missing, waiting_for

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
QUIZ = "A young person writes to your own account. = Tell the safeguarding officer | Answer | Block them"


def agree(version, user, at=None):
    made = Acknowledgement(version=version, user=user)
    made.agree(by=user, at=at)
    return made


def test_a_word_holds_for_its_version_and_until_something_has_to_be_read_again(publish, sam, leah, amara):
    one = publish()
    word = agree(one, sam)
    assert (word.sha256, word.how) == (one.sha256, "here")
    assert sam not in missing(one) and leah in missing(one) and not waiting_for(sam).exists()
    small = publish(of=one.policy, is_material=False, what_changed="A number.")
    assert sam in {said.user for said in agreed(small)} and not waiting_for(sam).exists()
    big = publish(of=one.policy, what_changed="A rule.")
    assert set(missing(big)) >= {sam, leah} and list(waiting_for(sam)) == [big]
    with pytest.raises(IntegrityError, match="not in force any more"), transaction.atomic():
        agree(one, leah)
    with pytest.raises(PermissionDenied):
        Acknowledgement(version=big, user=sam).agree(by=leah)
    with pytest.raises(IntegrityError, match="stays written down"), event("try", by=sam), transaction.atomic():
        Acknowledgement.objects.update(how="questions")


def test_whoever_came_is_asked_and_whoever_left_is_not(policy, publish, person, sam, amara, ruth):
    version, staff = publish(), publish(of=policy("Staff only", asked_of="staff"))
    trustee, parent = person("Tia Trustee", kind="trustee"), person("Pat Parent", kind="parent")
    assert {sam, trustee} <= set(asked(version.policy)) and parent not in asked(version.policy)
    assert trustee not in asked(staff.policy) and list(waiting_for(trustee)) == [version]
    assert not waiting_for(parent).exists()
    sam.leave(now().date(), by=ruth, why="A new job")
    assert sam not in missing(version)
    nobody = publish(of=policy("To be read", asked_of="none"))
    assert not asked(nobody.policy).exists()


def test_people_are_reminded_until_they_agree_and_then_whoever_looks_after_it_hears(
    publish, sam, leah, amara, ruth, policy
):
    begun = now() - timedelta(days=30)
    version = publish(of=policy(at=begun), at=begun)

    def told(user):
        return list(Notice.objects.filter(recipient=user, about=version.pk).values_list("clock", "sentence"))

    waits.climb(begun + A_DAY / 24)
    assert told(sam) == told(leah) == [("policy_read", "policy")]
    agree(version, sam, at=begun + A_DAY)
    waits.climb(begun + A_DAY * 8)
    assert len(told(sam)) == 1 and len(told(leah)) == 2
    waits.climb(begun + A_DAY * 15)
    assert ("policy_unread", "policy_unread") in told(amara) and len(told(sam)) == 1
    said = Notice.objects.filter(about=version.pk)
    count = said.count()
    waits.climb(begun + A_DAY * 15)
    assert said.count() == count
    for user in missing(version):
        agree(version, user, at=begun + A_DAY * 16)
    waits.climb(begun + A_DAY * 40)
    assert said.count() == count and not mail.outbox


def test_somebody_agrees_on_the_page_after_three_questions(client, organisation, publish, sam, amara, sol):
    version = publish(quiz=QUIZ)
    client.force_login(sam)
    page = reverse("policies:agree", args=[version.pk])
    assert [task.url for task in tasks(sam)] == [reverse("policies:version", args=[version.pk])]
    shown = client.get(reverse("policies:version", args=[version.pk])).content.decode()
    assert page in shown
    wrong = client.post(page, {"question_0": "Answer", "will": "on"}).content.decode()
    assert "not what the policy says" in wrong
    assert "Tick this" in client.post(page, {"question_0": "Tell the safeguarding officer"}).content.decode()
    client.post(page, {"question_0": "Tell the safeguarding officer", "will": "on"})
    assert Acknowledgement.objects.get().how == "questions" and not tasks(sam)
    assert client.get(page).status_code == 302
    group = Group()
    group.add("Tuesday Makers", "11-13", by=sol)
    GroupWorker(group=group, user=amara).join(now().date(), by=sol)
    client.force_login(sol)
    who = client.get(reverse("policies:who", args=[version.pk])).content.decode()
    assert "Amara Okafor" in who and "Tuesday Makers" in who and "1 of" in who and ">Sam<" not in who
    client.force_login(sam)
    assert client.get(reverse("policies:who", args=[version.pk])).status_code == 403


def test_questions_that_cannot_be_read_are_said_beside_them(client, draft, amara):
    version = draft()
    client.force_login(amara)
    told = {"text": "Words", "is_material": "yes", "revision": version.revision, "quiz": "What now?"}
    answer = client.post(reverse("policies:write", args=[version.pk]), told).content.decode()
    assert "the right answer first" in answer and "What now?" in answer
