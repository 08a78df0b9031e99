"""Permission for pictures in the demo: what is asked for, who said what, and one young person who is never shown."""

from datetime import timedelta

from django.utils.timezone import localdate

from consent.access import CLOCK
from consent.campaigning import owed
from consent.models import Campaign, Consent, FamilyLink, Image, NeverShown, Permission, Publication, Purpose, Use
from harmony.organisation.models import Channel
from harmony.people.models import Group

WEBSITE, PHOTOS, BOARDS, NEWSLETTER = (
    "Our website",
    "Instagram: our photo page",
    "Noticeboards in our rooms",
    "Newsletter",
)
PURPOSES = [  # name, words, months, (channel, can it be taken back)
    (
        "Inside our rooms",
        "We pin your picture up where only people who come here see it. We take it down when you ask.",
        24,
        ((BOARDS, Use.Lasting.ROOM),),
    ),
    (
        "Showing what we do",
        "On the web anybody can see your picture and copy it. We take ours down when you ask, but not a copy.",
        12,
        ((WEBSITE, Use.Lasting.ONLINE), (PHOTOS, Use.Lasting.ONLINE)),
    ),
    (
        "Our newsletter",
        "We print your picture in the newsletter for families. What is printed cannot be called back.",
        12,
        ((NEWSLETTER, Use.Lasting.PAPER),),
    ),
]
# who said yes to what, in the order of the uses below; a dash: not asked
USES = (BOARDS, WEBSITE, PHOTOS, NEWSLETTER)
SAID = {
    "zed": "yyny", "owen": "yyyy", "sana": "yynn", "lily": "y-n-", "kai": "yyyy", "ben": "yyny", "ella": "yyyy",
    "anwen": "nnnn", "nkechi": "yyyy", "rhodri": "yy-y", "freya": "yyny", "idris": "yynn", "poppy": "y---",
    "samira": "yyyy", "bilal": "yyny", "theo": "yyny", "jasmin": "yyyy", "lucas": "yyny",
}  # fmt: skip


def permit(cast, young, begun, now):
    """Asked when they came, signed on paper by a parent, and said by each of them."""
    noor, asked = cast["noor"], now - timedelta(days=23)
    uses = _uses(noor, now - timedelta(days=24))
    for first, answers in SAID.items():
        said = {uses[name]: _says(sign) for name, sign in zip(USES, answers, strict=True) if sign != "-"}
        carer = next((held.carer.name for held in young[first].care.select_related("carer")), "")
        folder = f"Blue folder, under {young[first].name.split()[-1]}"
        for side, who, how in (
            ("parent", carer, Permission.How.PAPER),
            ("young", young[first].name, Permission.How.TOLD),
        ):
            if who:
                Consent.hear_all(young[first], said, side=side, who=who, how=how, evidence=folder, by=noor, at=asked)
    _publish(noor, young, uses, now)
    _by_link(noor, young["lily"], young["poppy"], uses, now)
    NeverShown(young_person=young["tia"]).flag("Her foster carers asked us: nobody may learn where she lives.",
                                               by=cast["amara"], at=begun)  # fmt: skip
    _ask_a_group(noor, now)


def _publish(noor, young, uses, now):
    """Two that are out: all is well with one, and in the other somebody has changed her mind."""
    for what, people, use, days in (
        ("Canoe day: three on the jetty", ("kai", "ella", "owen"), WEBSITE, 12),
        ("Two at the sound desk", ("samira", "nkechi"), WEBSITE, 8),
    ):
        at = now - timedelta(days=days)
        image = Image()
        image.add(what, "Pictures, on the office drive", noor.name, localdate(at), by=noor, at=at)
        for first in people:
            image.show(young[first], by=noor, at=at)
        publication = Publication(image=image, use=uses[use])
        publication.publish("harmony.example/what-we-do", "Our year in pictures", by=noor, at=at)
    changed = {"side": "young", "who": young["samira"].name, "how": Permission.How.TOLD, "evidence": ""}
    Consent.hear_all(young["samira"], {uses[WEBSITE]: "no"}, **changed, by=noor, at=now - timedelta(days=1))


def _ask_a_group(noor, now):
    """Asked five days ago: each parent who may decide was written to; nobody has answered anew."""
    at = now - timedelta(days=5)
    campaign = Campaign(group=Group.objects.get(name="Tuesday Makers"))
    campaign.begin(localdate(now) + timedelta(days=16), by=noor, at=at)
    for care in owed(campaign, 1, at):
        of = {"campaign": campaign, "letter": 1}
        link, _token = FamilyLink.make(care.young_person, "parent", care.carer, by=CLOCK, at=at, **of)
        link.sent(by=CLOCK, at=at)


def _by_link(noor, signed, waiting, uses, now):
    """One young person answered by a link of their own, and one parent has not answered yet."""
    at = now - timedelta(days=5)
    link, _token = FamilyLink.make(signed, "young", by=noor, at=at)
    link.sign(
        {use: "no" if name == WEBSITE else "yes" for name, use in uses.items()},
        who=signed.name, by="holder of link", at=at + timedelta(hours=3),
    )  # fmt: skip
    FamilyLink.make(waiting, "parent", by=noor, at=now - timedelta(days=2))


def _uses(noor, at):
    for position, (name, words, months, channels) in enumerate(PURPOSES, start=1):
        purpose = Purpose()
        purpose.add(name, position, by=noor, at=at)
        purpose.word(words, months, by=noor, at=at)
        for channel, lasting in channels:
            purpose.use_on(Channel.objects.get(name=channel), lasting, by=noor, at=at)
    return {use.channel.name: use for use in Use.objects.select_related("purpose", "channel")}


def _says(sign):
    return {"y": "yes", "n": "no"}[sign]
