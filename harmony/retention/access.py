"""Who reads how long we keep what, and who decides what happens then (practice.md 2.5).

Whoever may not see a record may not see that it is past its time, held or destroyed either: each store says so.
"""

from django.db.models import Q

from harmony import between
from harmony.people.models import Post

from . import stores

DECIDING = (Post.DSO, Post.DEPUTY, Post.LEAD, Post.TRUSTEE, Post.CHAIR, Post.VICE)
CLOCK = "the schedule of what we keep"  # no person: it proposes, and takes back what it proposed
NOBODY = Q(pk__in=())


def may_see_schedule(user):
    """Everybody here: it is no secret, and whoever writes a record may know how long it stays."""
    return user.is_active


def may_decide(user):
    """Who is offered the list at all. Of what stands in it, only what they may see."""
    return user.is_active and user.holds(*DECIDING)


def may_see_register(user):
    """Auditors read what was destroyed, and nothing else."""
    return may_decide(user) or (user.is_active and user.holds(Post.AUDITOR))


def about_what_they_decide(user):
    """What hangs on a record that this person may decide on."""
    return _of(user, "records") if may_decide(user) else NOBODY


def destroyed_visible_to(user):
    """That something was destroyed: whoever could have decided, and the auditor; of nothing they were kept out of."""
    return _of(user, "destroyed") if may_see_register(user) else NOBODY


def _of(user, which):
    seen = NOBODY
    for store in stores.every():
        seen |= Q(kind=store.code, about__in=getattr(store, which)(user).values("pk"))
    return seen


def may_hold(user, hold):
    """Whoever decides on the record keeps it from being destroyed, alone."""
    store = stores.get(hold.kind)
    return bool(store) and may_decide(user) and store.records(user).filter(pk=hold.about).exists()


def may_lift(user, hold):
    """The second person: never whoever placed it."""
    return user.pk != hold.placed_by_id and may_hold(user, hold)


def may_agree(user, proposal):
    """Two people, by person and not by post; neither while training that their role asks for has run out (N13)."""
    return user.pk != proposal.agreed_by_id and may_hold(user, proposal) and not any(between.competence(user))


def may_keep(user, proposal):
    """One alone says that it stays."""
    return may_hold(user, proposal)
