"""How hard a text is to read: Flesch-Kincaid grade, with a syllable counter of our own, and long sentences.

Grade 8 is about age 13. A count of syllables by rule is right for most words and close for all: good enough to
find the page that has drifted, not to compare two that are near.
"""

import re

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
