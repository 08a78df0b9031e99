"""Who may read, write, approve and publish policies. The only place where it is decided (practice.md 2.5, decision 0410).

Whoever leads on safeguarding writes; the senior lead or the board approves, never somebody whose words are in it; the
office or whoever approves puts it out. Whoever works here reads what is in force; a public policy is everybody's.
"""

from django.db.models import Q

from harmony.people.access import may_suspend
from harmony.people.models import Post

WRITERS = (Post.DSO, Post.DEPUTY)
BOARD = (Post.CHAIR, Post.VICE, Post.TRUSTEE)
APPROVERS = (Post.LEAD, *BOARD)
PUBLISHERS = (Post.OFFICE, *APPROVERS)
READERS = (*WRITERS, *PUBLISHERS, Post.AUDITOR)  # of drafts too


def may_read_drafts(user):
    return user.is_active and user.holds(*READERS)


def may_write(user, record=None):
    return user.holds(*WRITERS)


def policies_visible_to(user):
    """Those in force, for whoever works here; all of them, for whoever makes them; else what is public."""
    if may_read_drafts(user):
        return Q()
    live = Q(versions__status="published")
    return live if user.is_active and user.works_here() else live & Q(is_public=True)


def versions_visible_to(user):
    """What was once in force stays to be read: somebody was asked to follow it."""
    if may_read_drafts(user):
        return Q()
    out = Q(status__in=("published", "superseded"))
    return out if user.is_active and user.works_here() else out & Q(policy__is_public=True)


def may_comment(user, version):
    return user.holds(*WRITERS, *PUBLISHERS)


def approves(user, policy):
    """Whether this is one of those who approve this policy: of the board's, the board alone."""
    return user.holds(*(BOARD if policy.approver == "board" else APPROVERS))


def may_approve(user, version):
    """Never whoever wrote in it, whatever posts they hold: approver is not author, by person."""
    return approves(user, version.policy) and not version.writers.filter(user=user).exists()


def may_publish(user, version):
    return user.holds(*PUBLISHERS)


def may_agree(user, acknowledgement):
    """Only for oneself."""
    return user.is_active and user.pk == acknowledgement.user_id


def may_see_who_agreed(user):
    return user.is_active and user.holds(*READERS, Post.TRAINING)


def reviews_visible_to(user):
    return Q() if may_read_drafts(user) else Q(pk__in=())


def may_open_review(user, review):
    """Part of approving, and of signing off the one before it."""
    return approves(user, review.policy)


def may_sign_review(user, review):
    """One of those who approve the policy, never whoever prepared the review."""
    return approves(user, review.policy) and user.pk != review.minuted_by_id


def may_keep_lessons(user, record=None):
    """Whoever works cases or leads writes down what was learned, and who does what about it."""
    return user.is_active and user.holds(*WRITERS, Post.LEAD)


def lessons_visible_to(user):
    """Whoever makes policies; and whoever was given something to do, that lesson."""
    return Q() if may_read_drafts(user) else Q(actions__owner=user)


def lesson_actions_visible_to(user):
    return Q() if may_read_drafts(user) else Q(owner=user)


def may_finish_lesson_action(user, action):
    return user.is_active and (user.pk == action.owner_id or may_keep_lessons(user))


def may_hand_over_lesson_action(user, action):
    """Whoever keeps lessons; and whoever ends the account of somebody who leaves."""
    return may_keep_lessons(user) or may_suspend(user, action.owner)
