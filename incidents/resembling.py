"""Whether a name that somebody typed looks like that of somebody who works here: "is this Sam Carter who works here?"

    looks_like(["Mr Sam Cartr hit him"], users)    # [Sam Carter]

Two parts of a name have to stand one after the other, each with a slip of the finger at most: a first name alone is
everybody's. It says nothing for sure. Whoever works the case, and is not that person, answers (decision 0212).
"""

import re
import unicodedata
from difflib import SequenceMatcher

ALIKE = 0.8  # of two words, as difflib counts it: one slip in five letters
LETTERS = re.compile(r"[^\W\d_]+")


def looks_like(texts, users):
    """Those of these people whose name stands in one of these texts, or nearly."""
    typed = [Typed(_words(text)) for text in texts if text]
    return [user for user in users if any(one.holds(_words(user.name)) for one in typed)]


class Typed:
    """The words of a text by their first letter, for that is where nobody slips: hundreds of names are looked up in it."""

    def __init__(self, words):
        self.places = {}
        for place, word in enumerate(words):
            self.places.setdefault(word[0], {}).setdefault(word, []).append(place)

    def holds(self, name):
        """First and last name next to each other, with a word between or the other way round: "Carter, Sam J"."""
        if len(name) < 2:
            return False
        firsts, lasts = self._like(name[0]), self._like(name[-1])
        return any(place + step in lasts for place in firsts for step in (-2, -1, 1, 2))

    def _like(self, known):
        near = self.places.get(known[0], {}).items()
        return {place for word, places in near if _alike(known, word) for place in places}


def _alike(known, typed):
    if known == typed:
        return True
    if abs(len(known) - len(typed)) > 2 or min(len(known), len(typed)) < 4:
        return False
    return SequenceMatcher(None, known, typed).ratio() >= ALIKE


def _words(text):
    plain = unicodedata.normalize("NFKD", text.casefold())
    return LETTERS.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))
