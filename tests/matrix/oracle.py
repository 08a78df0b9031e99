"""What practice.md 2.5 says, in its own words: who reads, who works, whom a thing is kept from. It asks no access.py.

"Must NOT see" comes last and takes from everybody: whoever a case is about, whoever is close to them or works under
them, whoever stepped aside.
"""

from harmony.people.models import Post

from .world import ROLES, STAFF, STRANGER, SUPERUSER, SUSPENDED, WORKER

SIGNED_IN = tuple(role for role in ROLES if role not in (STRANGER, SUSPENDED))
DSO_LINE = (Post.DSO, Post.DEPUTY, Post.LEAD)
# Child case: DSO RU, deputy RU. Allegation: DSO RU, senior lead RU as case manager, HR or allegations manager RU.
WORKS = {"child": (Post.DSO, Post.DEPUTY), "worker": (Post.LEAD, Post.DSO, Post.ALLEGATIONS)}
# posts that read young people's records beyond their own group, and what else is known of the household
RECORDS = (*DSO_LINE, Post.OFFICE)
# consent: the image consent officer and the office RU, DSO and deputy R; why somebody is never shown, the DSO line alone (R41)
PICTURES = (Post.CONSENT, Post.OFFICE, Post.DSO, Post.DEPUTY)
KNOWS_WHY = (Post.DSO, Post.DEPUTY)
# policies: DSO and deputy draft, senior lead and trustees approve, the office publishes and so does who approves, the auditor R
WRITES = (Post.DSO, Post.DEPUTY)
APPROVES = (Post.LEAD, Post.TRUSTEE, Post.CHAIR, Post.VICE)
PUBLISHES = (Post.OFFICE, *APPROVES)
DRAFTS = (*WRITES, *PUBLISHES, Post.AUDITOR)
# platforms: staff propose; DSO and deputy assess, IT what is technical; senior lead and lead trustee approve, never the assessor;
# chair R, office RU, auditor R
ASSESSES = (Post.DSO, Post.DEPUTY)
DECIDES = (Post.LEAD, Post.TRUSTEE)
KEEPS = (*ASSESSES, Post.LEAD, Post.CHAIR, Post.OFFICE)
CHECKS = (*ASSESSES, Post.OFFICE, Post.IT)  # security reviews
READS = (*KEEPS, Post.TRUSTEE, Post.VICE, Post.IT, Post.AUDITOR)
# training: DSO, office and training manager RU; deputy, lead, lead trustee, allegations and auditor R; chair statistics only
TRAINING = (Post.DSO, Post.OFFICE, Post.TRAINING, Post.DEPUTY, Post.LEAD, Post.TRUSTEE, Post.ALLEGATIONS, Post.AUDITOR)
# who is new: DSO, office and allegations manager see to it, the senior lead reads it
INDUCTS = (Post.DSO, Post.OFFICE, Post.ALLEGATIONS, Post.LEAD)
# retention: DSO proposes, deputy is second, senior lead, lead trustee and chair approve: of what they work anyway; auditor R certificate
DECIDES_ON_RECORDS = (Post.DSO, Post.DEPUTY, Post.LEAD, Post.TRUSTEE, Post.CHAIR, Post.VICE)
# who has nothing of any case by post: a post that is in none of these lines is unclassified
NO_CASES = (Post.OFFICE, Post.IT, Post.AUDITOR, Post.CONSENT, Post.TRAINING)
LEADS = (Post.DSO, Post.LEAD, Post.TRUSTEE, Post.CHAIR, Post.VICE)
CALLED = (Post.TRUSTEE, Post.CHAIR, Post.VICE)  # only where a case calls them
KNOWN_POSTS = {*WORKS["child"], *WORKS["worker"], *NO_CASES, *CALLED}
KNOWN_ROLES = {STRANGER, STAFF, WORKER, SUPERUSER, SUSPENDED, *KNOWN_POSTS}
# of a young person, what a worker of their group is not told: they learn the name and whom to ring
HOUSEHOLD = {"people.YoungPerson.full_name", "people.Carer.email"}


def is_kept_out(plot, user):
    return user.pk in plot.about or user.pk in plot.out


def works(world, role, plot):
    """Acknowledge, weigh, write, close, export: its line, and whoever it went up to."""
    if role not in SIGNED_IN or is_kept_out(plot, world.people[role]):
        return False
    return role in (*WORKS[plot.track], plot.above, *plot.asked_of, *plot.escalated)


def decides_on_record(world, role, plot):
    """Whether it is held, kept longer or destroyed."""
    return role in DECIDES_ON_RECORDS and works(world, role, plot)


def asks_in(world, role, plot):
    """Of those who work it, the one who is left: an adviser is asked in for want of anybody else."""
    apart = (world.people.get(role), plot.case.owner)
    others = (one for one in SIGNED_IN if world.people[one] not in apart and works(world, one, plot))
    return works(world, role, plot) and next(others, None) is None


def answers(world, role, plot):
    """What takes two: whoever works it, and who was asked into this one case to be the second."""
    if role not in SIGNED_IN or is_kept_out(plot, world.people[role]):
        return False
    return works(world, role, plot) or world.people[role].pk in plot.advised


def agrees(world, role, plot):
    """By person, not by post: in the world somebody without a role asked, and some cases are this role's own."""
    return plot.name != "owned" and answers(world, role, plot)


def sees(world, role, plot):
    """Whoever works it, and with whom it is shared."""
    if role not in SIGNED_IN or is_kept_out(plot, world.people[role]):
        return False
    return works(world, role, plot) or world.people[role].pk in plot.shared


def wrote(world, role, plot):
    """Own report and status: always one's own, whatever else one is."""
    return role in SIGNED_IN and plot.author.pk == world.people[role].pk


def was_asked(world, role, plot, owner):
    """U* tasks: the words of what one was asked to do."""
    me = role in SIGNED_IN and world.people[role]
    return bool(me) and me.pk == owner and not is_kept_out(plot, me)


def answers_look(world, role, plot):
    if role not in SIGNED_IN or is_kept_out(plot, world.people[role]):
        return False
    return role in plot.asked_of and not wrote(world, role, plot)


def leads(world, role, plot):
    """Whoever leads hears of it when a case was opened in an emergency (N8): who, which and why; never of their own."""
    return role in SIGNED_IN and role in LEADS and not is_kept_out(plot, world.people[role])


def reads_young(role, name):
    return role in (*RECORDS, Post.CONSENT) or (role == WORKER and name == "theirs")


def may_read(world, role, label, kind, *of):
    """Whether a word may stand before this role. `label` is its field, `kind` and `of` what world.py planted it as."""
    if role not in SIGNED_IN:
        return False
    me = world.people[role].pk
    return {
        "case": lambda plot: sees(world, role, plot),
        "file": lambda plot: works(world, role, plot),
        "case file": lambda plot: answers(world, role, plot),
        "decided": lambda plot: decides_on_record(world, role, plot),
        "report": lambda plot: sees(world, role, plot) or wrote(world, role, plot),
        "action": lambda plot, owner: sees(world, role, plot) or was_asked(world, role, plot, owner),
        "look": lambda plot: wrote(world, role, plot) or answers_look(world, role, plot),
        "emergency": lambda plot: leads(world, role, plot),
        "export": lambda plot, maker: works(world, role, plot) or (me == maker and sees(world, role, plot)),
        "draft": lambda author: me == author,
        "young": lambda name: role in RECORDS or (label not in HOUSEHOLD and reads_young(role, name)),
        "household": lambda name: role in RECORDS,
        "lost": lambda: role in (*LEADS, Post.DEPUTY),
        "asked": lambda who: me == who or role in (*LEADS, Post.DEPUTY),
        "said": lambda name: role in PICTURES,
        "signed": lambda name: reads_young(role, name),
        "picture": lambda: role in PICTURES,
        "never": lambda name: role in KNOWS_WHY,
        "comment": lambda: role in DRAFTS,
        "app": lambda: role in READS,
        "trained": lambda who: me == who or role in TRAINING,
        "vouched": lambda: role in INDUCTS,
        "monitoring": lambda: False,
        "supervision": lambda: False,  # of two who hold none of these roles
        "session": lambda: role in TRAINING,
        "declared": lambda who: me == who or role in DSO_LINE,
    }[kind](*of)


def may_know_of(world, role, plot):
    """That there is such a case: its reference. Its address is for those who see it."""
    was_opened = "emergency" in plot.inside and leads(world, role, plot)
    return was_opened or sees(world, role, plot) or wrote(world, role, plot)
