"""What two versions say, word by word, in the form in which a page shows it (templates/components/diff.html)."""

import re
from difflib import SequenceMatcher

from . import markdown

NEAR = 0.4  # of two paragraphs in the same place: from here on they are one that was changed


def compared(before, after):
    """[(heading, whether it changed, [(how, words)])] of each paragraph; how: "ins", "del" or ""."""
    old, new = markdown.blocks(before), markdown.blocks(after)
    rows, under = [], ""
    matcher = SequenceMatcher(None, [_key(one) for one in old], [_key(one) for one in new], autojunk=False)
    for how, i1, i2, j1, j2 in matcher.get_opcodes():
        for gone, come in _pairs(old[i1:i2], new[j1:j2], same=how == "equal"):
            one = come or gone
            if one.kind == "heading":
                under = one.words
                if gone and come and gone.words == come.words:
                    continue
            rows.append((under, not (gone and come and gone.words == come.words), _parts(gone, come)))
    return rows


def changes(before, after):
    """Only what changed."""
    return [row for row in compared(before, after) if row[1]]


def _key(block):
    return block.kind == "heading", block.words


def _pairs(old, new, same):
    """Paragraphs in one place, two and two where they are like each other."""
    if same:
        yield from zip(old, new, strict=True)
        return
    left = list(old)
    for come in new:
        like = max(left, key=lambda gone: _likeness(gone, come), default=None)
        if like and _likeness(like, come) >= NEAR:
            while left[0] is not like:
                yield left.pop(0), None
            yield left.pop(0), come
        else:
            yield None, come
    for gone in left:
        yield gone, None


def _likeness(gone, come):
    return SequenceMatcher(None, _split(gone.words), _split(come.words), autojunk=False).ratio()


def _parts(gone, come):
    if not (gone and come):
        return [("ins" if come else "del", (come or gone).words)]
    old, new, parts = _split(gone.words), _split(come.words), []
    for how, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            parts.append(("", " ".join(new[j1:j2])))
            continue
        parts += [(sign, " ".join(some)) for sign, some in (("del", old[i1:i2]), ("ins", new[j1:j2])) if some]
    return parts


def _split(words):
    return re.findall(r"\S+", words)
