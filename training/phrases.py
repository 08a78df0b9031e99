"""Where somebody stands with a course, in words and shapes: never colour alone."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from harmony.look.templatetags.look import framed, matrix_cell, pill
from harmony.look.words import short_day

from .needs import Stand

LOOKS = {  # tone, icon
    Stand.LAPSED: ("red", "alert"),
    Stand.NOT_DONE: ("red", "cross"),
    Stand.UNCHECKED: ("indigo", "search"),
    Stand.DUE: ("amber", "clock"),
    Stand.SOON: ("amber", "clock"),
    Stand.EXCUSED: ("plain", "info"),
    Stand.VALID: ("green", "check"),
}
DAYS = {
    Stand.LAPSED: gettext_lazy("on %(day)s"),
    Stand.NOT_DONE: gettext_lazy("was due %(day)s"),
    Stand.UNCHECKED: gettext_lazy("done %(day)s"),
    Stand.DUE: gettext_lazy("by %(day)s"),
    Stand.SOON: gettext_lazy("on %(day)s"),
    Stand.EXCUSED: gettext_lazy("to %(day)s"),
    Stand.VALID: gettext_lazy("to %(day)s"),
}
NAMED = 2  # gaps that are named below a name; more are counted


def when(cell):
    """ "to 1 Mar 2026", "for good"."""
    if cell.day:
        return DAYS[cell.stand] % {"day": short_day(cell.day)}
    return _("for good") if cell.stand == Stand.VALID else ""


def in_words(cell):
    """One line: "Run out on 1 Mar 2026"."""
    return f"{cell.stand.label} {when(cell)}".strip()


class Cells:
    """Cells of a table, each kind made once: a page has thousands, of a few hundred kinds and eight pills."""

    def __init__(self):
        self._made = {}
        self._pills = {
            stand: (pill(tone, stand.label, icon), str(DAYS[stand])) for stand, (tone, icon) in LOOKS.items()
        }

    def __call__(self, cell):
        if cell not in self._made:
            self._made[cell] = self._draw(cell)
        return self._made[cell]

    def _draw(self, cell):
        if cell.stand not in self._pills:
            return matrix_cell("", cell.stand.label)
        drawn, says = self._pills[cell.stand]
        return framed(drawn, says % {"day": short_day(cell.day)} if cell.day else when(cell))


def gaps(titles):
    """What somebody lacks, below their name: on a phone no other column need be looked at."""
    if len(titles) > NAMED:
        return ngettext("%(count)d gap", "%(count)d gaps", len(titles)) % {"count": len(titles)}
    return _("Gap: %(titles)s") % {"titles": ", ".join(titles)} if titles else ""
