"""The recording coach (N6): points out what would make a record stronger. Rules only; it never forbids and never guesses.

    for note in notes(report): print(note.says)

Each note belongs to the page where its words were written.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .initials import NOT_NAMES
from .named import read

# one or two capitals standing alone, with or without full stops
ALONE = re.compile(r"(?<![\w’'.-])(?:[A-Z]\.(?:\s?[A-Z]\.)*|[A-Z]{1,2}(?![\w’'-]))")
# what stands before a letter and is no first name, though it begins with a capital
NOT_FIRST_NAMES = NOT_NAMES | {
    *("After", "Again", "Also", "As", "At", "Because", "Before", "Both", "But", "By", "Does", "Did", "Even", "For"),
    *(
        "From",
        "Has",
        "Here",
        "How",
        "If",
        "In",
        "Is",
        "Last",
        "Later",
        "No",
        "Nobody",
        "Not",
        "Now",
        "Of",
        "On",
        "Once",
    ),
    *(
        "Only",
        "Or",
        "Since",
        "So",
        "Soon",
        "Still",
        "That",
        "Then",
        "There",
        "This",
        "To",
        "Today",
        "Was",
        "We",
        "What",
    ),
    *("When", "Where", "Which", "While", "Who", "Why", "With", "Yes", "Yesterday", "Year", "You", "Your"),
}
NOT_PEOPLE = {
    *("A", "I", "AI", "AM", "DM", "GP", "ID", "IT", "MP", "NO", "OK", "PC", "PE", "PM", "PS", "TV", "UK", "US", "VR"),
    *("SO", "IS", "HE", "WE", "ME", "MY", "IN", "ON", "AT", "TO", "OF", "OR", "IF", "BE", "DO", "GO", "BY", "AN", "AS"),
}
VIEWS = re.compile(
    r"\b(I think|I feel|I believe|I reckon|in my view|in my opinion|obviously|clearly|probably|must have been|seems? to be)\b",
    re.IGNORECASE,
)
SPEECH = re.compile(r"[“\"][^”\"]{8,}[”\"]")
# a question that can be answered by yes or no carries its answer with it
LEADING = re.compile(
    r"(?:^|[.:!?“\"]\s*)((?:did|do|does|was|were|is|are|has|have|had|can|could|would|will)(?:n[’']t)?\s[^.?!]*\?"
    r"|[^.?!]*,\s*(?:did|was|is|has|does|were)n[’']t\s+(?:he|she|it|they|you)\s*\?)",
    re.IGNORECASE,
)
FEW_WORDS = 8
LATE = timedelta(days=1)


@dataclass(frozen=True)
class Note:
    step: str  # the page to which it belongs
    says: str


def notes(report):
    """What could be stronger, in the order of the pages."""
    return [note for rule in (_initials, _short, _views, _speech, _leading, _delay) for note in rule(report)]


def whole_names(*texts):
    """What it says of the first initials in them, or "". Also for what is written in a case."""
    found = next(filter(None, map(_letters, texts)), "")
    return found and _("You wrote “%(letters)s”. Write the whole name, if you know it.") % {"letters": found}


def _initials(report):
    told = [("who", report.who), ("what", report.facts), ("what", report.view)]
    told += [("others", person.name) for person in read(report.others)]
    told += [("when", report.place), ("told", report.asked), ("told", report.told_whom)]
    for step, text in told:
        if says := whole_names(text):
            yield Note(step, says)


def _letters(text):
    text = text or ""
    found = (match.group().strip() for match in ALONE.finditer(text) if not _ends_a_name(text, match))
    return next((one for one in found if one.replace(".", "").replace(" ", "") not in NOT_PEOPLE), "")


def _ends_a_name(text, match):
    """One letter after a first name: "Zed A" is how the organisation itself writes a name."""
    before = text[: match.start()]
    if sum(sign.isalpha() for sign in match.group()) != 1 or not before.endswith(" "):
        return False
    word = before.split(" ")[-2].rpartition("\n")[2].lstrip("“\"'(")
    return word[:1].isupper() and word[1:2].islower() and word[-1].isalpha() and word not in NOT_FIRST_NAMES


def _short(report):
    if 0 < len(report.facts.split()) < FEW_WORDS:
        yield Note("what", _("Say a little more, if you can: who, what, where and when."))


def _views(report):
    if found := VIEWS.search(report.facts):
        says = _("“%(words)s” reads like a view. You can move it to “What you think”.") % {"words": found.group()}
        yield Note("what", says)


def _speech(report):
    if not report.childs_words and SPEECH.search(report.facts):
        yield Note("what", _("Are these the young person’s words? They have a box of their own."))


def _leading(report):
    if found := LEADING.search(report.asked):
        says = _(
            "“%(question)s” can be answered by yes or no. Leave it as you asked it. "
            "If you talk again, ask them to tell, explain or describe."
        ) % {"question": found.group(1).strip()}
        yield Note("told", says)


def _delay(report, today=None):
    """Between what happened and this record (R2): kept, shown, never a reproach."""
    if not report.happened_on:
        return
    gap = (today or localdate()) - report.happened_on
    if gap > LATE:
        says = ngettext(
            "It was %(days)d day ago. If there is a reason why you write now, add it.",
            "It was %(days)d days ago. If there is a reason why you write now, add it.",
            gap.days,
        ) % {"days": gap.days}
        yield Note("what", says)
