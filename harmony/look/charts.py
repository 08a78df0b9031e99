"""Bars of a chart, as numbers for templates/components/chart.html: no script, no style, and a table beside it.

chart = bars(_("Reports a week"), [("2 March", 3), ("9 March", 5)])
"""

from dataclasses import dataclass

WIDTH, HEIGHT = 600, 140  # of the drawing; the page scales it
GAP = 0.3  # of a bar's room
LEAST = 3  # a nought is drawn too, as a line: a week without reports is no gap in the figures


@dataclass(frozen=True)
class Bar:
    label: str
    value: int
    says: str  # the value in words
    x: str
    y: str
    width: str
    height: str
    is_last: bool  # the one that may still grow


@dataclass(frozen=True)
class Chart:
    title: str
    bars: tuple
    label_heading: str
    value_heading: str
    box: str = f"0 0 {WIDTH} {HEIGHT}"

    @property
    def in_words(self):
        """What the drawing says, for who cannot see it."""
        return f"{self.title}: {', '.join(bar.says for bar in self.bars)}"


def bars(title, pairs, *, label_heading="", value_heading="", says=str, grows=True):
    """A chart of (label, value) pairs, from left to right; `grows`: the last one is not over yet.

    The tallest fills it; numbers are text, so no locale bends them.
    """
    pairs = list(pairs)
    top = max((value for _label, value in pairs), default=0) or 1
    room = WIDTH / max(len(pairs), 1)
    drawn = []
    for number, (label, value) in enumerate(pairs):
        height = max(LEAST, round(HEIGHT * value / top, 1))
        drawn.append(
            Bar(
                label=str(label),
                value=value,
                says=says(value),
                x=f"{room * (number + GAP / 2):.1f}",
                y=f"{HEIGHT - height:.1f}",
                width=f"{room * (1 - GAP):.1f}",
                height=f"{height:.1f}",
                is_last=grows and number == len(pairs) - 1,
            )
        )
    return Chart(str(title), tuple(drawn), str(label_heading), str(value_heading))
