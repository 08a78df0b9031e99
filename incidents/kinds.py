"""Kinds of concern (practice.md 2.2): stable codes, a fixed phrase each that tells nobody's story.

The phrase stands in lists and headings instead of a title, so that a glance at a screen betrays no child.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    CRITICAL = "critical", _("Critical")
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


# what each level means, in a line beside the choice (practice.md 2.3)
MEANINGS = {
    "critical": _("A life is at risk, somebody is being hurt or threatened now, or a meeting is planned."),
    "high": _("Serious harm is likely, a child has told of sexual abuse, or one of us may have harmed a child."),
    "medium": _("Harm is possible: bullying that goes on, or small worries that add up."),
    "low": _("One small thing that is over. Advice is enough."),
}


class Track(models.TextChoices):
    CHILD = "child", _("About a child or young person")
    WORKER = "worker", _("About one of us")


class Kind(models.TextChoices):
    """Every form of abuse the policy statement names, online and not (S7; practice.md 2.2). Codes stay for ever."""

    PHYSICAL = "PHY", _("Physical harm")
    EMOTIONAL = "EMO", _("Emotional harm")
    SEXUAL = "SEX", _("Sexual harm")
    NEGLECT = "NEG", _("Neglect")
    DOMESTIC = "DOM", _("Domestic abuse at home")
    EXPLOITATION = "EXP", _("Exploitation")
    FAITH = "FAI", _("Harm linked to faith or honour")
    DISCRIMINATION = "DIS", _("Discrimination or hate")
    SELF_HARM = "SHM", _("Self-harm or suicide")
    RADICALISATION = "RAD", _("Radicalisation")
    MISSING = "MIS", _("Missing")

    ADULT_CONTACT = "ON-CONTACT", _("Online contact by an adult")
    GROOMING = "CT-GROOM", _("Grooming online")
    SEXUAL_MESSAGES = "CT-SEXMSG", _("Sexual messages to a child")
    STRANGER = "CT-STRANGE", _("Contact by a stranger online")
    IMPOSTOR = "CT-FALSE", _("Somebody pretending to be somebody else")
    SEXUAL_EXPLOITATION = "CT-CSE", _("Sexual exploitation online")
    CRIMINAL_EXPLOITATION = "CT-CCE", _("Recruiting a child for crime online")
    DOXXING = "CT-DOX", _("Private details made public")
    STALKING = "CT-STALK", _("Stalking, or tracking a phone")

    EXTORTION = "ON-EXTORT", _("Threats online for money or images")
    SEXTORTION = "EX-IMAGES", _("Blackmail for more images")
    MONEY_EXTORTION = "EX-MONEY", _("Blackmail with images for money")

    BULLYING = "ON-BULLY", _("Bullying online")
    HATE_ONLINE = "CD-HATE", _("Hate or misogyny online")
    CHALLENGE = "CD-DARE", _("A dangerous challenge")
    ACCOUNT = "CD-HACK", _("Account misused or hacked")
    FILMED = "CD-FILM", _("Filmed and posted without consent")
    HOAX = "CD-HOAX", _("Hoax")
    SEXUAL_BEHAVIOUR = "CD-HSB", _("Harmful sexual behaviour online")

    IMAGES = "ON-IMAGE", _("Image asked for, shared, threatened or faked")
    OWN_IMAGE = "IM-SELF", _("Nude image made and shared by a young person")
    SHARED_IMAGE = "IM-SHARED", _("Nude image shared without consent")
    FAKED_IMAGE = "IM-FAKE", _("Nude image faked, with AI or not")
    UPSKIRTING = "IM-SKIRT", _("Upskirting")

    HARMFUL_CONTENT = "ON-CONTENT", _("Harmful content online")
    PORNOGRAPHY = "CN-PORN", _("Pornography seen")
    HARM_CONTENT = "CN-HARM", _("Content about self-harm, suicide or eating")
    EXTREME_CONTENT = "CN-EXTREME", _("Extremist content seen")
    VIOLENT_CONTENT = "CN-GORE", _("Violence or gore seen")
    FALSE_CONTENT = "CN-FALSE", _("Lies or conspiracies believed")
    CHATBOT = "CN-BOT", _("Harm by a chatbot or AI companion")
    AGE_RATED = "CN-AGE", _("A game or app too old for the child")

    SCAM = "ON-SCAM", _("Scam, gambling or money risk online")
    PHISHING = "CM-PHISH", _("Scam or phishing")
    GAMBLING = "CM-GAMBLE", _("Gambling or loot boxes")
    MULE = "CM-MULE", _("Moving money for others")
    PURCHASE = "CM-BUY", _("Unsafe buying")
    HARVEST = "CM-DATA", _("Personal details collected")
    INFLUENCER = "CM-INFLU", _("Pressure by an influencer")

    WORKER_CONTACT = "AD-CONTACT", _("Private contact by one of us")
    WORKER_FRIEND = "AD-FRIEND", _("Friend request or follow by one of us")
    WORKER_IMAGES = "AD-IMAGES", _("Images on a private device")
    WORKER_GIFTS = "AD-GIFTS", _("Gifts or secrets")
    WORKER_LANGUAGE = "AD-WORDS", _("Sexual talk by one of us")
    WORKER_FAMILIAR = "AD-CLOSE", _("Too close to a young person")
    WORKER_SILENT = "AD-SILENT", _("One of us failed to act")
    WORKER_CONDUCT = "AD-CONDUCT", _("Conduct of one of us")
    WORKER_OUTSIDE = "AD-OUTSIDE", _("Conduct of one of us outside work")

    CONSENT_BREACH = "ORG-IMAGE", _("Image used without permission")
    DATA_BREACH = "ORG-DATA", _("Data or account breach")
    OUR_ACCOUNT = "ORG-LOGIN", _("One of our accounts taken over")
    UNASSESSED = "ORG-APP", _("A platform used before it was assessed")
    FILTERING = "ORG-FILTER", _("Filtering failed")
    POLICY_BREACH = "ORG-POLICY", _("Our policy not followed")
    OTHER = "OTH", _("Another worry about safety")


class FourC(models.TextChoices):
    """The four Cs of online risk (R23). It follows from the kind; a worry that is not about being online has none."""

    CONTENT = "content", _("Content: what they see")
    CONTACT = "contact", _("Contact: who reaches them")
    CONDUCT = "conduct", _("Conduct: what people do to each other")
    COMMERCE = "commerce", _("Commerce: money and data")


class CausedBy(models.TextChoices):
    """Who caused the harm, as a class and never by name (practice.md 2.2)."""

    PEER = "peer", _("A child or young person of ours")
    CHILD = "child", _("A child or young person from elsewhere")
    WORKER = "worker", _("Somebody who works or volunteers here")
    TRUSTEE = "trustee", _("One of our trustees")
    ADULT = "adult", _("Another adult whom the child knows")
    STRANGER = "stranger", _("Somebody known only online")
    GROUP = "group", _("A group of people")
    MACHINE = "machine", _("A machine, like a chatbot")
    NOBODY = "nobody", _("Nobody")
    UNKNOWN = "unknown", _("Not known yet")


@dataclass(frozen=True)
class Family:
    """Kinds that belong together. `phrase`: lists show this kind's words for all of them, and so tell less."""

    title: object
    kinds: tuple
    phrase: str = ""
    four_c: str = ""  # a letter of FourC (R23)


def _from(first, last):
    order = list(Kind)
    return tuple(order[order.index(first) : order.index(last) + 1])


FAMILIES = (
    Family(_("Any harm"), _from(Kind.PHYSICAL, Kind.MISSING)),
    Family(_("Online: contact"), _from(Kind.ADULT_CONTACT, Kind.STALKING), Kind.ADULT_CONTACT, FourC.CONTACT),
    Family(_("Online: threats"), _from(Kind.EXTORTION, Kind.MONEY_EXTORTION), Kind.EXTORTION, FourC.CONTACT),
    Family(_("Online: conduct"), _from(Kind.BULLYING, Kind.SEXUAL_BEHAVIOUR), "", FourC.CONDUCT),
    Family(_("Online: images"), _from(Kind.IMAGES, Kind.UPSKIRTING), Kind.IMAGES, FourC.CONDUCT),
    Family(_("Online: content"), _from(Kind.HARMFUL_CONTENT, Kind.AGE_RATED), Kind.HARMFUL_CONTENT, FourC.CONTENT),
    Family(_("Online: commerce"), _from(Kind.SCAM, Kind.INFLUENCER), Kind.SCAM, FourC.COMMERCE),
    Family(_("About one of us"), _from(Kind.WORKER_CONTACT, Kind.WORKER_OUTSIDE), Kind.WORKER_CONDUCT),
    Family(_("About the organisation"), _from(Kind.CONSENT_BREACH, Kind.POLICY_BREACH)),
    Family(_("Anything else"), (Kind.OTHER,)),
)
FAMILY = {kind: family for family in FAMILIES for kind in family.kinds}
# weighed as one of these, a concern about a child turns out to be about one of us (R12)
ABOUT_ONE_OF_US = frozenset(FAMILY[Kind.WORKER_CONTACT].kinds)
# weighed as one of these, there may be a nude image of somebody under 18: no file is taken (R24)
OF_IMAGES = frozenset({*FAMILY[Kind.IMAGES].kinds, *FAMILY[Kind.EXTORTION].kinds, Kind.WORKER_IMAGES})
# weighed as one of these, or with images in it, a case may be sexual abuse of a child: of that the law asks people to tell (R22)
OF_SEXUAL_ABUSE = frozenset(
    {Kind.SEXUAL, Kind.GROOMING, Kind.SEXUAL_MESSAGES, Kind.SEXUAL_EXPLOITATION,
     Kind.SEXUAL_BEHAVIOUR, Kind.WORKER_LANGUAGE}
)  # fmt: skip
ONE_OF_US = frozenset({CausedBy.WORKER, CausedBy.TRUSTEE})


def phrase(kind):
    """What lists and headings say for a kind: no more than that it is one of its family."""
    return Kind(FAMILY[Kind(kind)].phrase or kind).label if kind else ""


def kinds_in(codes):
    """Several kinds from their codes, "SHM CT-GROOM", in the order of the taxonomy."""
    return [kind for kind in Kind if kind in codes.split()]


def four_c(kind):
    """The label of its letter, or "" for what is not about being online."""
    letter = FAMILY[Kind(kind)].four_c if kind else ""
    return letter and FourC(letter).label


class Setting(models.TextChoices):
    """Where something happened: asked for a first look, the exact place stands beside it."""

    ONLINE = "online", _("Online")
    OURS = "ours", _("At one of our sessions or places")
    ELSEWHERE = "elsewhere", _("At home, school or somewhere else")


@dataclass(frozen=True)
class Door:
    """A kind of worry in the words of whoever reports it; the case's kind is chosen at triage (practice.md 2.2)."""

    code: str
    says: object
    hint: object
    leads_to: tuple  # kinds it stands for: triage offers them first


def _all(kind):
    return FAMILY[kind].kinds


DOORS = (
    Door("contact", _("Someone online is after something"), _("Grooming, secrets, a stranger."), _all(Kind.GROOMING)),
    Door("threats", _("Threats or blackmail"), _("Pay, or send more, or I will share it."), _all(Kind.EXTORTION)),
    Door("images", _("Nude or nearly nude images"), _("Asked for, shared, faked. Do not look."), _all(Kind.IMAGES)),
    Door(
        "bullying",
        _("Bullying, hate, or left out on purpose"),
        _("Online or face to face. A dare, a hacked account."),
        (*_all(Kind.BULLYING), Kind.EMOTIONAL, Kind.DISCRIMINATION),
    ),
    Door(
        "self-harm",
        _("Self-harm, suicide or eating"),
        _("Hints count."),
        (Kind.SELF_HARM, Kind.HARM_CONTENT, Kind.CHALLENGE),
    ),
    Door("missing", _("Missing, or may go missing"), _("Or gone to meet somebody from online."), (Kind.MISSING,)),
    Door(
        "money",
        _("Money, scams, games or gambling"),
        _("Moving money for others, too."),
        (*_all(Kind.SCAM), Kind.CRIMINAL_EXPLOITATION),
    ),
    Door(
        "content",
        _("Something upsetting or extreme that they saw"),
        _("Or heard from a chatbot, or believe."),
        (*_all(Kind.HARMFUL_CONTENT), Kind.RADICALISATION),
    ),
    Door("harm", _("Harm at home or somewhere else"), _("Hurt, neglected, used or forced."), _all(Kind.PHYSICAL)),
    Door(
        "one-of-us",
        _("Something an adult who works or volunteers here did"),
        _("Or did not do. Private messages, gifts, being too close."),
        _all(Kind.WORKER_CONTACT),
    ),
    Door(
        "our-own",
        _("A photo, an account or data of ours"),
        _("Used or lost when it should not."),
        _all(Kind.CONSENT_BREACH),
    ),
    Door("unsure", _("I’m not sure"), _("That is fine. Somebody else decides."), (Kind.OTHER,)),
)
# no page offers these any more; reports that were written through them still say so
RETIRED_DOORS = (
    Door(
        "hate",
        _("Hate, or extreme views"),
        _("Because of race, faith, sex, disability or who they love."),
        (Kind.DISCRIMINATION, Kind.RADICALISATION, Kind.HATE_ONLINE, Kind.EXTREME_CONTENT),
    ),
)
DOORS_NAMED = {door.code: door for door in (*DOORS, *RETIRED_DOORS)}


def doors_of(codes):
    """The doors that a report was written through, in the order of the page: "missing money"."""
    return [DOORS_NAMED[code] for code in codes.split()]


def grouped(doors=()):
    """Every kind once, as (title, kinds): first what these doors stand for, then the other families."""
    groups, shown = [], set()
    for group, kinds in [(one.says, one.leads_to) for one in doors] + [(one.title, one.kinds) for one in FAMILIES]:
        if new := tuple(kind for kind in kinds if kind not in shown):
            groups.append((group, new))
            shown.update(new)
    return groups


class Outcome(models.TextChoices):
    """How a case ended (practice.md 2.2)."""

    SAFE = "safe", _("Safe: nothing more to do")
    EARLY_HELP = "early-help", _("Early or family help")
    SUPPORTED = "supported", _("Support given and finished")
    REFERRED = "referred", _("Referred, and accepted")
    NOT_ACCEPTED = "not-accepted", _("Referred, and not accepted")
    POLICE = "police", _("Police action")
    LADO = "lado", _("Dealt with by the council’s designated officer (LADO)")
    BEHAVIOUR = "behaviour", _("Behaviour or repair work done")
    LEARNING = "learning", _("Training or policy changed")
    TRANSFERRED = "transferred", _("Passed to another organisation")
    DUPLICATE = "duplicate", _("Same as another case")
    REDIRECTED = "redirected", _("Not about safety: passed on")


class PoliceOutcome(models.TextChoices):
    """What the police decided. A child is never called a criminal here (R29)."""

    NONE = "none", _("They had no part in it")
    PENDING = "pending", _("They have not decided yet")
    NO_CRIME = "no-crime", _("They found no crime")
    NO_ACTION = "no-action", _("They took no further action")
    OUTCOME_21 = "outcome-21", _("Outcome 21: it was not in the public interest to take it further")
    RESOLVED = "resolved", _("A community resolution, or words of advice")
    CAUTIONED = "cautioned", _("A caution, for an adult or a young person")
    CHARGED = "charged", _("Somebody was charged")


# worked in another case, or not about safety: such a case needs no plan of its own
UNPLANNED = frozenset({Outcome.DUPLICATE, Outcome.REDIRECTED})
