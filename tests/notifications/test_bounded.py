"""A server that hangs, or says a byte now and then for ever, at any step: the send is over before another may begin it."""

import socket
import ssl
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import OperationalError, connection
from django.utils.timezone import now

from harmony.audit.events import event
from harmony.notifications import dispatch
from harmony.notifications.bounded import EmailBackend
from harmony.notifications.dispatch import BEGINS, HOLDS, LONGEST, claim, send_waiting
from harmony.people.models import OnCall

pytestmark = pytest.mark.django_db
ANSWER = 0.3  # seconds
SLACK = 0.5  # for the machine
STEPS = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "words")


@pytest.fixture
def quick(settings):
    settings.EMAIL_TIMEOUT = ANSWER


def lasted(work):
    since = time.monotonic()
    work()
    return time.monotonic() - since


def test_a_send_is_over_before_its_claim_runs_out():
    assert BEGINS + LONGEST < HOLDS


@pytest.mark.parametrize("dribbles", [0, ANSWER / 3], ids=["silent", "dribbles"])
@pytest.mark.parametrize("step", STEPS)
def test_no_step_can_hold_it_longer(organisation, told, amara, post_office, quick, step, dribbles):
    notice = told(amara)
    post_office.stops_at, post_office.dribbles = step, dribbles
    assert lasted(send_waiting) < LONGEST * ANSWER + SLACK < claim().total_seconds()
    assert notice.deliveries.get().status == "failed"
    post_office.stops_at = None
    assert send_waiting(now() + timedelta(minutes=1)) == 1
    assert len(post_office.taken) == 1


def test_saying_goodbye_cannot_hold_it_either(organisation, told, amara, post_office, quick):
    notice = told(amara)
    post_office.stops_at, post_office.dribbles = "QUIT", ANSWER / 3
    assert lasted(send_waiting) < LONGEST * ANSWER + SLACK
    assert notice.deliveries.get().status == "sent"


def test_a_machine_that_takes_no_call(organisation, told, amara, post_office, quick, settings):
    notice = told(amara)
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        settings.EMAIL_PORT = full.getsockname()[1]
        callers = [socket.socket() for _turn in range(4)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(full.getsockname())
        assert ANSWER / 2 < lasted(send_waiting) < LONGEST * ANSWER + SLACK
        for caller in callers:
            caller.close()
    delivery = notice.deliveries.get()
    assert (delivery.status, delivery.failure) == ("failed", "TimeoutError")


def test_a_name_with_many_addresses_is_called_no_longer(post_office, quick, monkeypatch):
    """Seven machines that take no call: together they get no more time than one."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        callers = [socket.socket() for _turn in range(4)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(full.getsockname())
        found = socket.getaddrinfo(*full.getsockname(), type=socket.SOCK_STREAM)
        monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found * 7)
        backend = EmailBackend(host="many.example.org", port=full.getsockname()[1])

        def call():
            with pytest.raises(TimeoutError):
                backend.open()

        assert lasted(call) < LONGEST * ANSWER + SLACK
        for caller in callers:
            caller.close()


def test_what_comes_too_late_in_its_claim_is_not_begun(organisation, told, amara, post_office, quick):
    notice = told(amara)
    slow = dispatch.take("mail")
    taken = time.monotonic() - (BEGINS + 0.1) * ANSWER
    assert dispatch.attempt(slow, None, taken=taken) is False
    delivery = notice.deliveries.get()
    assert (delivery.status, delivery.failure) == ("failed", "TooLate")


# under TLS


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """A certificate of our own for this machine, in a server's context."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    at = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(at - timedelta(days=1)).not_valid_after(at + timedelta(days=1))
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    pem, clear = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, clear)
    file.write_bytes(private + made.sign(key, hashes.SHA256()).public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@pytest.mark.parametrize("how", ["use_ssl", "use_tls"])
def test_a_sealed_line_is_cut_too(sealed, quick, how):
    server = socket.create_server(("127.0.0.1", 0))

    def dribble():
        talk, _address = server.accept()
        if how == "use_tls":
            for answer in (b"220 sink\r\n", b"250-sink\r\n250 STARTTLS\r\n", b"220 go on\r\n"):
                talk.sendall(answer)
                if not answer.startswith(b"220 go"):
                    talk.recv(1000)
        with suppress(OSError), sealed.wrap_socket(talk, server_side=True) as line:
            while True:
                line.sendall(b"2")
                time.sleep(ANSWER / 3)

    threading.Thread(target=dribble, daemon=True).start()
    backend = EmailBackend(host="127.0.0.1", port=server.getsockname()[1], username="a", password="b", **{how: True})
    backend.ssl_context = ssl._create_unverified_context()

    def call():
        with pytest.raises(OSError):
            backend.open()

    assert ANSWER < lasted(call) < LONGEST * ANSWER + SLACK
    server.close()


# the phone


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 20", b"HTTP/1.1 200 OK\r\nServer: "])
def test_no_service_for_phones_can_hold_it_longer(organisation, told, amara, quick, settings, said):
    with event("add", by="the tests", about=amara):
        hours = timedelta(hours=12)
        OnCall.objects.create(user=amara, phone="01632 960 109", starts_at=now() - hours, ends_at=now() + hours)
    server = socket.create_server(("127.0.0.1", 0))
    settings.HARMONY_PHONE_URL = f"http://127.0.0.1:{server.getsockname()[1]}/"
    told(amara, urgent=True)

    def dribble():
        talk, _address = server.accept()
        with suppress(OSError), talk:
            talk.sendall(said)
            while True:
                time.sleep(ANSWER / 3)
                talk.sendall(b" " if not said else b"2")

    threading.Thread(target=dribble, daemon=True).start()
    assert lasted(send_waiting) < LONGEST * ANSWER + SLACK
    server.close()


# when the database goes away in the middle


@pytest.mark.django_db(transaction=True)
def test_what_is_out_is_written_down_as_soon_as_the_database_is_back(
    organisation, told, amara, post_office, monkeypatch
):
    notice = told(amara)
    refusals = [OperationalError("the database system is shutting down")] * 2

    def refuse(execute, sql, params, many, context):
        if refusals and sql.startswith("UPDATE") and "sent" in params:
            raise refusals.pop()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        assert send_waiting() == 1
    assert not refusals
    assert notice.deliveries.get().status == "sent"
    assert send_waiting(now() + claim()) == 0
    assert len(post_office.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_a_database_that_stays_away_ends_the_run_and_the_message_is_free_again(
    organisation, told, amara, post_office, settings
):
    settings.EMAIL_TIMEOUT = 0.1
    told(amara)

    def refuse(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and "sent" in params:
            raise OperationalError("the database system is shutting down")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse), pytest.raises(OperationalError):
        send_waiting()
    assert send_waiting(now() + claim()) == 1
    assert len({message["Message-ID"] for message in post_office.taken}) == 1
