"""Who may do what with what came in from outside. The case that it opened is as any other: incidents/access.py."""

from ..access import SENDER, is_author, may_work


def may_write_from_outside(user, thread):
    """Whoever holds the six words of this conversation: the page has asked for them."""
    return user == SENDER and is_author(user, thread.report)


def may_open_name(user, thread):
    """Who wrote, where an adult asked for their name to be sealed: two of those who work the case, or danger (practice.md 2.5)."""
    return may_work(user, thread.report.case)
