"""Which posts work a report or a case, whom it keeps out, and who is the next one up. access.py decides by it.

A concern about a child goes to the DSO line. A concern about one of us goes to the senior lead, the DSO and the
allegations manager; one about the lead is seen by the chair too, one about the chair by the vice-chair (R12). Where nobody is
left in a line, the next one up reads it.
"""

from django.db.models import Q

from harmony.people.models import Post, Relationship, User

LINES = {"child": (Post.DSO, Post.DEPUTY), "worker": (Post.LEAD, Post.DSO, Post.ALLEGATIONS)}
ABOVE = (Post.LEAD, Post.CHAIR, Post.VICE)  # the next one up, in this order
# who sees a case that nobody answered for: after half its time again, and after all of it (practice.md 2.3)
ESCALATED = {"lead": (Post.LEAD, Post.TRUSTEE), "chair": (Post.LEAD, Post.TRUSTEE, Post.CHAIR)}
# who ends an account gives its work to somebody else
ACCOUNTS = (Post.OFFICE, Post.LEAD, Post.TRUSTEE, Post.CHAIR, Post.DSO)
ASKED_OF_PAPERS = (Post.AUDITOR, Post.LEAD, Post.CHAIR, Post.VICE)  # whether one of ours is true (decision 0131)
EMERGENCY = (Post.DEPUTY, Post.LEAD, Post.TRUSTEE, Post.CHAIR, Post.VICE)  # may open a case that is not theirs (N8)
LEADING = (Post.DSO, Post.LEAD, Post.TRUSTEE, Post.CHAIR, Post.VICE)  # are told of it
HANDLING = tuple(dict.fromkeys(post for line in LINES.values() for post in line))
# figures of the whole: what these count leaves out what is kept apart from any of them (decision 0133) …
COUNTING = (*HANDLING, Post.OFFICE, Post.AUDITOR, Post.TRAINING)
# … and is whole for these, but for what is kept apart from one of these themselves
ANSWERING = (Post.CHAIR, Post.VICE, Post.TRUSTEE)
# whom a case may call; not whom it is shared with
CALLED = tuple(dict.fromkeys((*HANDLING, *ABOVE, *ESCALATED["chair"])))
CLOSE = (Relationship.Kind.FAMILY, Relationship.Kind.PARTNER, Relationship.Kind.FRIEND)


def kept_out(named):
    """Whom a report keeps out: the people it is about, who is close to them, and who works under them (decision 0050)."""
    named = set(named)
    declared = Relationship.objects.standing().exclude(other=None)
    close = declared.filter(Q(kind__in=CLOSE) & (Q(user__in=named) | Q(other__in=named)))
    under = declared.filter(kind=Relationship.Kind.MANAGER, user__in=named)
    both = {person for one in close.select_related("user", "other") for person in (one.user, one.other)}
    return named | both | {one.other for one in under.select_related("other")}


def family_of(young):
    """Who has declared to be family, a partner or a close friend of one of these young people: keys, or a query."""
    close = Relationship.objects.standing().filter(young_person__in=young, kind__in=CLOSE)
    return list(User.objects.filter(pk__in=close.values("user")))


def raised_to(track, named, out):
    """The post above the line that sees it too (R12), or "" when its line will do. Never nobody: the last one waits."""
    posts = {post for user in named for post in ABOVE if user.holds(post)}
    if Post.CHAIR in posts:
        rungs = (Post.VICE,)
    elif Post.LEAD in posts:
        rungs = (Post.CHAIR, Post.VICE)
    elif _left(LINES[track], out):
        return ""
    else:
        rungs = ABOVE
    return next((post for post in rungs if _left((post,), out)), rungs[-1])


def readers(track, named=()):
    """Who will be able to read a report that is filed now: shown to its author before it is sent."""
    out = kept_out(named)
    above = raised_to(track, named, out)
    return _left((*LINES[track], *((above,) if above else ())), out)


def next_above(case, reporter, above="", away=()):
    """The next one up who has no part in the case so far, is not kept out of it and did not report it; or "".

    `above`: only posts further up than this one. `away`: ids of those who cannot answer now.
    """
    out = {one.user for one in case.recusals.select_related("user")} | {reporter}
    working = posts_working(case)
    rungs = ABOVE[ABOVE.index(above) + 1 :] if above else ABOVE
    return next((post for post in rungs if post not in working and _left((post,), out, away)), "")


def _left(posts, out, away=()):
    return [user for user in User.objects.holding(*posts) if user not in out and user.pk not in away]


def posts_of_its_line(case):
    return (*LINES[case.track], *((case.raised_to,) if case.raised_to else ()))


def posts_working(case):
    """Those of its line, whoever was asked for a second look, and those to whom it was opened because nobody answered."""
    looking = tuple(filter(None, (case.second_look, case.look_late_to)))
    return tuple(dict.fromkeys((*posts_of_its_line(case), *looking, *ESCALATED.get(case.escalated_to, ()))))
