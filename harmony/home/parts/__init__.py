"""The front page, part by part: each asks whether it is for this person, and what it has to say now.

    here = Here(request)
    for part in found(here): …

Whoever holds several posts gets all their parts, each once, the most urgent first. A part with a `finding`
may be the page's heading: an answer, never a greeting.
"""

from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.timezone import now

from harmony.look.context import organisation
from harmony.look.once import answers
from harmony.people.rota import Rota

from ..first_steps import COVERED

__all__ = ["Here", "Part", "heading"]


@dataclass(frozen=True)
class Part:
    """`home/part_<name>.html` draws it, as `part`."""

    name: str
    shown: dict = field(default_factory=dict)
    finding: str = ""  # what it says, in a sentence for the top of the page
    calls: bool = True  # for somebody to do something; all is in order gives way to what is not

    @property
    def template(self):
        return f"home/part_{self.name}.html"


def heading(parts):
    """The first finding that calls for something; else the first that says how things are; or ""."""
    findings = sorted((part for part in parts if part.finding), key=lambda part: not part.calls)
    return findings[0].finding if findings else ""


class Here:
    """Who looks, when, and what several parts want to know: asked once, and shared with the head and foot of the page."""

    def __init__(self, request, at=None):
        self.user, self.at = request.user, at or now()
        self._page = organisation(request)
        self._answers = answers(request)

    @property
    def organisation(self):
        return self._page["organisation"]()

    @property
    def contacts(self):
        return self._page["help_contacts"]()

    @cached_property
    def rota(self):
        """From now on for as long as cover is looked at."""
        self._answers["rota"] = Rota(self.at, self.at + COVERED)
        return self._answers["rota"]

    def tell_the_menu(self, name, answer):
        """What a part has counted, the menu need not count again."""
        self._answers[name] = answer
