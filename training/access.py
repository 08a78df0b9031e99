"""Who may see and keep who has learned what. The only place where it is decided (practice.md 2.5).

Everybody sees their own and may say what they have done. Safeguarding officer, office and training manager keep the
records; those who lead, the allegations manager and the auditor read them; chair and vice-chair read figures without names.
"""

from django.db.models import Q

from harmony.people.models import Post

KEEPERS = (Post.DSO, Post.OFFICE, Post.TRAINING)
READERS = (*KEEPERS, Post.DEPUTY, Post.LEAD, Post.TRUSTEE, Post.ALLEGATIONS, Post.AUDITOR)
COUNTERS = (*READERS, Post.CHAIR, Post.VICE)


def may_keep(user, record=None):
    """Say which courses there are, who needs them, and what was done."""
    return user.holds(*KEEPERS)


def may_see_training(user):
    """Who is covered and who is not, by name."""
    return user.is_active and user.holds(*READERS)


def may_see_figures(user):
    """How many are covered; for most of them with names, see above."""
    return user.is_active and user.holds(*COUNTERS)


def may_have_training(user):
    """A page of one's own: whoever works here."""
    return user.is_active and user.works_here()


def may_see_person(user, person):
    return user.pk == person.pk or may_see_training(user)


def may_record(user, completion):
    """Oneself, of oneself; those who keep it, of anybody. Neither counts before somebody else has checked it."""
    return may_keep(user) or (user.is_active and user.pk == completion.user_id)


def may_verify(user, completion):
    """A second person: neither whose training it is, nor who wrote it down."""
    return may_keep(user) and user.pk not in (completion.user_id, completion.recorded_by_id)


def may_strike_out(user, completion):
    """Written down by mistake: those who keep it, and oneself before it was checked."""
    own = user.pk == completion.user_id and completion.verified_by_id is None
    return own or may_keep(user)


def may_excuse(user, exemption):
    """Nobody excuses themselves."""
    return may_keep(user) and user.pk != exemption.user_id


def completions_visible_to(user):
    return Q() if may_see_training(user) else Q(user=user)
