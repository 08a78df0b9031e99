"""What has happened, as a young person says it: eight doors, each with what to do now, by age, and whose help there is.

Data: whoever knows safeguarding can better a line here without knowing the rest. `tells` is the door by which the report
comes in (incidents/kinds.py). What published policies promise stands on the pages themselves (decision 0344).
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Topic:
    code: str
    says: object
    more: object
    now: tuple  # what to do now, for everybody
    young: object = ""  # a line more for 10 or under
    older: object = ""  # a line more for 14 and over
    lines: tuple = ("childline",)  # codes of help contacts, best first
    tells: str = ""
    is_urgent: bool = False  # 999 and Childline before anything else


TOPICS = (
    Topic(
        "hurting-myself",
        _("I’m thinking of hurting myself"),
        _("You matter. Talk to someone now."),
        (
            _("Ring Childline, day or night. It is free. You don’t have to give your name."),
            _("If you are hurt, or in danger now, ring 999."),
            _("Go to someone you trust. Stay with them. You don’t have to find the right words."),
            _("Put away things that could hurt you."),
        ),
        _("Tell a grown-up near you: “I feel so bad that I want to hurt myself.” They can help."),
        _("Samaritans listen too, day and night, on 116 123."),
        ("childline", "samaritans"),
        "self-harm",
        True,
    ),
    Topic(
        "not-safe",
        _("Someone is hurting me, or I don’t feel safe"),
        _("At home, here, or online. It is not your fault."),
        (
            _("In danger now? Ring 999. If you can’t speak, press 55 when asked."),
            _("Ring Childline. They listen, and can help you to get safe."),
            _("Tell someone you trust. If they don’t help, tell someone else."),
        ),
        _(
            "No one is allowed to hurt you or touch your private parts. Tell a grown-up, even if it is meant to be secret."
        ),
        _("It counts if it is someone you go out with, or someone in your family."),
        ("childline", "nspcc"),
        "harm",
        True,
    ),
    Topic(
        "photo",
        _("Someone asked me for a photo"),
        _("Or they have one, and say they’ll share it. You can get help."),
        (
            _("Stop answering them. Don’t send more. Don’t pay, even if they say they’ll share it."),
            _("Don’t delete the chat. It helps the police."),
            _("There is free help to try to get it taken down. It is called Report Remove."),
            _("You won’t be in trouble for telling us."),
        ),
        _("Show a grown-up you trust what they wrote. You have done nothing wrong."),
        _("It is a crime to threaten to share it, or to fake one. That is on them, not on you."),
        ("report-remove", "childline", "ceop"),
        "images",
    ),
    Topic(
        "horrible",
        _("Someone is being horrible"),
        _("In a chat, a game or a group. You don’t have to put up with it."),
        (
            _("Don’t answer back. Block them, or leave the chat."),
            _("Keep what they wrote. A screenshot of the words is enough."),
            _("Tell someone. It is not telling tales."),
        ),
        _("Ask a grown-up to help you block them."),
        _("If it is about your race, faith, body or who you love, it may be a hate crime."),
        ("childline",),
        "bullying",
    ),
    Topic(
        "adult",
        _("An adult is messaging me"),
        _("People who work here should never message you in private. If one has, tell us."),
        (
            _("You don’t have to answer. You can stop at any time."),
            _("Don’t meet them alone. Don’t move to another app."),
            _("Keep the messages."),
            _("If they want photos, or to meet, tell us today."),
        ),
        _("If someone online asks you to keep a secret, tell a grown-up."),
        _("You can report them to CEOP yourself. They are police who deal with this."),
        ("ceop", "childline"),
        "contact",
    ),
    Topic(
        "saw",
        _("I saw something that upset me"),
        _("Even if you went looking for it."),
        (
            _("Close it. You don’t have to look again."),
            _("Talk about it with someone. What you feel is normal."),
            _("Don’t send it on, not even to show how bad it is."),
        ),
        _("Tell a grown-up what you saw. You are not in trouble."),
        _("If a page tells you to hurt yourself or someone else, tell us."),
        ("childline",),
        "content",
    ),
    Topic(
        "friend",
        _("I’m worried about a friend"),
        _("You can tell us for them."),
        (
            _("Listen to them. You don’t have to fix it."),
            _("Don’t promise to keep it secret."),
            _("If your friend may be in danger now, ring 999."),
            _("Tell us what you know. A little is enough."),
        ),
        _("Telling a grown-up is being a good friend."),
        _("Look after yourself too. It can be a lot to carry."),
        ("childline",),
        "unsure",
    ),
    Topic(
        "else",
        _("Something else, or I’m not sure"),
        _("That is fine. Just start."),
        (
            _("You don’t need to know what it is called."),
            _("If it feels wrong, that is enough."),
            _("You can tell us a little now, and more later."),
        ),
        lines=("childline",),
        tells="unsure",
    ),
)
NAMED = {topic.code: topic for topic in TOPICS}
