"""All that is ever said off the screen: fixed sentences without a name, a kind or a word of any record.

A lock screen shows them to whoever stands beside it. What they may hold is a time.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from harmony.look.words import by


@dataclass(frozen=True)
class Sentence:
    words: str
    until: str = ""  # the same with a time, %(due)s, while that is still to come


SENTENCES = {
    "case": Sentence(_("A case needs you now."), _("A case needs you by %(due)s.")),
    "case_late": Sentence(_("A case has waited too long. It needs you now.")),
    "case_more": Sentence(_("There is more to read in a case.")),
    "case_quiet": Sentence(_("Nobody has written in a case for a long time. Look at it.")),
    "action": Sentence(_("You were asked to do something by today.")),
    "action_late": Sentence(_("Something you were asked to do is late.")),
    "case_action": Sentence(_("Something in a case was not done in time.")),
    "nobody": Sentence(_("Nobody has answered yet. See whom to ring.")),
    "report_read": Sentence(_("Your report was read.")),
    "report_moved": Sentence(_("There is news about your report.")),
    "second_look": Sentence(_("Somebody asks you to look at something again.")),
    "second_look_late": Sentence(_("Somebody still waits for an answer. It needs you now.")),
    "lack_dso": Sentence(_("Nobody here is safeguarding officer or deputy. Appoint somebody today.")),
    "lack_cover": Sentence(_("Nobody is on call in part of the next day.")),
    "lack_keys": Sentence(_("The sheet with the master key still has to be printed and stored.")),
    "lack_mail": Sentence(_("A message was given up. See whether messages go out.")),
    "test": Sentence(_("This is a test. Messages reach you.")),
    "unsent": Sentence(_("You have a report that you have not sent yet.")),
    "somebody_unsent": Sentence(_("Somebody has a report that was begun and not sent. See whom to ask.")),
}


def say(code, due=None, at=None):
    """The sentence as it is true at this moment."""
    sentence = SENTENCES[code]
    if sentence.until and due and (not at or due > at):
        return sentence.until % {"due": by(due, at=at)}
    return str(sentence.words)
