"""Opens a page of guidance out in the world, and says what stands there: the link checker's hand (S6).

    look("https://www.gov.uk/…")   # "page 5f2c…": a digest of its words; "status 404"; or "no answer"

An address is typed by people, so it may lead anywhere. It is only asked by GET, of hosts whose every address is public,
at the very address that was looked at (a name that answers otherwise a moment later leads nowhere), on the two usual
ports, through few redirects that are each looked at anew, for no longer than `AT_MOST` and for no more than `LONGEST`.
Nothing of ours is sent along, and of what comes back a digest is all that is kept. No proxy is asked: the machine itself
has to reach the page.
"""

import hashlib
import http.client
import ipaddress
import re
import socket
import ssl
from contextlib import closing, suppress
from threading import Timer
from time import monotonic
from urllib.parse import urljoin, urlsplit

AT_MOST = 20  # seconds for one page, its redirects too
PATIENCE = 8  # seconds without a byte
LONGEST = 1_000_000  # bytes that are read of a page; what comes after does not count
REDIRECTS = 5
NO_ANSWER = "no answer"
PORTS = {"http": 80, "https": 443}
# IPv6 addresses that stand for an IPv4 address elsewhere: what lies behind them is not looked at, so they lead nowhere
TRANSLATED = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]
NAME, COMMENT, RAW = (
    re.compile(r"/?[a-zA-Z][\w-]*"),
    "!--",
    ("script", "style", "!--"),
)  # RAW: nothing is nested in them
LEFT_OUT = {
    COMMENT,
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "iframe",
}
HEADERS = {
    "User-Agent": "HARMONY link checker",
    "Accept": "text/html,*/*;q=0.5",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


class Nowhere(Exception):
    """It leads where the checker does not go, or takes too long."""


def is_public(address):
    """Whether this IP address belongs to the open internet: not to this machine, its network, or its cloud."""
    address = getattr(address, "ipv4_mapped", None) or address
    if any(address in net for net in TRANSLATED if net.version == address.version):
        return False
    return address.is_global and not address.is_multicast


def look(url, may_reach=is_public, ports=PORTS, at_most=AT_MOST):
    """What stands at this address, in a few characters. `may_reach` and `ports` are others only where the web is another."""
    ends = monotonic() + at_most
    try:
        for _step in range(REDIRECTS + 1):
            status, kind, body, leads_to = _get(url, may_reach, ports, ends)
            if not leads_to:
                break
            url = urljoin(url, leads_to)
        else:
            return NO_ANSWER
    except (Nowhere, OSError, ValueError, http.client.HTTPException):
        return NO_ANSWER
    return f"page {_digest(kind, body)}" if status == 200 else f"status {status}"


def _get(url, may_reach, ports, ends):
    """(status, kind, what was read of it, where it leads)"""
    parts = urlsplit(url)
    if parts.scheme not in ports or not parts.hostname or parts.username is not None:
        raise Nowhere
    port = parts.port or PORTS[parts.scheme]
    if port != ports[parts.scheme] or monotonic() >= ends:
        raise Nowhere
    line = _connect(parts.hostname, port, may_reach, min(PATIENCE, ends - monotonic()))
    if parts.scheme == "https":
        context = ssl.create_default_context()
        line = context.wrap_socket(line, server_hostname=parts.hostname, do_handshake_on_connect=False)
    # whoever sends a byte now and then is never silent for long: the timer hangs up on them
    timer = Timer(max(0, ends - monotonic()), _hang_up, [line])
    timer.daemon = True
    timer.start()
    try:
        with closing(line):
            return _ask(line, parts, port, ends)
    finally:
        timer.cancel()


def _connect(host, port, may_reach, patience):
    """To the first of its addresses that answers; to none where one of them is not public."""
    found = list(dict.fromkeys(info[4][:2] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
    if not found or not all(may_reach(ipaddress.ip_address(address)) for address, _port in found):
        raise Nowhere
    for where in found[:2]:
        with suppress(OSError):
            return socket.create_connection(where, timeout=patience)
    raise Nowhere


def _hang_up(line):
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _ask(line, parts, port, ends):
    if parts.scheme == "https":
        line.do_handshake()
    connection = http.client.HTTPConnection(parts.hostname, port)
    connection.sock = line
    where = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.request("GET", where, headers=HEADERS | {"Host": _host(parts, port)})
    with closing(connection.getresponse()) as answer:
        leads_to = answer.getheader("Location") if answer.status in (301, 302, 303, 307, 308) else None
        body = b"" if leads_to or answer.status != 200 else _read(answer)
        if monotonic() >= ends:  # we hung up on it: what was read is not the whole
            raise Nowhere
        return answer.status, answer.getheader("Content-Type", ""), body, leads_to


def _host(parts, port):
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return host if port == PORTS[parts.scheme] else f"{host}:{port}"


def _read(answer):
    pieces, size = [], 0
    while size < LONGEST and (piece := answer.read1(min(65536, LONGEST - size))):
        pieces.append(piece)
        size += len(piece)
    if size < LONGEST and answer.length:
        raise Nowhere  # it broke off
    return b"".join(pieces)


def _digest(kind, body):
    """Of the words of a page alone: what it is dressed in, its menus and its scripts change each day."""
    if "html" in kind.lower():
        charset = re.search(r"charset=[\"']?([\w-]+)", kind)
        try:
            text = body.decode(charset[1] if charset else "utf-8", "replace")
        except LookupError:
            text = body.decode("utf-8", "replace")
        body = " ".join(words_of(text)).encode()
    return hashlib.sha256(body).hexdigest()


def words_of(text):
    """What somebody reads on a page: of its main part, where it says which that is.

    In one pass: Python's own HTMLParser takes minutes for a page of a megabyte that is made to hurt it.
    """
    found, main, in_main, left_out, depth = [], [], 0, "", 0
    before, *parts = text.split("<")
    for part in (f"p>{before}", *parts):
        name, said = _tag(part, in_comment=left_out == COMMENT)
        if left_out:
            depth += (name == left_out not in RAW) - (name == f"/{left_out}")
            if depth:
                continue
            left_out = ""
        elif name in LEFT_OUT:
            left_out, depth = name, 1
            continue
        in_main += (name == "main") - (name == "/main")
        words = said.split()
        found += words
        if in_main > 0:
            main += words
    return main or found


def _tag(part, in_comment):
    """(its name, what is read after it) of what stands between two “<”. A comment ends with “-->”, and nothing else ends it."""
    if in_comment or part.startswith(COMMENT):
        _inside, end, said = part.partition("-->")
        return (f"/{COMMENT}" if in_comment else "") if end else COMMENT, said
    name = NAME.match(part)
    return (name[0].lower(), part.partition(">")[2]) if name else ("", part)
