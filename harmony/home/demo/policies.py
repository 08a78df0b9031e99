"""The policies of the demo: five in force, the statement in its second version, and others on their way."""

from datetime import timedelta

from policies import first_drafts
from policies.models import Acknowledgement, Version
from policies.models.acknowledgements import asked

WAITS, IS_READY, IS_WRITTEN = "behaviour", "it-and-e-safety-procedures", "anti-bullying"  # how far each has got
CHANGED = (
    "Use only the channels on our list. Never your own account.",
    "Use only the channels on our list. Never your own account, nor a game or a group chat of your own.",
)
NOT_YET = ("ed", "jamie")  # to the newest words of the statement
A_WHILE = timedelta(hours=19)
LATE, MINUTED = "anti-bullying", "safeguarding-and-child-protection"
MINUTES = (
    "Amara, Tom and two youth workers read it line by line. What it says is what we do. One sentence was hard to read."
)
WHAT_CHANGED = "Games and group chats count as channels too.\nAppointments and numbers are up to date."


def publish(cast, begun, now):
    """A year ago from the drafts that come with it; two months ago the statement was made clearer."""
    amara, gwen, sol = cast["amara"], cast["gwen"], cast["sol"]
    made = first_drafts.add(by=amara, at=begun)
    for slug, version in made.items():
        version.send(by=amara, at=begun + timedelta(hours=2))
        if slug != WAITS:
            version.approve(by=gwen, at=begun + timedelta(hours=20))
            version.publish(by=sol, at=begun + timedelta(days=1))
    made[WAITS].comment("What do we do when somebody will not talk to us?", by=cast["ruth"], at=now - timedelta(days=3))
    _make_clearer(cast, made[first_drafts.STATEMENT].policy, now)
    _go_on(cast, made, now)
    _agree(cast, made, begun, now)
    _review(cast, made, now)


def _agree(cast, made, begun, now):
    """Nearly everybody, within days; two have not come to the statement's newest words yet."""
    for version in Version.objects.in_force().select_related("policy").order_by("policy__slug"):
        people = asked(version.policy).exclude(email__startswith="callum@").order_by("name")
        for number, user in enumerate(people):
            is_new = version.number > 1
            if is_new and user.email.split("@")[0] in NOT_YET:
                continue
            word = Acknowledgement(version=version, user=user)
            word.agree(by=user, at=(version.published_at if is_new else begun + timedelta(days=2)) + A_WHILE * number)


def _review(cast, made, now):
    """Last year's reviews were done but one: what is late climbs, and the chair hears."""
    for slug, version in made.items():
        review = version.policy.reviews.open().first()
        if not review or slug == LATE:
            continue
        at = now - timedelta(days=20)
        review.minute(MINUTES, "amend" if slug == first_drafts.STATEMENT else "keep", by=cast["tom"], at=at)
        if slug != MINUTED:
            review.sign_off(by=cast["gwen"], at=at + timedelta(days=3))


def _go_on(cast, made, now):
    """One is approved and goes out soon, and one is being written."""
    ready, written = Version(policy=made[IS_READY].policy), Version(policy=made[IS_WRITTEN].policy)
    for number, version in enumerate((ready, written)):
        version.begin(by=cast["tom"], at=now - timedelta(days=20 - number))
    told = {"what_changed": "A stolen phone is reported within an hour.", "is_material": True}
    text = ready.text + "\n- A lost or stolen phone is reported within an hour, and its accounts are closed. {S20}\n"
    ready.write(text, 0, by=cast["tom"], at=now - timedelta(days=18), **told)
    ready.send(by=cast["tom"], at=now - timedelta(days=17))
    ready.approve(by=cast["ruth"], at=now - timedelta(days=1))


def _make_clearer(cast, policy, now):
    version = Version(policy=policy)
    version.begin(by=cast["amara"], at=now - timedelta(days=70))
    words = {name: getattr(version, name) for name in Version.PLAIN}
    words["for_staff"] = words["for_staff"].replace(*CHANGED)
    text = version.text.replace(
        "Workers are not in contact with young people through online accounts of their own.",
        "Workers are not in contact with young people through online accounts, games or group chats of their own.",
    )
    version.write(
        text, 0, what_changed=WHAT_CHANGED, is_material=True, by=cast["amara"], at=now - timedelta(days=69), **words
    )
    version.send(by=cast["amara"], at=now - timedelta(days=68))
    version.comment("Good. Say it to the volunteers in person too.", by=cast["dev"], at=now - timedelta(days=65))
    version.approve(by=cast["gwen"], at=now - timedelta(days=61))
    version.publish(by=cast["sol"], at=now - timedelta(days=60))
