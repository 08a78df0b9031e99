"""Initials for lists and headings, so that a screen seen in passing names nobody."""

WITHIN = "'’-"  # O’Brien, Anne-Marie
# capitals that begin a sentence, not a name
NOT_NAMES = {"A", "An", "And", "Her", "His", "I", "It", "My", "One", "Our", "She", "He", "The", "Their", "They", "Two"}


def initials_in(who):
    """ "Zed A (12) and Mia D" is "ZA, MD". Rules only: nothing found, nothing shown."""
    found, name = [], []
    for word in [*_words(who or ""), ""]:
        if word[:1].isupper() and (name or word not in NOT_NAMES):
            name.append(word[0])
            continue
        letters = "".join(name[:3])
        if letters and letters not in found:
            found.append(letters)
        name = []
    return ", ".join(found[:4])


def _words(text):
    """Words, with an empty one wherever something other than a space stands between two."""
    word = before = ""
    for sign in text:
        if sign.isalpha() or (word and sign in WITHIN):
            word += sign
            continue
        if word:
            yield word
        shortened = sign == "." and len(word) == 1 and len(before) < 2  # J. E., but not the end of “Ben S.”
        before, word = word or before, ""
        if not sign.isspace() and not shortened:
            yield ""
    yield word
