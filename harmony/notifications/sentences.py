"""All that is ever said off the screen: fixed sentences without a name, a kind or a word of any record.

A lock screen shows them to whoever stands beside it. What they may hold is a time. Each room registers its own:

    sentences.register({"case": Sentence(_("A case needs you now."), _("A case needs you by %(due)s."))})
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from harmony.look.words import by


@dataclass(frozen=True)
class Sentence:
    words: str
    until: str = ""  # the same with a time, %(due)s, while that is still to come


# those that any room may say; the others are registered by their rooms, in `ready()`
SENTENCES = {
    "nobody": Sentence(_("Nobody has answered yet. See whom to ring.")),
    "test": Sentence(_("This is a test. Messages reach you.")),
}


def register(sentences):
    """{code: Sentence}. A code is said by one room; a room may say it again."""
    others = [code for code, sentence in sentences.items() if SENTENCES.get(code, sentence) is not sentence]
    if others:
        raise ValueError(f"said by another room: {', '.join(sorted(others))}")
    SENTENCES.update(sentences)


def say(code, due=None, at=None):
    """The sentence as it is true at this moment."""
    sentence = SENTENCES[code]
    if sentence.until and due and (not at or due > at):
        return sentence.until % {"due": by(due, at=at)}
    return str(sentence.words)
