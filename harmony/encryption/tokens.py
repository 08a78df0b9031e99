"""Words as tokens: what the search index holds in their place.

A word is folded (accents, case, apostrophes), brought to its stem, and stands in the index only as a keyed hash of
that. Without the master key nobody can say what a token means, nor try out whether a word is there. What the database
still tells: that two records share a token, and how many do. So words that nearly every text has are left out, each
token stands once, and they are sorted: not how often, not in which order (docs/decisions/0230).
"""

import hmac
import re
import unicodedata
from base64 import b32encode
from uuid import UUID

from snowballstemmer import stemmer

from . import keys

INDEX = UUID(int=2)  # the index's own key hangs here, wrapped by the master key as every other
LENGTH = 12  # letters of a token, five bits each
LONGEST = 60  # letters of a word: what is longer is no word, and its beginning is enough
# the commonest words, none of which is a name: not "will" or "may", and not "an", "do", "so" or "my"
COMMON = (
    "the and of to in is was it that he she they his her him hers their them for on with as at be by this had not are but"
    " from or have which were been has its who what when where how there then than if we you your our us me"
    " did does said about into out up all no"
)
TOO_COMMON = frozenset(COMMON.split())
LETTERS = str.maketrans(
    {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
APOSTROPHES = re.compile("[’‘ʼ`´＇]")
POSSESSIVE = re.compile(r"'s?(?=\W|$)")
PIECES = re.compile(r"[^\W_]+")


def of(text, key):
    """The tokens of a text, sorted, with spaces between; "" for one without a word."""
    return " ".join(sorted({token(form, key) for word in _words(text) for form in _forms(word)}))


def asked(text, key):
    """What is searched for: a set of tokens for each word, of which any will do."""
    wanted = []
    for word in _words(text):
        pieces, whole = _pieces(word)
        for piece in pieces or [whole]:
            alternatives = {token(form, key) for form in {piece, whole} if _counts(form)}
            if alternatives and alternatives not in wanted:
                wanted.append(alternatives)
    return wanted


def words(text):
    """Each word that counts, folded and without its punctuation: "@Jordan_2011," is "jordan2011"."""
    return [whole for word in _words(text) for whole in [_pieces(word)[1]] if _counts(whole)]


def own_key():
    return keys.for_writing(INDEX)


def _words(text):
    """As they stand between spaces, folded."""
    folded = unicodedata.normalize("NFKD", APOSTROPHES.sub("'", text).translate(LETTERS)).casefold()
    folded = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return POSSESSIVE.sub("", folded).split()


def _forms(word):
    """ "@jordan_2011" is found by each of its parts, and by all of it written together."""
    pieces, whole = _pieces(word)
    return {form for form in (*pieces, whole) if _counts(form)}


def _pieces(word):
    pieces = PIECES.findall(word)
    return [piece for piece in pieces if _counts(piece)], "".join(pieces)


def _counts(form):
    """Not a common word, nor a single Latin letter."""
    return form not in TOO_COMMON and (len(form) > 1 or (form > "z"))


def token(form, key):
    """Of a word that is folded already."""
    stem = _stem(form[:LONGEST])
    digest = hmac.digest(key, stem.encode(errors="ignore"), "sha256")
    return b32encode(digest).decode().lower()[:LENGTH]


def _stem(form):
    english = stemmer("english")  # each has a state of its own: threads share none, and no word stays behind
    return english.stemWord(form)
