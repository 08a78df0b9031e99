"""Hostile files, one for each trick, made here: each is refused, with the sentence that says what to do instead."""

import io
import stat
import struct
import tarfile
import zipfile
import zlib

import pikepdf
import pytest

from harmony.audit.transitions import Refused
from harmony.files.checking import check
from harmony.files.taking import Taken

from .made import GOOD, HELLO, RELS, TYPES, jpeg, link, office, part_of_jpeg, part_of_png, pdf, png

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ZIP = office()
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EXE = b"MZ\x90\0" + b"\0" * 200
NAME = pikepdf.Name
JS = {"/S": NAME.JavaScript, "/JS": "app.alert(1)"}


def with_root(name, value):
    return lambda made: made.Root.__setitem__(name, value(made) if callable(value) else value)


def attached(made):
    made.attachments["a.exe"] = EXE


def link_that_runs(made):
    action = pikepdf.Dictionary(S=NAME.Launch, F="cmd.exe")
    made.pages[0].Annots = [pikepdf.Dictionary(Type=NAME.Annot, Subtype=NAME.Link, Rect=[0, 0, 9, 9], A=action)]


def hidden_in_a_stream(made):
    made.Root.Extra = made.make_indirect(pikepdf.Dictionary(A=[[pikepdf.Dictionary(JS)]]))


def film(made):
    made.pages[0].Annots = [pikepdf.Dictionary(Type=NAME.Annot, Subtype=NAME.RichMedia, Rect=[0, 0, 9, 9])]


def cycle(made):
    one = made.make_indirect(pikepdf.Dictionary())
    one.Again = one
    one.Kids = [pikepdf.Dictionary(JS)]
    made.Root.Extra = one


def info(name, mode):
    named = zipfile.ZipInfo(name)
    named.external_attr = mode << 16
    return named


def lying(content, says):
    """An archive whose list of parts says another size than there is."""
    at = content.rfind(b"PK\x01\x02")
    return content[: at + 24] + struct.pack("<I", says) + content[at + 28 :]


def tarred():
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a"), io.BytesIO())
    return written.getvalue()


def locked():
    content = bytearray(ZIP)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := content.find(sign, at)) != -1:
            content[at + place] |= 1
            at += 4
    return bytes(content)


BAD_NAME, TRICK = "signs in the name", "hides what it is"
ARCHIVE, MACROS, PICTURES = "Unpack it", "Save it as a PDF, and add that", "PNG and JPEG only"
SOUND, PAGE, PROGRAM = "no sound and no video", "Print it as a PDF", "Do not open it"
NOT_IT, TWO, BROKEN, RUNS = "not what its name says", "something else hidden", "broken", "holds a program"
TOO_MUCH, TOO_LARGE, TEXT, LOCKED = "unfolds to far more", "too large", "not plain text", "password"

HOSTILE = [
    # its name
    *((name, b"x", BAD_NAME) for name in ("a\r\nSet-Cookie: x.pdf", "gp\u202exdp.pdf", "a\0.pdf", "a:b.txt", 'a".pdf')),
    *((name, b"x", "no name of a file") for name in (".htaccess", "chat", "con.txt", "LPT1.png", "chat.png.", ". .txt")),
    *((name, b"x", TRICK) for name in ("invoice.exe.pdf", "chat.html.png", "a.docm.docx", "a.zip.txt")),
    ("x" * 200 + ".pdf", b"x", "too long"),
    # what it says it is
    *((f"a.{ending}", ZIP, ARCHIVE) for ending in ("zip", "jar", "7z", "tar", "iso", "GZ")),
    *((f"a.{ending}", ZIP, MACROS) for ending in ("docm", "xlsm", "doc", "xlsb", "rtf")),
    *((f"a.{ending}", b"GIF89a", PICTURES) for ending in ("gif", "webp", "heic")),
    *((f"a.{ending}", b"\0\0\0 ftypmp42", SOUND) for ending in ("mp4", "m4a", "mov", "mp3", "wav")),
    *((f"a.{ending}", HTML, PAGE) for ending in ("html", "svg", "xhtml", "eml")),
    *((f"a.{ending}", EXE, PROGRAM) for ending in ("exe", "pdf.exe", "js", "lnk", "ps1", "scr", "hta")),
    ("a.unknown", b"x", "We take PDF"),
    # what it is instead
    ("empty.txt", b"", "empty"),
    ("page.pdf", HTML, NOT_IT),
    ("page.png", SVG, NOT_IT),
    ("program.pdf", EXE, PROGRAM),
    ("program.png", b"\x7fELF" + b"\0" * 99, PROGRAM),
    ("archive.pdf", b"Rar!\x1a\x07\0", ARCHIVE),
    ("archive.docx", b"\x1f\x8b\x08\0", ARCHIVE),
    ("tar.txt", tarred(), TEXT),
    ("old.docx", OLE, "old office file"),
    ("old.txt", OLE, "old office file"),
    ("jpeg.png", jpeg(), NOT_IT),
    ("png.jpg", png(), NOT_IT),
    ("gif.png", b"GIF89a" + b"\0" * 99, NOT_IT),
    ("webp.png", b"RIFF\0\0\0\0WEBPVP8 ", NOT_IT),
    ("film.jpg", b"\0\0\0 ftypisom", NOT_IT),
    ("late.pdf", b"x" * 100 + pdf(), NOT_IT),
    # text
    ("page.txt", HTML, TWO),
    ("late page.txt", b"Hello\n" * 20_000 + b"<ScRiPt>alert(1)</script>", TWO),
    ("drawing.txt", b"\xef\xbb\xbf" + SVG, TWO),
    ("php.txt", b"<?php system('id');", TWO),
    ("script.txt", b"#!/bin/sh\nrm -rf /", PROGRAM),
    ("zero.txt", b"a\0b", TEXT),
    ("turned.txt", "a\u202eb".encode(), TEXT),
    ("latin.txt", b"Zo\xeb", TEXT),
    ("half a letter.txt", HELLO[:-1] + b"\xc3", TEXT),
    ("escape.txt", b"\x1b]0;title\x07", TEXT),
    # pictures
    ("zip behind.png", png(after=ZIP), TWO),
    ("zip behind.jpg", jpeg(after=ZIP), TWO),
    ("zip within.png", png(part_of_png(b"zzZz", ZIP)), TWO),
    ("zip within.jpg", jpeg(part_of_jpeg(0xFE, ZIP), scan=b"\x12"), TWO),
    ("page within.jpg", jpeg(part_of_jpeg(0xFE, HTML)), TWO),
    ("php within.png", png(part_of_png(b"tEXt", b"a\0<?php x();")), TWO),
    ("php behind.jpg", jpeg(after=b"<?php x();"), TWO),
    ("second picture.jpg", jpeg(after=jpeg()), TWO),
    ("squeezed text.png", png(part_of_png(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 9_000_000))), TWO),
    ("squeezed profile.png", png(part_of_png(b"iCCP", b"a\0\0" + zlib.compress(b"\0" * 9_000_000))), TWO),
    ("bomb.png", png(width=50_000, height=50_000), TOO_LARGE),
    ("bomb.jpg", jpeg(width=60_000, height=60_000), TOO_LARGE),
    ("no size.png", png(width=0), BROKEN),
    ("moves.png", png(part_of_png(b"acTL", b"\0" * 8)), "stands still"),
    ("cut.png", png()[:-20], BROKEN),
    ("cut.jpg", jpeg()[:-2], BROKEN),
    ("flipped.png", png().replace(b"IDATx", b"IDATy"), BROKEN),
    ("only a head.png", b"\x89PNG\r\n\x1a\n" + part_of_png(b"IEND"), BROKEN),
    ("only a head.jpg", b"\xff\xd8\xff\xd9", BROKEN),
    ("long part.png", b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 2**31) + b"IHDR", BROKEN),
    # PDF
    ("runs at opening.pdf", pdf(with_root("/OpenAction", pikepdf.Dictionary(JS))), RUNS),
    ("runs later.pdf", pdf(with_root("/AA", pikepdf.Dictionary(WC=pikepdf.Dictionary(JS)))), RUNS),
    ("opens a page.pdf", pdf(with_root("/OpenAction", pikepdf.Dictionary(S=NAME.URI, URI="http://x.example"))), RUNS),
    ("launches.pdf", pdf(link_that_runs), RUNS),
    ("hidden.pdf", pdf(hidden_in_a_stream, object_stream_mode=pikepdf.ObjectStreamMode.generate), RUNS),
    ("hex.pdf", pdf(hidden_in_a_stream).replace(b"/JavaScript", b"/Java#53cript").replace(b"/JS", b"/J#53"), RUNS),
    ("round.pdf", pdf(cycle), RUNS),
    ("attached.pdf", pdf(attached), RUNS),
    ("film.pdf", pdf(film), RUNS),
    ("form.pdf", pdf(with_root("/AcroForm", pikepdf.Dictionary(XFA="<xdp/>"))), RUNS),
    ("locked.pdf", pdf(encryption=pikepdf.Encryption(owner="a", user="b")), LOCKED),
    ("locked to print.pdf", pdf(encryption=pikepdf.Encryption(owner="a", user="")), LOCKED),
    ("zip behind.pdf", pdf() + ZIP, TWO),
    ("cut.pdf", pdf()[:-30], BROKEN),
    ("nothing.pdf", b"%PDF-1.7\n%%EOF", BROKEN),
    # Word and Excel
    ("macro.docx", office(("word/vbaProject.bin", OLE)), RUNS),
    ("renamed macro.docx", office(("word/theme.xml", OLE)), RUNS),
    ("says macro.docx", office(types=TYPES.replace(b"<Types", b"<Types a='application/vnd.ms-word.document.macroEnabled'")), RUNS),
    ("object.docx", office(("word/embeddings/oleObject1.bin", OLE)), RUNS),
    ("active.xlsx", office(("xl/activeX/activeX1.xml", b"<a/>"), heart="xl/workbook.xml"), RUNS),
    ("macro sheet.xlsx", office(("xl/macrosheets/sheet1.xml", b"<a/>"), heart="xl/workbook.xml"), RUNS),
    ("template.docx", office(link("attachedTemplate", "http://x.example/a.dotm")), RUNS),
    ("other order.docx", office((RELS, b"<Relationship TargetMode='External' Target='file://x' Type='a/oleObject'/>")), RUNS),
    ("dde.docx", office(body=b"<w:p><w:instrText xml:space='preserve'> DDEAUTO c:\\cmd</w:instrText></w:p>"), RUNS),
    ("dde.xlsx", office(("xl/externalLinks/externalLink1.xml", b"<ddeLink/>"), heart="xl/workbook.xml"), RUNS),
    ("laughs.docx", office(body=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), RUNS),
    ("page within.docx", office(("word/a.html", HTML)), RUNS),
    ("archive within.docx", office(("word/media/image1.png", ZIP)), RUNS),
    ("program within.docx", office(("word/media/image1.png", EXE)), RUNS),
    ("bomb.docx", office(("word/media/a.xml", b"\0" * 70_000_000)), TOO_MUCH),
    ("many.docx", office(*((f"word/{number}.xml", b"") for number in range(2_100)), way=zipfile.ZIP_STORED), TOO_MUCH),
    ("slips.docx", office(("../../etc/cron.d/a", b"x")), TWO),
    ("slips too.docx", office(("word\\..\\a.xml", b"x")), TWO),
    ("rooted.docx", office(("/etc/passwd", b"x")), TWO),
    ("points.docx", office((info("word/a.xml", stat.S_IFLNK | 0o777), b"/etc/passwd")), TWO),
    ("behind.docx", ZIP + b"MZ program", TWO),
    ("before.docx", b"PK\x03\x04 something" + ZIP, TWO),
    ("no document.docx", office(heart="ppt/presentation.xml"), NOT_IT),
    ("book.docx", office(heart="xl/workbook.xml"), NOT_IT),
    ("locked.docx", locked(), LOCKED),
    ("wide letters.docx", office(body="<!DOCTYPE a>".encode("utf-16")), BROKEN),
    ("lies.docx", lying(office(("word/a.xml", b"a" * 5_000)), 10), BROKEN),
    ("cut.docx", ZIP[:-30], TWO),
]  # fmt: skip


def test_there_are_enough():
    assert len(HOSTILE) >= 60 and len({(name, content) for name, content, _said in HOSTILE}) == len(HOSTILE)


@pytest.mark.parametrize(("name", "content", "said"), HOSTILE, ids=[ascii(name)[:40] for name, _c, _s in HOSTILE])
def test_a_file_that_is_not_what_it_says_is_refused(name, content, said):
    with pytest.raises(Refused, match=said):
        check(taken(name, content))


@pytest.mark.parametrize("name", GOOD)
def test_a_good_one_is_taken(name):
    kind = {"jpg": "jpeg"}.get(ending := name.rpartition(".")[2].lower(), ending)
    assert check(taken(name, GOOD[name])) == kind


def test_one_that_is_too_big_is_not_even_kept_aside(settings):
    settings.LARGEST_FILE = 1_000_000
    big = Taken.of("a.txt", b"a" * 1_000_001)
    with pytest.raises(Refused, match="up to 1 MB"):
        check(big)
    assert big.file.read() == b""


def taken(name, content):
    """Django itself takes what stands before a slash, and cuts a long name off: here the rules are held to it whole."""
    file = Taken.of("x", content)
    file._name = name
    return file
