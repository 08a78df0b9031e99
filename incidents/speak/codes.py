"""Six words that open one conversation again: shown once, kept only as a keyed hash.

    words = words_for(form_key)      # ("maple", "rocket", …): the same for the same blank form, so sent twice is sent once
    kept_of(words)                   # what lies in the database
    kept_of(typed("Maple, ROCK otte candel tidy moth"))   # four letters of each are enough, in any case

Whoever has the database cannot try codes out: the hash is keyed, and its key is wrapped by a master key that lies
elsewhere. Six words of this many are more than 64 bits (test_codes.py).
"""

import hmac
import re
from uuid import UUID

from harmony.encryption import keys

from .words import WORDS

HOW_MANY, LETTERS = 6, 4
CODES = UUID(int=3)  # the key of all codes hangs here, wrapped by the master key as every other
LETTER = re.compile(r"[a-z]+")


def words_for(form_key):
    """The code of one blank form, whose own key is 122 random bits and is kept nowhere."""
    number = int.from_bytes(_keyed(f"words {form_key.hex}"))
    found = []
    for _place in range(HOW_MANY):
        number, word = divmod(number, len(WORDS))
        found.append(WORDS[word])
    return tuple(found)


def typed(text):
    """The words of what somebody typed, whatever stands between them."""
    return LETTER.findall(text.casefold())


def kept_of(words):
    """The hash of a code, by the first four letters of its words. Of anything at all: whoever guesses learns no more."""
    return _keyed("code " + " ".join(word[:LETTERS] for word in words)).hex()


def _keyed(text):
    return hmac.digest(keys.for_writing(CODES), text.encode(errors="replace"), "sha256")
