"""One draft in two windows: whoever saves second loses no word and overwrites none unseen.

A page carries a mark of the answers it was drawn from. When it comes back and they have changed meanwhile, in another
window, nothing is saved, unless what was written there is part of what is written here.
"""

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from harmony.audit.transitions import StateMoved

MARK = 16  # hex digits


class InAnotherWindow(StateMoved):
    """Nothing was saved. `questions` are those that were answered otherwise in another window."""

    def __init__(self, questions):
        super().__init__(_("You changed this page in another window. Nothing is lost: both are below."))
        self.questions = questions


def mark(report, questions):
    """What these answers are now, in a form that tells nothing of them."""
    told = "\0".join(f"{name}={getattr(report, name)!r}" for name in questions)
    return salted_hmac("incidents.meanwhile", f"{report.pk}{told}", algorithm="sha256").hexdigest()[:MARK]


def would_lose(report, questions, answers, drawn):
    """Which of these answers stand otherwise in the draft than when the page was drawn, and would be gone."""
    if not drawn or constant_time_compare(drawn, mark(report, questions)):
        return []
    return [name for name in questions if name in answers and _is_lost(getattr(report, name), answers[name])]


def _is_lost(kept, new):
    if kept in ("", None) or kept == new:
        return False
    return not (isinstance(kept, str) and isinstance(new, str) and kept.strip() in new)
