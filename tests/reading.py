"""The rules of plain words, and how hard a text is to read: Flesch-Kincaid grade, with a syllable counter of our own.

Grade 8 is about age 13. A count of syllables by rule is right for most words and close for all: good enough to
find the page that has drifted, not to compare two that are near.
"""

import re

# what we never say, and what we say instead
NEVER = {
    r"victims?": "the young person affected",
    r"perpetrators?": "the person the concern is about",
    r"alleged(ly)?": "what was said",
    r"disclosed?": "told us",
    r"incident type": "kind of concern",
    r"invalid": "what to do instead",
    r"please": "say it without",
    r"oops": "what happened",
    r"submit(s|ted|ting)?": "send",
    r"click(ed|ing)? here": "where the link leads",
    r"asap|as soon as possible": "by when",
    r"s?he/s?he|his/her|s/he": "the name, or they",
    r"sent nudes?": "image asked for, shared, threatened or faked",
}
HARDEST = 8  # grade of one page, mail or file of code as a whole, which is about age 13
FEW = 40  # words: a grade of fewer says little, so what has fewer is judged together
LONGEST = 20  # words a sentence

WORD = re.compile(r"[A-Za-z]+(?:[’'][A-Za-z]+)*")
STOP = re.compile(r"[.!?:;]+(?:\s|$|[”’)])")
VOWELS = re.compile(r"[aeiouy]+")
# endings that are written and not spoken, and vowels that stand together and are spoken apart
SILENT = re.compile(r"(?:[^laeiouy]es|[^aeiouytd]ed|[^laeiouy]e|eless|eful|ement(?=s?$))$")
APART = re.compile(r"i[aou](?!us|n\b|ns\b|l\b)|eo(?!us|p)|ua|uou|[^q]ui(?=ng)|y[aiou]|creat|reali")


def syllables(word):
    word = re.sub(r"[’'].*", "", word.lower())
    if len(word) <= 3:
        return 1
    spoken = SILENT.sub(lambda match: match[0].replace("e", "", 1) if match[0] != "ement" else "ment", word)
    return max(1, len(VOWELS.findall(spoken)) + len(APART.findall(word)))


def words(text):
    return WORD.findall(text)


def sentences(text):
    return [part for part in STOP.split(text) if words(part)]


def grade(texts):
    """Of several pieces together. A piece without a full stop is one sentence, so fragments flatter: leave them out."""
    count = sum(len(words(text)) for text in texts)
    ends = sum(len(sentences(text)) for text in texts)
    spoken = sum(syllables(word) for text in texts for word in words(text))
    return 0.39 * count / ends + 11.8 * spoken / count - 15.59 if count else 0


def unwanted(text):
    """[(word that we never say, the words around it, what we say instead)]"""
    return [
        (found[0].lower(), text[max(0, found.start() - 40) : found.end() + 40], f"say: {instead}")
        for never, instead in NEVER.items()
        for found in re.finditer(rf"\b({never})\b", text, re.IGNORECASE)
    ]


def prose(texts):
    """Those that are sentences: five words and a full stop, for a label or a row of names is none."""
    return [text for text in texts if len(words(text)) >= 5 and re.search(r"[.!?]", text)]


def grades(named):
    """{name: grade} of {name: its texts}; the short ones as one, by the name of "the short ones"."""
    together = {}
    for name, texts in named.items():
        short = sum(len(words(text)) for text in texts) < FEW
        together.setdefault("the short ones" if short else name, []).extend(texts)
    return {name: round(grade(texts), 1) for name, texts in together.items()}


def too_long(named):
    """{(name, sentence)} of {name: its texts}."""
    parts = {(name, part) for name, texts in named.items() for text in texts for part in sentences(text)}
    return {(name, part) for name, part in parts if len(words(part)) > LONGEST}
