"""Makes the fonts of the PDFs: the web fonts' two halves as fixed weights, joined, as TrueType.

The same web fonts give the same bytes: no clock is read.
"""

import io
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).resolve().parent.parent / "static" / "harmony" / "fonts"


def fixed(part, weight):
    font = TTFont(FONTS / f"atkinson-next-{part}-normal.woff2", recalcTimestamp=False)
    instantiateVariableFont(font, {"wght": weight}, inplace=True)
    font.flavor = None
    return font


def joined(weight, style):
    """Latin and extended Latin in one file: the PDF maker does not choose between files by letter."""
    halves = []
    for part in ("latin", "latin-ext"):
        half = io.BytesIO()
        fixed(part, weight).save(half)
        half.seek(0)
        halves.append(half)
    font = Merger().merge(halves)
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = fixed("latin", weight)["head"].modified
    font["OS/2"].usWeightClass = weight
    name(font, style)
    return font


def name(font, style):
    family = "Atkinson Hyperlegible Next"
    for number, text in {1: family, 2: style, 4: f"{family} {style}", 6: f"AtkinsonHyperlegibleNext-{style}"}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    bold = style == "Bold"
    font["head"].macStyle = int(bold)
    font["OS/2"].fsSelection = 0x20 if bold else 0x40


if __name__ == "__main__":
    for weight, style in ((400, "Regular"), (700, "Bold")):
        joined(weight, style).save(FONTS / f"AtkinsonHyperlegibleNext-{style}.ttf")
