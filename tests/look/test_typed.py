"""What is sent is read as it was sent: what is no UTF-8 is never taken for something else."""

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse

from harmony.look import typed
from harmony.look.characters import keepable
from harmony.people.models import User

SENT = {
    b"words=a%ED%A0%80b": "a\ud800b",
    b"words=a\xed\xa0\x80b": "a\ud800b",
    b"words=caf%E9": "caf\udce9",
    b"words=caf\xe9": "caf\udce9",
    b"words=a%F0%9F%98": "a\udcf0\udc9f\udc98",
}
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(("body", "read"), SENT.items())
def test_what_is_no_text_is_told_from_what_is(body, read):
    request = RequestFactory().post("/", body, content_type=FORM)
    typed.as_it_came(request)
    assert request.POST["words"] == read
    assert not keepable(read)


@pytest.mark.parametrize("body", ["words=caf%C3%A9+%F0%9F%98%80&a=1&a=2&none=", "words=café 😀&a=1&a=2&none="])
def test_text_is_read_as_ever(body):
    request = RequestFactory().post("/", body.encode(), content_type=FORM)
    typed.as_it_came(request)
    assert QueryDict("words=caf%C3%A9+%F0%9F%98%80&a=1&a=2&none=") == request.POST
    with pytest.raises(AttributeError, match="immutable"):
        request.POST["words"] = "changed"


def test_a_replacement_character_that_somebody_typed_is_theirs():
    request = RequestFactory().post("/", "words=%EF%BF%BD", content_type=FORM)
    typed.as_it_came(request)
    assert request.POST["words"] == "\ufffd"


@pytest.mark.parametrize(("query", "is_text"), [("q=%C3%A9", True), ("q=%ED%A0%80", False), ("q=\xe9", False)])
def test_a_query_is_text_or_not(query, is_text):
    assert typed.is_utf8(query) is is_text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "answers"),
    [
        ("account_login", b"login=sam%40harmony.test&password=a%ED%A0%80b"),
        ("account_login", b"login=sam%ED%A0%80%40harmony.test&password=ab"),
        ("account_reset_password", b"email=sam%ED%A0%80%40harmony.test"),
        ("account_change_password", b"oldpassword=a%ED%A0%80b&password1=a%ED%A0%80bcdefghijkl"),
    ],
)
@pytest.mark.usefixtures("organisation")
def test_account_pages_say_so_beside_the_field(client, sam, page, answers):
    if "change" in page:
        client.force_login(sam)
    before = User.objects.get(pk=sam.pk).password
    answer = client.post(reverse(page), answers, content_type=FORM)
    assert answer.status_code == 200
    assert "a character here that we cannot keep" in answer.content.decode()
    assert User.objects.get(pk=sam.pk).password == before


@pytest.mark.django_db
@pytest.mark.usefixtures("organisation")
def test_where_to_go_next_is_no_place_for_half_a_pair(client, sam):
    answers = b"login=sam%40harmony.test&password=ab&next=%2F%ED%A0%80"
    assert client.post(reverse("account_login"), answers, content_type=FORM).status_code == 400
