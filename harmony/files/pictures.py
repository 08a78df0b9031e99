"""PNG and JPEG: the parts of the file are walked, one after another. No picture is ever decoded (R24)."""

import io
import struct
import zlib

from django.utils.translation import gettext as _

from harmony.audit.transitions import Refused

from .signs import CHUNK, must_begin, refuse_archive_at_its_end, refuse_markup, two_things

MOST_DOTS = 60_000_000
MOST_INFLATED = 4_000_000  # bytes of a colour profile
MOVING = {b"acTL", b"fcTL", b"fdAT"}
SQUEEZED_TEXT = {b"zTXt"}
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # markers that say how big it is
ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a part of their own


def check_png(file, size):
    must_begin(file, "png")
    try:
        _walk_png(file, size)
    except (struct.error, zlib.error):
        raise broken() from None
    refuse_markup(file)
    refuse_archive_at_its_end(file, size)


def check_jpeg(file, size):
    must_begin(file, "jpeg")
    try:
        _walk_jpeg(file, size)
    except struct.error:
        raise broken() from None
    refuse_markup(file)
    refuse_archive_at_its_end(file, size)


def broken():
    return Refused(_("This picture is broken, or was cut off. Take the screenshot again, and add that."))


def _walk_png(file, size):
    at, first, drawn = 8, True, False
    file.seek(at)
    while True:
        length, name = struct.unpack(">I4s", file.read(8))
        at += 12 + length
        if at > size:
            raise broken()
        if first != (name == b"IHDR"):
            raise broken()
        first, drawn = False, drawn or name == b"IDAT"
        _part_of_png(name, file, length)
        if name == b"IEND":
            break
    if not drawn:
        raise broken()
    if at != size:
        raise two_things()


def _part_of_png(name, file, length):
    if name in MOVING:
        raise Refused(_("This picture moves. Take a screenshot that stands still, and add that."))
    if name in SQUEEZED_TEXT:
        raise two_things()
    checksum, held, left = zlib.crc32(name), b"", length
    while left:
        chunk = file.read(min(left, CHUNK))
        if not chunk:
            raise broken()
        checksum, left = zlib.crc32(chunk, checksum), left - len(chunk)
        held = held + chunk if name in (b"IHDR", b"iCCP") else b""
    if struct.unpack(">I", file.read(4))[0] != checksum:
        raise broken()
    if name == b"IHDR":
        _not_too_big(*struct.unpack(">II", held[:8]))
    if name == b"iCCP":
        unfold = zlib.decompressobj()
        unfold.decompress(held.partition(b"\0")[2][1:], MOST_INFLATED)
        if unfold.unconsumed_tail:
            raise two_things()


def _walk_jpeg(file, size):
    file.seek(2)
    framed = scanned = False
    while True:
        marker = _marker(file)
        if marker == 0xD9:
            break
        if marker in ALONE:
            continue
        (length,) = struct.unpack(">H", file.read(2))
        part = file.read(length - 2) if length >= 2 else b""
        if len(part) != length - 2:
            raise broken()
        if marker in FRAMES:
            _height, _width = struct.unpack(">HH", part[1:5])
            _not_too_big(_width, _height)
            framed = True
        if marker == 0xDA:
            scanned = True
            _over_the_scan(file)
    if not (framed and scanned):
        raise broken()
    if file.tell() != size:
        raise two_things()


def _marker(file):
    if file.read(1) != b"\xff":
        raise broken()
    while (one := file.read(1)) == b"\xff":  # filling
        pass
    if one in (b"", b"\0"):
        raise broken()
    return one[0]


def _over_the_scan(file):
    """To the first marker after the picture's own bytes: an FF that is neither stuffed nor a restart."""
    held = b""
    while chunk := file.read(CHUNK):
        start, held = file.tell() - len(chunk) - len(held), held + chunk
        at = held.find(b"\xff")
        while at != -1 and at + 1 < len(held):
            if held[at + 1] != 0 and not 0xD0 <= held[at + 1] <= 0xD7 and held[at + 1] != 0xFF:
                file.seek(start + at, io.SEEK_SET)
                return
            at = held.find(b"\xff", at + 1)
        held = held[-1:] if held.endswith(b"\xff") else b""
    raise broken()


def _not_too_big(width, height):
    if not width or not height:
        raise broken()
    if width * height > MOST_DOTS:
        raise Refused(_("This picture is too large: opening it could stop a computer. Take a smaller screenshot."))
