"""Pages are kept by nobody, and no character breaks one."""

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from harmony.wsgi import application

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.look.site")]
FORM = "application/x-www-form-urlencoded"


def test_a_page_is_kept_and_indexed_by_nobody(client):
    answer = client.get("/help/")
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Content-Security-Policy"].count("'none'") >= 1
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "text/html; charset=utf-8"


def test_nobody_is_shown_their_own_request(client, organisation):
    answer = client.trace("/help/", headers={"X-Secret": "canary"})
    assert answer.status_code == 405
    assert "canary" not in answer.text


def test_only_a_strangers_page_is_compressed(client, organisation):
    """Beside the words of a case a compressed page would tell how alike the address bar and those words are."""
    asked = {"path": "/help/", "headers": {"Accept-Encoding": "gzip, br"}}
    compressed = client.get(**asked)
    assert compressed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in compressed["Vary"]
    client.cookies[settings.SESSION_COOKIE_NAME] = "whatever it is"
    assert "Content-Encoding" not in client.get(**asked).headers


def test_the_proxy_compresses_nothing_by_itself():
    directives = [
        line.split()[0] for line in (settings.BASE / "deploy" / "Caddyfile").read_text().splitlines() if line.strip()
    ]
    assert "encode" not in directives


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/help/%00/", 404),
        ("/help/?q=%00", 400),
        ("/help/?%00=q", 400),
        ("/help/?q=%ED%A0%80", 400),
        ("/help/?q=%FF%FE", 400),
        ("/%FF/", 404),
        ("/help/?" + "a=1&" * 2000, 400),
    ],
)
def test_strange_addresses_are_answered_in_words(client, organisation, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert b"</html>" in answer.content


STRANGE = ["unicode_escape", "raw_unicode_escape", "utf-7", "utf-16", "nonsense"]
WORSE = ["zip", "hex", "\x00", "*=nonsense''x"]  # Django falls over these while it reads the headers


@pytest.mark.parametrize("charset", STRANGE)
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x", "text/plain"])
def test_a_strange_encoding_is_refused(client, organisation, charset, kind):
    body = b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\n\\ud800\r\n--x--\r\n'
    answer = client.generic("POST", "/taken/?q=\\ud800", body, content_type=f"{kind}; charset={charset}")
    assert answer.status_code == 400


@pytest.mark.parametrize("charset", [*STRANGE, *WORSE])
def test_the_outermost_door_refuses_it_before_any_header_is_read(organisation, charset):
    environ = RequestFactory()._base_environ(PATH_INFO="/taken/", QUERY_STRING="q=\\ud800", REQUEST_METHOD="POST")
    sign = "" if charset.startswith("*") else "="
    environ["CONTENT_TYPE"] = f"{FORM}; charset{sign}{charset}"
    told = []
    body = b"".join(application(environ, lambda status, headers: told.append(status)))
    assert told == ["400 Bad Request"]
    assert b"tel:999" in body


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
def test_utf8_by_any_name_is_taken(client, charset):
    answer = client.generic("POST", "/taken/", "words=Zo%C3%AB", content_type=f"{FORM}; charset={charset}")
    assert answer.content.decode() == "Zoë"


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Disposition: form-data; name=\"words\"; filename*=unicode_escape''\\ud800",
        b"Content-Disposition: form-data; name*=nonsense''x",
        b'Content-Disposition: form-data; name="\xff\x00"',
        b"Content-Disposition: form-data",
        b'Content-Disposition: form-data; name="words"\r\nContent-Transfer-Encoding: base64',
    ],
)
def test_a_broken_upload_is_no_fault(headers):
    client = Client(raise_request_exception=False)
    body = b"--x\r\n" + headers + b"\r\n\r\nwords\r\n--x--\r\n"
    answer = client.generic("POST", "/taken/", body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code < 500
