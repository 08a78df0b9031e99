"""Every cookie is closed to scripts, to other sites and to listeners, and bound to this very host."""

import pytest
from django.urls import reverse

from harmony.home.views.help import cookies

from .test_sign_in import LOGIN

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(client, sam, settings):
    """Every cookie that a browser is given from the first page until after it has signed out, under HTTPS."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    found = []

    def take(answer):
        found.extend(answer.cookies.values())

    take(client.get(reverse("account_login"), secure=True))
    take(client.post(reverse("account_login"), LOGIN, secure=True))
    take(client.post(reverse("people:close_to_me"), {"kind": "family", "named": "Zed"}, secure=True))  # says it is kept
    take(client.get("/", secure=True))
    take(client.post(reverse("account_logout"), secure=True))
    return found


def test_each_is_secure_and_no_script_and_no_other_site_has_it(given):
    assert {one.key for one in given} == {name for name, _says in cookies()}
    for one in given:
        if one.value:  # an empty one takes it away
            assert one["secure"] and one["httponly"] and one["samesite"] == "Lax", one
        assert one["path"] == "/" and not one["domain"], one  # as __Host- asks


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_whoever_signs_in_is_led_to_no_other_site(client, sam, elsewhere):
    answer = client.post(f"{reverse('account_login')}?next={elsewhere}", LOGIN | {"next": elsewhere})
    assert answer.status_code == 302 and answer.url == reverse("home:start")
