"""Words blacked out of what goes outside: on the screen before it is made, and on the paper, in the same places.

    mask({"why": "Zed A told Leah."}, ["leah"])  # {"why": "Zed A told [blacked out]."}

Whole words or phrases, in any case of their letters. How long a word was is not told by what stands in its place.
"""

import re

from django.utils.translation import gettext as _


def lines_of(text):
    """The words to black out, a line each, the longest first: a phrase goes before the words in it."""
    return sorted({" ".join(line.split()) for line in text.splitlines() if line.strip()}, key=len, reverse=True)


def mask(value, masks):
    """The same with each of these gone, in texts, lists and dictionaries alike."""
    if isinstance(value, dict):
        return {name: mask(part, masks) for name, part in value.items()}
    if isinstance(value, list):
        return [mask(part, masks) for part in value]
    return _without(value, masks) if isinstance(value, str) and masks else value


def _without(text, masks):
    found = "|".join(r"\s+".join(re.escape(word) for word in one.split()) for one in masks)
    return re.sub(rf"(?<!\w)(?:{found})(?!\w)", _("[blacked out]"), text, flags=re.IGNORECASE)
