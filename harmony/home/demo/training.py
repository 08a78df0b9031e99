"""Training in the demo: ten courses, who needs them, what everybody did in their years here, and who has gaps now."""

from datetime import timedelta
from random import Random

from django.utils.timezone import localtime

from harmony.people.models import Membership
from training import reminding
from training.models import (
    Briefing,
    Completion,
    Course,
    Equivalent,
    Exemption,
    Requirement,
    Rhythm,
    Session,
    Supervision,
    Support,
)
from training.needs import Whom

from .clock import local

ALL_SIX = ("bullying", "cyberbullying", "emotional", "sexting", "sexual", "exploitation")
EVERYBODY, CONTACT = (Whom.EVERYBODY, ""), (Whom.CONTACT, "")
COURSES = [  # code, title, about, topics, months, renewal days, (who, within how many days)
    (
        "SG-IND",
        "Safeguarding and online safety induction",
        "An hour with the safeguarding officer, before you work with young people on your own.",
        ALL_SIX, 12, 0, ((EVERYBODY, 14, 365),),
    ),
    (
        "SG-ANN",
        "Annual safeguarding update",
        "Two hours together, each autumn. What has changed, and what we have learned.",
        ALL_SIX, 12, 60, ((EVERYBODY, 365),),
    ),
    (
        "OS-CORE",
        "Online harms",
        "Grooming, nudes, pictures made by AI, sextortion. Half a day, in the studio.",
        ("sexting", "sexual", "exploitation"), 24, 60, ((CONTACT, 90),),
    ),
    (
        "CB-01",
        "Bullying, cyberbullying and bystanders",
        "Ninety minutes online, at a time of your own.",
        ("bullying", "cyberbullying", "emotional"), 24, 60, ((CONTACT, 90),),
    ),
    ("PREV", "Prevent awareness", "The government’s free course. It takes an hour.", ("radicalisation",), 24, 60, ((EVERYBODY, 90),)),
    (
        "CSE-01",
        "Exploitation and county lines online",
        "Half a day with the council’s team.",
        ("sexual", "exploitation"), 24, 60, ((CONTACT, 120),),
    ),
    (
        "DSO-L3",
        "Designated safeguarding officer training",
        "Two days with the council. Renewed every two years.",
        ALL_SIX, 24, 120, (((Whom.POST, "dso"), 60), ((Whom.POST, "deputy"), 60)),
    ),
    (
        "DSO-REF",
        "Safeguarding officer refresh",
        "Half a day each year, between the two-day courses.",
        (), 12, 60, (((Whom.POST, "dso"), 365), ((Whom.POST, "deputy"), 365)),
    ),
    (
        "ALLEG",
        "Allegations and low-level concerns",
        "A morning with the council’s designated officer.",
        (), 36, 90, tuple(((Whom.POST, post), 120) for post in ("lead", "allegations", "dso", "trustee")),
    ),
    (
        "TRUST",
        "Safeguarding for trustees",
        "An evening for those who answer for us all.",
        (), 36, 90, (((Whom.MEMBERSHIP, Membership.Kind.TRUSTEE), 180),),
    ),
    (
        "DP-IS",
        "Data protection, sharing and pictures",
        "An hour online, and our own one-page guide.",
        (), 12, 60, tuple(((Whom.POST, post), 60) for post in ("office", "consent", "dso", "it")),
    ),
]  # fmt: skip
MADE_BY_AI = "AI-01"
BRIEFING = """A picture made by a computer to show somebody without clothes can hurt as much as a real one. Of anyone \
under 18 it is a crime to make it, to keep it or to pass it on.

If a young person tells you of one: stay calm, and thank them. It is not their fault. Do not ask to see it. Do not copy it, \
photograph it or send it on, even to show us.

Write down what they say, in their words. Leave the device as it is. Tell the safeguarding officer at once, or whoever is on call.

There is free help to try to get it taken down: Report Remove, for anyone under 18. Tell the young person that, and that you \
will not leave them alone with it."""
QUESTIONS = [
    (
        "A girl says that there is a made-up nude picture of her. What do you do first?",
        ["I ask her to show it to me", "I listen, thank her, and do not look at it", "I ask who made it"],
        2,
    ),
    (
        "How do you show the safeguarding officer what it is?",
        ["I send the picture", "I photograph the screen", "I write down what I was told"],
        3,
    ),
    ("It is no real photograph. Is it still a crime, if she is under 18?", ["Yes", "No", "Only if it was sold"], 1),
]
TALKED = "How the group is, what was hard this month, and whether the decisions still feel right."
READ_IT = ("leah", "priya", "amara", "sol", "tom")  # so far; the others have some weeks left
# who has not renewed what: first name, course; and what nobody has looked at yet
LET_RUN_OUT = {("ed", "SG-ANN"), ("callum", "OS-CORE"), ("gwen", "PREV")}
NEVER_DONE = {("hana", "OS-CORE"), ("kit", "PREV")}
UNCHECKED = ("priya", "CB-01")
SOON = {("jamie", "SG-ANN"), ("leah", "CB-01"), ("tom", "DSO-L3")}
SEED = 27


def teach(cast, begun, now):
    """Set up when the organisation came; done by each in the years behind them, and checked by somebody else."""
    sol, amara, today = cast["sol"], cast["amara"], localtime(now).date()
    since = localtime(begun).date() - timedelta(days=800)
    courses = {told[0]: _course(told, position, since, sol, begun) for position, told in enumerate(COURSES, start=1)}
    for done, instead_of in (("SG-ANN", "SG-IND"), ("DSO-L3", "DSO-REF")):
        Equivalent(done=courses[done], instead_of=courses[instead_of]).count(since, by=sol, at=begun)
    chance = Random(SEED)
    for first, user in sorted(cast.items()):
        for code in _asked_of(first, user, today):
            _learn(first, user, courses[code], today, chance, sol, amara, begun)
    _read_here(cast, sol, now)
    newest = Completion.of(cast["priya"], courses[UNCHECKED[1]], today - timedelta(days=3))
    newest.record("Certificate, in the e-mail to the office", by=cast["priya"], at=now - timedelta(days=2))
    people = [cast[first] for first in ("jamie", "hana", "ed")]
    Session().hold(
        courses["CB-01"], today - timedelta(days=1), "Amara Okafor", "Green folder, under “club evenings”", people,
        by=amara, at=now - timedelta(hours=20),
    )  # fmt: skip
    Exemption(user=cast["kit"], course=courses["SG-ANN"]).excuse(
        "Here for the audit alone, never with young people.", today + timedelta(days=150), today - timedelta(days=90),
        by=sol, at=now - timedelta(days=90),
    )  # fmt: skip
    _supervise(cast, sol, begun, now)
    reminding.settle(now)


def _supervise(cast, sol, begun, now):
    """Every six weeks for the two who work the cases, with Ruth; quarterly for youth workers. Tom’s last is too long ago."""
    since = localtime(begun).date()
    for whom, post, days in ((Whom.POST, "dso", 42), (Whom.POST, "deputy", 42), (Whom.CONTACT, "", 90)):
        Rhythm().ask(whom, post, days, since, by=sol, at=begun)
    for first, by, ago in (
        *(("amara", "ruth", days) for days in (300, 258, 216, 174, 132, 90, 55, 16)),
        *(("tom", "ruth", days) for days in (250, 180, 110, 60)),
        *((worker, "amara", days) for worker in ("leah", "jamie", "priya", "callum") for days in (170, 85, 20)),
        *((worker, "amara", days) for worker in ("ed", "hana") for days in (120, 40)),
    ):
        at = now - timedelta(days=ago)
        Supervision(user=cast[first]).hold(
            localtime(at).date(), TALKED, "Same again next time; a day off after the next hard one.", [],
            "Glad of a quieter week. Offered a call with the counselling line.", by=cast[by], at=at,
        )  # fmt: skip
    for first, by, helps, ago, step in (
        ("priya", "amara", ("talk", "rest"), 70, "take"),
        ("jamie", "amara", ("talk", "line"), 33, "decline"),
        ("leah", "amara", ("talk", "line", "swap"), 4, None),
        ("amara", "ruth", ("rest",), 2, None),
    ):
        at = now - timedelta(days=ago)
        offer = Support.make(cast[first], helps, by=cast[by], at=at)
        if step:
            getattr(offer, step)(by=cast[first], at=at + timedelta(hours=20))


def _read_here(cast, sol, now):
    """A course of our own, two weeks old: read and answered by some."""
    at, course = now - timedelta(days=14), Course()
    since = localtime(at).date()
    course.add(MADE_BY_AI, "Pictures made by AI: what to do", len(COURSES) + 1, by=sol, at=at)
    course.change("Ten minutes, here on this site.", ("sexting",), 12, 30, since, by=sol, at=at)
    Requirement(course=course).ask(*EVERYBODY, 60, starts_on=since, by=sol, at=at)
    briefing = Briefing(version=course.versions.get())
    briefing.write(BRIEFING, QUESTIONS, by=sol, at=at)
    right = {number: right for number, (_asks, _answers, right) in enumerate(QUESTIONS, start=1)}
    for days, first in enumerate(READ_IT, start=1):
        briefing.read_by(cast[first], right, by=cast[first], at=at + timedelta(days=days))


def _course(told, position, since, by, at):
    code, title, about, topics, months, renewal, asked = told
    course = Course()
    course.add(code, title, position, by=by, at=at)
    course.change(about, topics, months, renewal, since, by=by, at=at)
    for (whom, which), *days in asked:
        Requirement(course=course).ask(whom, which, *days, starts_on=since, for_role=code == "DSO-L3", by=by, at=at)
    return course


def _asked_of(first, user, today):
    """The short names of what this person needs, by the same table."""
    held = {(Whom.POST, post) for post in user.posts_on(today)} | {EVERYBODY}
    held |= {(Whom.MEMBERSHIP, kind) for kind in user.memberships.standing(today).values_list("kind", flat=True)}
    if user.groups_worked.standing(today).exists():
        held.add(CONTACT)
    return [code for code, *_rest, asked in COURSES if code != "SG-IND" and any(whom in held for whom, *_days in asked)]


def _learn(first, user, course, today, chance, sol, amara, begun):
    """What they did last, and the time before it where that lies in the year behind us."""
    if (first, course.code) in NEVER_DONE or (first, course.code) == UNCHECKED:
        return
    months = course.versions.get().months
    holds = timedelta(days=months * 30)
    ago = timedelta(days=chance.randrange(20, months * 30 - 150))
    if (first, course.code) in LET_RUN_OUT:
        ago = holds + timedelta(days=chance.randrange(20, 60))
    if (first, course.code) in SOON:
        ago = holds - timedelta(days=chance.randrange(12, 25))
    last = today - ago
    for on in (last - holds + timedelta(days=20), last):
        _write_down(user, course, on, sol, amara, begun)


def _write_down(user, course, on, sol, amara, begun):
    """Written down by one of the two who keep it, and checked by the other; each one’s own by the other."""
    by, checks = (amara, sol) if user == amara else (sol, amara)
    at = max(begun, local(on, "12:00"))
    done = Completion.of(user, course, on)
    done.record("Certificate, blue folder", by=by, at=at)
    done.verify(by=checks, at=at + timedelta(hours=2))
