"""Who may propose, assess and decide on platforms. The only place where it is decided (practice.md 2.5, decision 0420).

Whoever works here proposes, and reads what may be used and how. The DSO and the deputy assess, and IT what is a machine or
a system; the senior lead or the lead trustee decides, never somebody who assessed it. Whoever keeps the list stops what
goes wrong tonight.
"""

from django.db.models import Q

from harmony.people.models import Post

TECHNICAL = ("device", "system")
DSO_LINE = (Post.DSO, Post.DEPUTY)
ASSESSORS = (*DSO_LINE, Post.IT)
DECIDERS = (Post.LEAD, Post.TRUSTEE)
KEEPERS = (*DSO_LINE, Post.LEAD, Post.CHAIR, Post.OFFICE)
READERS = (*ASSESSORS, *DECIDERS, Post.CHAIR, Post.VICE, Post.OFFICE, Post.AUDITOR)  # of assessments


def may_propose(user, record=None):
    """Anybody who works here."""
    return user.is_active and user.works_here()


def platforms_visible_to(user):
    """May I use it? Whoever works here may ask."""
    return Q() if may_propose(user) else Q(pk__in=())


def may_read_assessments(user):
    return user.is_active and user.holds(*READERS)


def assessments_visible_to(user):
    return Q() if may_read_assessments(user) else Q(pk__in=())


def controls_visible_to(user):
    """All for those who read assessments; one's own, for anybody."""
    if not user.is_active or may_read_assessments(user):
        return assessments_visible_to(user)
    return Q(owner=user)


def may_assess(user, platform):
    """What young people meet, the DSO line; what is a machine or a system, IT too."""
    return user.holds(*(ASSESSORS if platform.kind in TECHNICAL else DSO_LINE))


def may_take_on(user, assessment):
    return may_assess(user, assessment.platform)


def may_write(user, assessment):
    """Whoever has it: two people do not write one opinion."""
    return may_take_on(user, assessment) and user.pk == assessment.assessor_id


def may_write_hazard(user, hazard):
    return may_write(user, hazard.assessment)


def may_write_control(user, control):
    return may_write(user, control.hazard.assessment)


def may_decide(user, assessment):
    """Never somebody who has ever assessed this platform, whatever posts they hold: by person, not by post."""
    if not user.holds(*DECIDERS):
        return False
    return not type(assessment).objects.filter(platform=assessment.platform_id, assessor=user).exists()


def may_carry_out(user, platform):
    """Part of a decision, or of stopping what is looked at."""
    return user.holds(*DECIDERS)


def may_review(user, platform=None):
    """Ask that it is looked at again, and stop its use meanwhile."""
    return user.holds(*KEEPERS, *ASSESSORS, *DECIDERS)


def may_open_assessment(user, assessment):
    """Part of assessing, and of asking for a review."""
    return may_review(user)


def may_retire(user, platform=None):
    return user.holds(*KEEPERS, *DECIDERS)


def may_drop(user, assessment):
    """Part of retiring a platform; and of handing it back, by whoever has it or somebody who decides."""
    return user.pk == assessment.assessor_id or may_retire(user)


def may_keep(user, platform=None):
    """Say that it is in use, and whether families read of it."""
    return user.holds(*KEEPERS)


def may_do(user, control):
    """Whoever sees to it, and whoever keeps the list."""
    return user.is_active and (user.pk == control.owner_id or user.holds(*KEEPERS))


def may_hand_over(user, control=None):
    """Part of letting somebody go, and of keeping the list."""
    return user.holds(*KEEPERS, Post.IT, Post.TRUSTEE)


# how safe our systems are (practice.md 2.5: DSO and deputy assess, the office and IT RU, senior lead and lead trustee approve)
CHECKERS = (*ASSESSORS, Post.OFFICE)


def may_check_security(user, record=None):
    """Look, and write down what was found."""
    return user.is_active and user.holds(*CHECKERS)


def may_begin_security(user, review=None):
    """The first; and part of signing one off, when the next is made."""
    return user.is_active and user.holds(*CHECKERS, *DECIDERS)


def may_sign_security(user, review):
    """Never somebody who answered in it: by person, not by post."""
    if not user.is_active or not user.holds(*DECIDERS):
        return False
    return not review.checks.filter(answered_by=user).exists()


def findings_visible_to(user):
    """All for those who read reviews; one's own, for anybody."""
    return controls_visible_to(user)


def may_mend(user, finding):
    """Whoever sees to it, IT and the office."""
    return user.is_active and (user.pk == finding.owner_id or user.holds(Post.IT, Post.OFFICE))
