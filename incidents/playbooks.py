"""What has to be done in each kind of case, step by step (S18, S26): the playbooks to start from, in our own words.

They are data. The DSO line makes a new version of any of them, or another (models/playbooks.py); a case keeps the steps that it
began with. What each rests on: practice.md 1.2 and 1.3 (R11 to R16 about one of us, R23 to R29 online).
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .kinds import CausedBy, Kind, Track

MOST_STEPS, LONGEST = 20, 300  # of one playbook; letters of a step
CAUSED_BY_ADULTS = (
    CausedBy.WORKER, CausedBy.TRUSTEE, CausedBy.ADULT, CausedBy.STRANGER, CausedBy.GROUP, CausedBy.UNKNOWN,
)  # fmt: skip


@dataclass(frozen=True)
class Given:
    """One to start from. Its conditions all have to fit; an empty one fits every case."""

    code: str
    title: object
    steps: tuple
    track: str = ""
    kinds: tuple = ()
    caused_by: tuple = ()
    images: bool = False  # only where there may be a nude image of somebody under 18


GIVEN = (
    Given(
        "children",
        _("One child harmed another"),
        (
            _("Talk with the child who was harmed, alone: what they say, what they want, what makes them safe now."),
            _("Talk with the child who caused harm, apart from the other: what is behind it, and who is there for them."),
            _("Keep the two apart until you are sure: sessions, lifts, trips and group chats."),
            _("Tell the parents or carers of both, each about their own child, unless telling them adds risk."),
            _("Look after those who saw it, got it or passed it on, and stop it going round."),
            _("Decide whether it may be a crime, or serious harm to either child. If so, tell the police or the council."),
        ),
        track=Track.CHILD,
        caused_by=(CausedBy.PEER, CausedBy.CHILD),
    ),
    Given(
        "adult-online",
        _("An adult reached a child online"),
        (
            _("Ring the police: 999 if a meeting is planned or somebody is in danger, otherwise 101. Write down their number for it."),
            _("Report it to CEOP (Child Exploitation and Online Protection), and write down the reference."),
            _("Keep what was sent, as it is. Nobody answers it, deletes it, or writes back as if they were the child."),
            _("Agree with the child and their family how the contact ends, after you have asked the police."),
            _("Report the account to the app or game, and write down the number of that report."),
            _("Find out whether the same account has reached other young people here."),
            _("Decide today whether you tell the council’s children’s services."),
        ),
        kinds=(
            Kind.ADULT_CONTACT, Kind.GROOMING, Kind.SEXUAL_MESSAGES, Kind.STRANGER, Kind.IMPOSTOR,
            Kind.SEXUAL_EXPLOITATION, Kind.CRIMINAL_EXPLOITATION,
        ),
        caused_by=CAUSED_BY_ADULTS,
    ),
    Given(
        "one-of-us",
        _("It is about one of us"),
        (
            _("First ask the council’s designated officer (LADO) for advice. Until then, nobody asks or warns the person it is about."),
            _("Answer the four questions. One yes: tell the council’s designated officer (LADO) within one working day. No yes: say why it is a low-level concern."),
            _("Decide what they do meanwhile. Suspending somebody is not the first answer: say what else you weighed."),
            _("Say who is there for the child and the family, and who for the person it is about."),
            _("Decide, with reasons, whether the DBS and the Charity Commission are told."),
        ),
        track=Track.WORKER,
    ),
    Given(
        "images",
        _("There may be a nude image of somebody under 18"),
        (
            _("Say to everybody who knows of it: do not look, copy, print, send it on, or ask to see it."),
            _("Write down, without looking: whose image, who has it, on which device or app, and who has seen it."),
            _(
                "Ask: is an adult in it? Threats, pressure or grooming? Somebody under 13? Somebody who could not agree? Violence, or "
                "acts unusual for their age? Is anybody in danger now? One yes: tell the police and children’s services at once."
            ),
            _("Where the police are not called, agree who deletes it, and who sees to that. Where they are, nobody deletes it."),
            _("Help the young person to use Report Remove if it may be on the open web. They do it; sit by, and do not look."),
            _("Offer support to whoever is in it, and to whoever saw it."),
        ),
        images=True,
    ),
    Given(
        "threats",
        _("Blackmail and threats online"),
        (
            _("Tell them: it is not your fault, and you are not alone. Do not pay, send more or answer. Delete nothing."),
            _("Ask today, in plain words, about self-harm and suicide. Somebody stays with them tonight."),
            _("Ring the police: 999 if anybody is in danger, otherwise 101. If it is sexual, report it to CEOP (Child Exploitation and Online Protection) too."),
            _("Write down accounts, messages and how money was asked for. Then help them to block and report the account."),
            _("If money was paid, they or their parents tell the bank at once."),
            _("See them again within a day, and within a week."),
        ),
        kinds=(Kind.EXTORTION, Kind.SEXTORTION, Kind.MONEY_EXTORTION),
    ),
    Given(
        "self-harm",
        _("Self-harm, or thoughts of suicide"),
        (
            _("Ask them, alone and in plain words: do you hurt yourself? Do you think of ending your life? Do you have a plan?"),
            _("In danger now: ring 999 and stay with them. Hurt: see that somebody treats it today."),
            _("Tell their parents or carers today, with them if you can, unless telling them adds risk."),
            _("Write down with them what helps, whom they ring day and night, and what is kept out of their reach."),
            _("Ask for help from their doctor, or from the mental health team for young people."),
            _("Agree who sees them next, and on which day."),
        ),
        kinds=(Kind.SELF_HARM, Kind.HARM_CONTENT),
    ),
    Given(
        "drawn-in",
        _("Drawn into extreme views"),
        (
            _("Write down what was seen and heard, and what has changed. Somebody who plans violence: ring 999."),
            _("Talk it over with somebody who knows them: what are they looking for, and who is drawing them in?"),
            _("Talk with the young person, and with their parents or carers unless telling them adds risk."),
            _("Ask the council’s or the police’s Prevent lead for advice. Decide whether you refer it to Prevent, and say why."),
            _("Report the content to the app or site, and find out who else here has seen it."),
        ),
        kinds=(Kind.RADICALISATION, Kind.EXTREME_CONTENT),
    ),
)  # fmt: skip
