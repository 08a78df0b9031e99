"""Online safety in the demo: what was done with each group and with parents, what there is to use, and who signed the agreement."""

from datetime import timedelta

from django.utils.timezone import localdate

from harmony.people.models import Group
from training.models import Agreed, Agreement, AgreementLink, Resource, Talk

from .young_people import MAKERS, ONLINE, PATHWAYS, STUDIO

TALKS = [  # group, audience, topics, days ago, how many came, who led it, a visitor
    (MAKERS, "young", ("bullying", "help"), 210, 7, "leah", False),
    (MAKERS, "young", ("contact", "help"), 96, 6, "leah", False),
    (MAKERS, "young", ("privacy",), 33, 8, "ed", False),
    (STUDIO, "young", ("pictures", "help"), 150, 9, "jamie", True),
    (STUDIO, "young", ("made_up", "bullying"), 61, 8, "jamie", False),
    (STUDIO, "young", ("contact", "privacy"), 12, 7, "hana", False),
    (PATHWAYS, "young", ("privacy", "content"), 88, 6, "callum", False),
    (ONLINE, "young", ("contact", "bullying", "help"), 180, 9, "priya", False),
    (ONLINE, "young", ("pictures", "made_up", "privacy", "content"), 40, 8, "priya", True),
    (None, "parents", ("contact", "pictures", "help"), 130, 21, "amara", True),
    (ONLINE, "parents", ("made_up", "privacy"), 45, 6, "priya", False),
]
OURS = """Someone is being unkind in a chat. What can you do?

Do not answer back. Take a picture of the screen if it only shows words. Block them. Tell a grown-up you trust.

If it happens to someone else: sit with them. Say that it is not okay. Help them to tell somebody.

You can ring Childline at any time: 0800 1111. It is free, and it will not show on the bill."""
LIBRARY = [  # title, for whom, from, to, topics, address, days until it is looked at again
    ("When someone asks for a picture: cards to talk with", "young", 11, 17, ("pictures", "help"), "https://cards.example.org/pictures", 150),
    ("Real or made up? A quiz with twelve pictures", "young", 9, 14, ("made_up",), "https://quiz.example.org/real", 90),
    ("Strong passwords in ten minutes", "young", 11, 18, ("privacy",), "https://passwords.example.org/ten", 20),
    ("A job that is too good: money mules", "young", 15, 19, ("privacy", "content"), "https://money.example.org/mules", 200),
    ("Talking about games and strangers", "parents", 8, 14, ("contact",), "https://families.example.org/games", 120),
]  # fmt: skip

FIRST_WORDS = (
    """We are kind online. We ask before we post a picture of someone. We tell a grown-up when something is wrong."""
)
WORDS = """This is how we are with each other online.

I am kind. I do not laugh at people or leave them out.

I ask first. I do not post or send a picture of someone if they did not say yes.

I keep my secrets safe: my passwords, where I live, where I go to school.

I do not send pictures of my body. If someone asks me to, I can say no. I will not be in trouble for telling.

Not everyone online is who they say they are. If someone I only know online wants to meet me, I tell a grown-up.

If something makes me sad or scared, I tell someone here, or I ring Childline: 0800 1111.

The grown-ups here promise: we listen, we stay calm, and we help. We write to you only where everyone can see it."""
ON_PAPER = ("zed", "freya", "idris", "owen", "ella", "bilal", "kai", "nkechi", "sana", "anwen")
BY_LINK, TO_TALK, BEFORE = ("samira", "rhodri", "orla"), ("ben",), ("mia", "poppy")


def talk(cast, young, now):
    """Written down the same evening by whoever led it; of one, the list of the group was ticked."""
    groups = {one.name: one for one in Group.objects.running()}
    for name, audience, topics, ago, present, led, visitor in TALKS:
        at, by = now - timedelta(days=ago), cast[led]
        people = [young[first] for first in ("owen", "mia", "ella")] if (name, ago) == (STUDIO, 12) else ()
        Talk(group=groups.get(name)).hold(
            audience, topics, localdate(at), present, by, visitor, people, by=by, at=at
        )  # fmt: skip
    amara, at = cast["amara"], now - timedelta(days=160)
    for title, audience, youngest, oldest, topics, address, days in LIBRARY:
        again = localdate(now) + timedelta(days=days)
        Resource().add(title, audience, youngest, oldest, topics, address, "", again, by=amara, at=at)
    late = localdate(now) - timedelta(days=4)
    Resource().add("Unkind in a chat", "young", 9, 13, ("bullying", "help"), "", OURS, late, by=amara, at=at)
    _agree(cast, young, now)


def _agree(cast, young, now):
    """Most have signed the newest text; one wants to talk first, two signed an older one, and some have not said anything."""
    amara = cast["amara"]
    for words, ago in ((FIRST_WORDS, 300), (WORDS, 120)):
        Agreed().write(words, by=amara, at=now - timedelta(days=ago))
    newest, old = Agreed.objects.all()
    for firsts, text, ago in ((BEFORE, old, 250), (ON_PAPER, newest, 100)):
        at = now - timedelta(days=ago)
        for first in firsts:
            one = Agreement(young_person=young[first], text=text, how=Agreement.How.PAPER)
            one.sign("yes", localdate(at), young[first].name, "Green folder", by=amara, at=at)
    for days, first in enumerate((*BY_LINK, *TO_TALK), start=3):
        at = now - timedelta(days=days)
        link, _token = AgreementLink.make(young[first], by=amara, at=at)
        says = "talk" if first in TO_TALK else "yes"
        link.sign(newest, says, young[first].name, by="holder of link", at=at + timedelta(hours=2))
