"""A policy that is brought in from a file: Markdown, plain text or Word, with a report of what was left out.

    found = from_text(words)        found.text is Markdown; found.left_out says in lines what is not in it

No word is lost without a line saying so.
"""

from dataclasses import dataclass

from .plain_text import PlainText
from .word import Word

MARKDOWN_SIGNS = ("# ", "## ", "### ", "- [", "**", "](")


@dataclass(frozen=True)
class Found:
    text: str
    left_out: tuple = ()


def from_words(words):
    """Pasted, or of a text file: Markdown where it looks like it, else plain text."""
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    if _is_markdown(words):
        return Found(words.replace("\f", "\n").strip() + "\n")
    read = PlainText(words)
    return Found(read.text, tuple(read.left_out))


def from_file(file):
    """Of a file that was examined (harmony/files): a Word document, or text."""
    file.file.seek(0)
    if file.kind == "docx":
        read = Word(file.file)
        return Found(read.text, tuple(read.left_out))
    return from_words(file.file.read().decode("utf-8-sig"))


def _is_markdown(words):
    lines = words.split("\n")
    return any(line.startswith(MARKDOWN_SIGNS[:3]) for line in lines) or any(
        sign in words for sign in MARKDOWN_SIGNS[3:]
    )
