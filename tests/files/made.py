"""Files made here, byte by byte: good ones of each kind, and the parts that hostile ones are made of."""

import io
import struct
import zipfile
import zlib

import pikepdf

HELLO = "Zoë: are you there?\nMe: yes\n".encode()
TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'
WORDS = b"<w:document><w:p>Hello</w:p></w:document>"
RELS = "word/_rels/document.xml.rels"


def part_of_png(name, content=b""):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(*more, width=2, height=2, after=b""):
    head = part_of_png(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    drawn = part_of_png(b"IDAT", zlib.compress(b"\0\xff\xff" * 2))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + drawn + part_of_png(b"IEND") + after


def part_of_jpeg(marker, content):
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def jpeg(*more, width=2, height=2, scan=b"\x12\xff\x00\x34" * 40_000, after=b""):
    frame = part_of_jpeg(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    parts = part_of_jpeg(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0") + b"".join(more) + frame
    return b"\xff\xd8" + parts + part_of_jpeg(0xDA, b"\x01\x01\0\0\x3f\0") + scan + b"\xff\xd9" + after


def pdf(change=None, **saved):
    made, written = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    if change:
        change(made)
    made.save(written, **saved)
    return written.getvalue()


def office(*more, heart="word/document.xml", body=WORDS, types=TYPES, way=zipfile.ZIP_DEFLATED):
    """`more`: (name or ZipInfo, content)"""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", way) as archive:
        for name, content in (("[Content_Types].xml", types), (heart, body), *more):
            archive.writestr(name, content)
    return written.getvalue()


def link(kind, target, mode="External"):
    """A relationship of a Word document to something outside it."""
    place = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    return (
        RELS,
        f'<Relationships><Relationship Id="r1" Type="{place}" Target="{target}" TargetMode="{mode}"/></Relationships>',
    )


GOOD = {
    "chat.png": png(),
    "profile.png": png(
        part_of_png(b"iCCP", b"sRGB\0\0" + zlib.compress(b"colours" * 99)), part_of_png(b"tEXt", b"a\0b")
    ),
    "chat.jpg": jpeg(),
    "Chat of 3.5.2026.JPEG": jpeg(part_of_jpeg(0xE1, b"Exif\0\0" + b"<x:xmpmeta/>")),
    "letter.pdf": pdf(),
    "squeezed.pdf": pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "opens at its page.pdf": pdf(lambda made: made.Root.__setitem__("/OpenAction", [made.pages[0].obj, "/Fit"])),
    "notes.docx": office(link("hyperlink", "https://example.org")),
    "table.xlsx": office(heart="xl/workbook.xml"),
    "chat.txt": HELLO,
    "with a mark.txt": b"\xef\xbb\xbf" + HELLO,
    "Zoë’s notes.txt": b"a < b",
}
