"""From draft to in force: never approved by whoever wrote in it, and not a word changes afterwards."""

from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from harmony.audit import book, triggers
from harmony.audit.events import event
from harmony.audit.transitions import ReasonOwed, Refused, StateMoved
from policies.models import Policy, Version

pytestmark = pytest.mark.django_db
Status = Version.Status


def test_from_draft_to_in_force_and_the_next_one(draft, publish, amara, tom, gwen, sol, ruth):
    one = draft()
    one.send(by=amara)
    with pytest.raises(StateMoved):
        one.write("Other words", one.revision, by=amara)
    one.comment("Is this so?", by=gwen)
    one.ask_for_changes("Say it more clearly.", by=gwen)
    one.write("# Online safety\n\nWe promise this, clearly. {S1}\n", one.revision, by=tom)
    one.send(by=tom)
    for author in (amara, tom):
        with pytest.raises(PermissionDenied):
            one.approve(by=author)
    with pytest.raises(PermissionDenied):
        one.approve(by=ruth)  # the board's own, and she is not of the board
    one.approve(by=gwen)
    assert one.sha256 == sha256(one.as_file().encode()).hexdigest() and one.is_as_approved
    with pytest.raises(PermissionDenied):
        one.publish(by=amara)
    one.publish(by=sol)
    two = publish(of=one.policy, what_changed="A new line.")
    one.refresh_from_db()
    assert (one.status, two.status, two.number) == (Status.SUPERSEDED, Status.PUBLISHED, 2)
    assert one.ended_at and two.before == one
    assert [comment.words for comment in one.comments.all()] == ["Is this so?", "Say it more clearly."]
    with pytest.raises(ReasonOwed):
        two.withdraw(by=gwen)
    two.withdraw(by=gwen, why="It named the wrong person.")
    assert not Policy.objects.in_force().exists()


def test_whoever_wrote_in_it_does_not_approve_it_whatever_they_hold(policy, person):
    both = person("Both", "deputy", "vice")
    made = Version(policy=policy())
    made.begin(by=both)
    made.write("Words", 0, by=both)
    made.send(by=both)
    with pytest.raises(PermissionDenied):
        made.approve(by=both)
    # past our own code too: the database refuses it
    with pytest.raises(IntegrityError, match="Whoever wrote in a policy"), event("try", by=both), transaction.atomic():
        Version.objects.filter(pk=made.pk).update(
            status="approved", approved_by=both, approved_at=made.begun_at, sha256="a" * 64
        )


def test_a_lead_approves_what_is_the_leads(policy, draft, amara, ruth):
    made = draft(of=policy("Behaviour", approver="lead"))
    made.send(by=amara)
    made.approve(by=ruth)
    assert made.status == Status.APPROVED


@pytest.mark.parametrize("field", ["text", "for_young", "what_changed", "sha256"])
def test_not_a_word_of_an_approved_version_changes(publish, amara, field):
    made = publish()
    with pytest.raises(IntegrityError, match="its words stay"), event("try", by=amara), transaction.atomic():
        Version.objects.filter(pk=made.pk).update(**{field: "b" * 64})
    with pytest.raises(IntegrityError, match="Only a draft"), event("try", by=amara), transaction.atomic():
        Version.objects.filter(pk=made.pk)._raw_delete("default")


def test_one_in_force_and_one_in_the_making(draft, publish, amara):
    first = publish()
    second = draft(of=first.policy, what_changed="More.")
    with pytest.raises(StateMoved):
        Version(policy=first.policy).begin(by=amara)
    with pytest.raises(IntegrityError), event("try", by=amara), transaction.atomic():
        Version.objects.filter(pk=second.pk).update(
            status="published", approved_by=first.approved_by, approved_at=first.approved_at, sha256="a" * 64
        )
    second.throw_away(by=amara)
    assert list(Version.objects.all()) == [first]


def test_nobody_saves_over_words_they_have_not_seen(draft, amara, tom):
    made = draft()
    seen = made.revision
    made.write("Tom’s words", seen, by=tom)
    with pytest.raises(StateMoved, match="Somebody else saved"):
        made.write("Amara’s words", seen, by=amara)
    with pytest.raises(StateMoved):
        made.tag({0: ("S1",)}, seen, by=amara)
    made.tag({0: ("S1",)}, seen + 1, by=amara)
    assert Version.objects.get().text == "Tom’s words {S1}"


def test_there_is_something_to_look_at_and_what_changed_is_said(policy, publish, draft, amara):
    empty = Version(policy=policy("Empty"))
    empty.begin(by=amara)
    with pytest.raises(Refused, match="nothing to look at"):
        empty.send(by=amara)
    second = draft(of=publish().policy, what_changed="")
    with pytest.raises(Refused, match="three lines"):
        second.send(by=amara)


@pytest.mark.django_db(transaction=True)
def test_words_that_are_changed_behind_our_back_are_found(publish, client, amara):
    made = publish()
    triggers.drop()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE policies_version SET text = 'We promise nothing.'")
    triggers.install()
    made.refresh_from_db()
    assert not made.is_as_approved
    found = "\n".join(map(str, book.breaks()))
    assert "policies_version" in found and made.pk.hex in found
    client.force_login(amara)
    assert "not the words that were approved" in client.get(f"/policies/versions/{made.pk}/").content.decode()
    client.logout()
    shown = client.get(f"/policies/public/{made.policy.slug}/").content.decode()
    assert "We promise nothing." not in shown and "not those that were approved" in shown


def test_companions_hold_both_ways(policy, amara):
    one, two, three = policy("One"), policy("Two"), policy("Three")
    one.accompany([two, three], by=amara)
    assert list(two.companions) == [one] and set(one.companions) == {two, three}
    two.accompany([], by=amara)
    assert list(one.companions) == [three]
