"""An organisation's own colours: whether they can be read, and the few custom properties that put them on every page.

Two colours make all the others: the main one (buttons, links) and the dark one (the strip on top, the big panels).
Read by WCAG 2.2, AA: words need 4.5 to 1 against what is behind them (1.4.3), shapes 3 to 1 (1.4.11). Red, amber,
green, plum and indigo say something on our pages and stay as they are.
"""

import colorsys
import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

MAIN, DARK = "#0b5c66", "#0a3b42"  # ours, as in frontend/scss/_tokens.scss
WHITE, AMBER = "#ffffff", "#f4a63b"
WORDS, SHAPES = 4.5, 3.0
HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
DARK_ENOUGH = 10.0  # white on a dark colour that we make ourselves: as calm as our own

# what links stand on (frontend/scss/_tokens.scss)
SURFACES = [
    (_("a link on the page"), "#faf7f2"),
    (_("a link at the foot of the page"), "#f3ece1"),
    (_("a phone number in an amber box"), "#fdeccf"),
    (_("a link in a red box"), "#fbe4e0"),
    (_("a link in a plum box"), "#f3e5f3"),
    (_("a link in a green box"), "#ddf0e2"),
]


def parse(text):
    """ "#0b5c66" of "0B5C66", "#0b5c66" or "#abc". ValueError for anything else."""
    found = HEX.fullmatch(text.strip())
    if not found:
        raise ValueError(f"no colour: {text!r}")
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def luminance(colour):
    """Relative luminance, 0 for black to 1 for white (WCAG 2.2)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """From 1, the same, to 21, black on white (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour, share, into=WHITE):
    """So much of a colour, the rest of another."""
    return _hex(share * own + (1 - share) * other for own, other in zip(_parts(colour), _parts(into), strict=True))


@dataclass(frozen=True)
class Pair:
    """Two colours that meet on a page."""

    what: str
    front: str
    back: str
    needed: float = WORDS

    @property
    def measured(self):
        return contrast(self.front, self.back)

    @property
    def holds(self):
        return self.measured >= self.needed

    @property
    def rounded(self):
        """Down to a tenth, as contrast is told: 4.49 is no 4.5."""
        return int(self.measured * 10) / 10


def main_pairs(main):
    """Where the main colour meets others. Its pale tints count, for links stand on them too."""
    return [
        Pair(_("white words on a button"), WHITE, main),
        *(Pair(what, main, surface) for what, surface in SURFACES),
        Pair(_("a link in a calm box"), main, mixed(main, 0.08)),
    ]


def dark_pairs(dark, main=MAIN):
    """Where the dark colour meets others; the selected page of the menu is dark on a tint of the main one."""
    return [
        Pair(_("white words in the strip on top"), WHITE, dark),
        Pair(_("pale words in the strip over a case"), mixed(main, 0.3), dark),
        Pair(_("the page you are on, in the menu"), dark, mixed(main, 0.17)),
        Pair(_("the amber button in a dark panel"), AMBER, dark, SHAPES),
        *(Pair(what, dark, surface) for what, surface in SURFACES),  # a link under the pointer
    ]


def failing(pairs):
    """The pair that falls shortest of what it needs; None when all hold."""
    worst = min(pairs, key=lambda pair: pair.measured / pair.needed)
    return None if worst.holds else worst


def darker(colour, pairs):
    """The nearest darker one of the same hue that can be read everywhere; black in the end."""
    hue, light, strength = colorsys.rgb_to_hls(*_parts(colour))
    for step in range(101):
        tried = _hex(colorsys.hls_to_rgb(hue, light * (1 - step / 100), strength))
        if not failing(pairs(tried)):
            return tried
    return "#000000"


def dark_of(main):
    """A dark colour for whoever names none: the main one's hue, dark enough for white words at any size."""
    return darker(main, lambda tried: [Pair("", WHITE, tried, DARK_ENOUGH), *dark_pairs(tried, main)])


def worn(main, dark):
    """The two colours that pages wear: what is missing follows from the other; None when both are, for our own."""
    if not (main or dark):
        return None
    main = main or MAIN
    return main, dark or (DARK if main == MAIN else dark_of(main))


def properties(main, dark):
    """What is put in the place of our own: the stylesheet's custom properties, and those of govuk-frontend."""
    tints = {200: mixed(main, 0.3), 100: mixed(main, 0.17), 50: mixed(main, 0.08)}
    return {
        "--brand-900": dark,
        "--brand-700": main,
        "--brand-600": mixed(main, 0.92),
        **{f"--brand-{step}": tint for step, tint in tints.items()},
        "--govuk-brand-colour": main,
        "--govuk-link-colour": main,
        "--govuk-link-hover-colour": dark,
        "--govuk-hover-colour": tints[100],
        "--govuk-surface-background-colour": tints[50],
        "--govuk-surface-border-colour": tints[200],
    }


def stylesheet(main, dark):
    return ":root{" + ";".join(f"{name}:{colour}" for name, colour in properties(main, dark).items()) + "}\n"


def _parts(colour):
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _hex(parts):
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)
