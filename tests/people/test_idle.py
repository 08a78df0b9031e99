"""A session ends when nobody uses it, and after 12 hours whatever is done in it. Pages that ask by themselves are no use."""

import time

import pytest
from django.core.signing import get_cookie_signer
from django.urls import reverse

from harmony.audit.models import Entry
from harmony.people import idle
from tests.clients import TwoProofs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
IDLE, WHOLE = 15 * 60, 12 * 60 * 60
SESSION = reverse("people:session")
PAGE = reverse("people:close_to_me")


@pytest.fixture
def signed_in(client, sam):
    client.force_login(sam)
    assert client.get(PAGE).status_code == 200
    return client


def unused_for(client, seconds):
    """As if nobody had pressed anything for so long, in a session that began an hour before."""
    session, key = client.session, client.session.session_key
    session["began"] = time.time() - seconds - 60 * 60
    session.save()
    signer = get_cookie_signer(salt=f"{idle.cookie()}harmony.people.idle {key}")
    client.cookies[idle.cookie()] = signer.sign(f"{time.time() - seconds:.3f}")


def left(client, **how):
    return client.get(SESSION, **how).json()["left"]


def test_it_ends_after_fifteen_minutes_without_use(signed_in):
    unused_for(signed_in, IDLE + 1)
    answer = signed_in.get(PAGE)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login")) and "idle=1" in answer.url
    assert "_auth_user_id" not in signed_in.session
    page = signed_in.get(answer.url).content.decode()
    assert "You were signed out to keep records safe.</p>" in page  # nothing was written, so nothing is kept


def test_at_the_end_and_on_the_way_out_the_browser_is_told_to_forget_the_pages(signed_in, sam):
    assert "Clear-Site-Data" not in signed_in.get(PAGE).headers
    assert signed_in.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache", "storage"'
    signed_in.force_login(sam)
    unused_for(signed_in, IDLE + 1)
    assert signed_in.get(PAGE)["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in signed_in.get(reverse("account_login")).headers


def test_a_page_opened_in_time_puts_the_end_off(signed_in):
    unused_for(signed_in, IDLE - 30)
    assert signed_in.get(PAGE).status_code == 200
    assert left(signed_in) > IDLE - 5


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        (SESSION, {"By-Itself": "yes"}),
        (PAGE, {"HX-Request": "true"}),
        (PAGE, {"By-Itself": "yes"}),
        (PAGE + "?again", {}),
    ],
)
def test_what_a_page_asks_for_by_itself_puts_nothing_off(signed_in, address, headers):
    unused_for(signed_in, IDLE - 30)
    assert signed_in.get(address, headers=headers).status_code == 200
    assert left(signed_in, headers={"By-Itself": "yes"}) <= 30


def test_autosave_is_use_because_somebody_types(signed_in):
    unused_for(signed_in, IDLE - 30)
    signed_in.post(PAGE, {}, headers={"HX-Request": "true"})
    assert left(signed_in) > IDLE - 5


def test_staying_is_a_post_that_reads_nothing_and_writes_no_line(signed_in, django_assert_num_queries):
    unused_for(signed_in, IDLE - 30)
    lines = Entry.objects.count()
    assert signed_in.post(SESSION).json()["left"] > IDLE - 5
    assert Entry.objects.count() == lines
    with django_assert_num_queries(2):  # the session and its user
        signed_in.get(SESSION)


def test_reading_a_page_writes_nothing_to_the_session(signed_in, django_assert_num_queries):
    before = signed_in.session.items()
    signed_in.get(PAGE)
    assert dict(signed_in.session.items()) == dict(before)


def test_near_twelve_hours_staying_does_not_help_and_the_words_say_so(signed_in):
    session = signed_in.session
    session["began"] = time.time() - WHOLE + 60
    session.save()
    told = signed_in.post(SESSION).json()
    assert told["left"] <= 60
    assert told["longer"] is False
    assert "12 hours" in told["says"]


def test_a_session_cookie_alone_dies_a_quarter_of_an_hour_after_it_began(signed_in):
    unused_for(signed_in, 60)
    thief = TwoProofs()
    thief.cookies["sessionid"] = signed_in.cookies["sessionid"].value
    assert thief.get(PAGE).status_code == 302


def test_another_sessions_time_counts_for_nothing(signed_in, client_elsewhere, sam):
    client_elsewhere.force_login(sam)
    client_elsewhere.get(PAGE)
    unused_for(signed_in, IDLE + 1)
    signed_in.cookies[idle.cookie()] = client_elsewhere.cookies[idle.cookie()].value
    assert signed_in.get(PAGE).status_code == 302


def test_a_new_password_ends_no_session_that_is_in_use(signed_in, sam):
    unused_for(signed_in, 60)
    old = signed_in.session.session_key
    changed = {"oldpassword": "a long password 9", "password1": "another long one 7", "password2": "another long one 7"}
    signed_in.post(reverse("account_change_password"), changed)
    assert signed_in.session.session_key != old
    assert signed_in.get(PAGE).status_code == 200


def test_a_part_of_a_page_gets_no_sign_in_page_inside_it(signed_in):
    unused_for(signed_in, IDLE + 1)
    for _time in range(2):  # when it ends, and afterwards
        assert signed_in.get(PAGE, headers={"HX-Request": "true"}).status_code == 401


def test_words_sent_to_be_kept_are_kept_and_acted_on_by_nobody(signed_in, sam):
    form = signed_in.get(PAGE).context["written_by"]()
    signed_in.logout()
    typed = {"written_by": form, "named": "Zed, my nephew", "kind": "family"}
    assert signed_in.post(PAGE, typed, headers={"Keep-Only": "yes"}).status_code == 204
    assert not sam.relationships.exists()
    signed_in.force_login(sam)
    again = signed_in.get(PAGE).content.decode()
    assert "Zed, my nephew" in again and "You were signed out to keep records safe." in again
    assert not sam.relationships.exists()  # nothing is done with them until the button is pressed
