"""The pages: the library, a draft on its way, and what strangers read."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from harmony.documents.making import in_fours
from policies import markdown
from policies.models import Policy, Version
from tests.policies.test_texts import STATEMENT, word_file

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"policies:{name}", args=args)


def read(client, name, *args):
    answer = client.get(page(name, *args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_a_policy_goes_from_a_file_to_everybody(client, organisation, amara, gwen, sol, sam):
    client.force_login(amara)
    told = {"title": "Online safety", "owner": "dso", "approver": "board", "asked_of": "all", "is_public": "on"}
    begin = client.post(page("add"), told)
    assert "name already" in client.post(page("add"), told | {"title": "online SAFETY"}).content.decode()
    draft = client.post(begin.url).url
    version = Version.objects.get()
    sent = client.post(page("bring", version.pk), {"file": SimpleUploadedFile("policy.txt", STATEMENT.encode())})
    assert sent.url == page("tag", version.pk)
    boxes = read(client, "tag", version.pk)
    assert "Page 3 of 4" in boxes and "show a picture only where somebody signed for it" in boxes
    wrong = client.post(page("tag", version.pk), {"block_1": "four", "revision": 2})
    assert "Write it like S4" in wrong.content.decode()
    version.refresh_from_db()
    client.post(page("tag", version.pk), {"block_1": "S4 s2", "revision": version.revision})
    assert "What this is for {S4 S2}" in Version.objects.get().text
    client.post(page("send", version.pk))
    assert client.post(page("approve", version.pk)).status_code == 403
    client.force_login(gwen)
    assert "Approve it" in client.get(draft).content.decode()
    client.post(page("comment", version.pk), {"words": "Who is Robin?"})
    client.post(page("approve", version.pk))
    client.force_login(sam)
    assert client.get(draft).status_code == 404 and "Online safety" not in read(client, "library")
    client.force_login(sol)
    client.post(page("publish", version.pk))
    client.force_login(sam)
    shown = read(client, "version", version.pk)
    assert "Keeping safe online" in shown and "Who is Robin?" not in shown and "{S4" not in shown
    assert read(client, "library").count("Online safety") >= 1
    client.logout()
    assert "Keeping safe online" in read(client, "public", "online-safety") and "Online safety" in read(
        client, "public_list"
    )
    file = client.get(page("public_file", "online-safety"))
    version.refresh_from_db()
    assert in_fours(version.sha256) in read(client, "public", "online-safety")
    assert sha256(file.content).hexdigest() == version.sha256


def test_what_is_not_public_or_not_in_force_is_not_there_for_strangers(client, policy, publish, draft, gwen):
    inside = publish(of=policy("Inside", is_public=False))
    waiting = draft(of=policy("Waiting"))
    for version in (inside, waiting):
        assert client.get(page("public", version.policy.slug)).status_code == 404
        assert client.get(page("public_file", version.policy.slug)).status_code == 404
    assert "Inside" not in read(client, "public_list")
    gone = publish(of=policy("Gone"))
    gone.withdraw(by=gwen, why="It was wrong.")
    assert client.get(page("public", "gone")).status_code == 404


def test_whoever_saves_second_sees_the_others_words_and_keeps_their_own(client, draft, amara, tom):
    version = draft("# Policy\n\nWe ask first.\n")
    seen = version.revision
    version.write("# Policy\n\nWe always ask first.\n", seen, by=tom)
    client.force_login(amara)
    told = {"text": "# Policy\n\nWe ask twice.\n", "is_material": "yes", "revision": seen, "what_changed": ""}
    answer = client.post(page("write", version.pk), told)
    shown = answer.content.decode()
    assert answer.status_code == 409 and "Somebody else saved this draft" in shown
    assert "We ask twice." in shown and "<ins>" in shown and "always" in shown
    again = client.post(page("write", version.pk), told | {"revision": seen + 1})
    assert again.status_code == 302 and "twice" in Version.objects.get().text


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"text": ""}, "Write the policy, or bring it in"),
        ({"what_changed": "a\nb\nc\nd"}, "three short lines"),
        ({"what_changed": "a" * 300}, "three short lines"),
    ],
)
def test_what_is_wrong_with_a_draft_is_said_beside_it(client, draft, amara, told, says):
    version = draft()
    client.force_login(amara)
    sent = {"text": "Words", "is_material": "yes", "revision": version.revision, "for_young": "Kept words"} | told
    answer = client.post(page("write", version.pk), sent).content.decode()
    assert says in answer and "Kept words" in answer


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("policy.pdf", b"%PDF-1.4 nothing", ""),
        ("policy.docx", b"PK\x03\x04 broken", ""),
        ("policy.txt", b"   \n", "no words in it"),
        (None, b"", "Choose a file, or paste the text."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(client, draft, amara, name, content, says):
    version = draft()
    client.force_login(amara)
    sent = {"file": SimpleUploadedFile(name, content)} if name else {}
    answer = client.post(page("bring", version.pk), sent)
    assert answer.status_code == 200 and "error" in answer.content.decode() and says in answer.content.decode()
    assert Version.objects.get().text == version.text


def test_a_markdown_file_is_brought_in_as_it_is(client, draft, amara):
    version = draft()
    client.force_login(amara)
    words = "# Online safety\n\n- **We** talk about it.\n"
    client.post(page("bring", version.pk), {"file": SimpleUploadedFile("policy.md", words.encode())})
    version.refresh_from_db()
    assert version.text == words


def test_a_word_file_is_brought_in_and_says_what_was_left_out(client, draft, amara):
    version = draft()
    client.force_login(amara)
    client.post(page("bring", version.pk), {"file": SimpleUploadedFile("policy.docx", word_file().getvalue())})
    shown = read(client, "version", version.pk)
    assert "Left out: 1 picture" in shown and "On paper" in shown


def test_what_changed_stands_before_the_words(client, policy, publish, sam):
    one = publish("# Policy\n\nStaff should avoid this.\n", of=policy())
    two = publish("# Policy\n\nStaff must not do this.\n", of=one.policy, what_changed="It is a rule now.")
    client.force_login(sam)
    shown = read(client, "version", two.pk)
    assert shown.index("It is a rule now.") < shown.index("Staff must not do this.")
    diff = read(client, "changes", two.pk)
    assert "<del>" in diff and "should avoid" in diff and "must not do" in diff
    assert "no version before" in read(client, "changes", one.pk)


def test_the_six_drafts_are_there_to_begin_with_and_every_promise_is_marked(client, amara):
    client.force_login(amara)
    assert "Begin with our drafts" in read(client, "library")
    client.post(page("first"))
    assert Policy.objects.count() == Version.objects.filter(status="draft").count() == 6
    assert "Begin with our drafts" not in read(client, "library")
    statement = Version.objects.get(policy__slug="online-safety")
    marked = [code for block in markdown.blocks(statement.text) for code in block.tags]
    assert {f"S{number}" for number in range(1, 33)} == set(marked)
    assert statement.for_young and statement.policy.companions.count() == 5
    shown = client.get(page("version", statement.pk) + "?for=young").content.decode()
    assert "Childline" in shown and "overarching" not in shown


def test_a_companion_that_is_missing_is_said(client, policy, publish, amara):
    one, other = publish(of=policy("One")), policy("Other")
    one.policy.accompany([other], by=amara)
    client.force_login(amara)
    assert "Not in force" in read(client, "policy", one.policy.pk)
    publish(of=other)
    assert "Not in force" not in read(client, "policy", one.policy.pk)
