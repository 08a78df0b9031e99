"""Who may see and keep permission to use pictures, and who may ask. The only place where it is decided (practice.md 2.5).

Everybody who works here may ask whether a picture may be used, and hears yes or no. Who said so, and why not, is read by
those who keep it and by the DSO line; why a young person is never shown, by the DSO line alone (R41).
"""

from django.db.models import Q

from harmony.people import access as people
from harmony.people.models import Post

BY_LINK = "holder of link"  # a parent, carer or young person, who has no account
CLOCK = "the clock"
KEEPERS = (Post.CONSENT, Post.OFFICE)
DSO_LINE = (Post.DSO, Post.DEPUTY)
READERS = (*KEEPERS, *DSO_LINE)


def may_keep(user, record=None):
    """Write down what was said, what is published where, and what came of taking it down."""
    return user.holds(*KEEPERS)


def may_hear(by, consent):
    """A parent or young person who changes by their own link what they said; whoever keeps it; and the clock, which ends it."""
    return by in (BY_LINK, CLOCK) or may_keep(by)


def may_use_link(by, link):
    """A link is its holder's."""
    return by == BY_LINK


def may_send_link(by, link=None):
    """Whoever keeps permission; and the clock, which asks a whole group again."""
    return by == CLOCK or may_keep(by)


def may_see_consents(user):
    """Whether these pages are offered at all."""
    return user.is_active and user.holds(*READERS)


def consents_visible_to(user):
    return Q() if may_see_consents(user) else Q(pk__in=())


def take_downs_visible_to(user):
    """All for those who read permission; and what one was given, for anybody who can sign in."""
    if may_see_consents(user) or not user.is_active:
        return consents_visible_to(user)
    return Q(owner=user)


def may_keep_wordings(user, record=None):
    """What is asked for, in which words, and by which approved channels."""
    return user.holds(Post.CONSENT, Post.DSO)


def may_ask(user):
    """May I use this photo? Whoever works here may ask."""
    return user.is_active and user.works_here()


def asked_about_by(user):
    """Whom somebody may name in that question: those whose names they may see, and all for those who keep this."""
    return Q() if may_see_consents(user) else people.young_people_visible_to(user)


def may_flag(user, flag=None):
    """That a young person is never shown, why, and that it no longer holds: the DSO line (R41)."""
    return user.holds(*DSO_LINE)


def may_take_down(user, task):
    """Whoever was given it, and whoever keeps these records."""
    return user.is_active and (user.pk == task.owner_id or may_keep(user))
