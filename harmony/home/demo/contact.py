"""By what ways each group of the demo is reached, and who asked for an exception: one holds, one waits, one was not given, one
has ended by itself."""

from datetime import timedelta

from django.utils.timezone import localtime

from harmony.home import contact
from harmony.organisation.models import Channel
from harmony.people.models import ContactException, ContactRule, Group

from .young_people import GROUPS, MAKERS, ONLINE, PATHWAYS, STUDIO

A_DAY = timedelta(days=1)
EVENINGS, OFFICE = "Monday to Friday, 9am to 8pm", "Monday to Friday, 9am to 5pm"
RULES = (  # group, channel, way, what for, hours, conditions
    (STUDIO, "Club phone", "group", "Club times, and what to bring", EVENINGS, "Two of us read what comes in."),
    (STUDIO, "E-mail from a work address", "copied", "Answers about a project of theirs", OFFICE,
     "The other group leader is copied in."),
    (PATHWAYS, "E-mail from a work address", "copied", "Course work and interviews", OFFICE, "Sol in the office is copied in."),
    (PATHWAYS, "Club phone", "copied", "To say that one is late", EVENINGS, "Told to the other leader on the same day."),
    (PATHWAYS, "Zoom", "group", "Sessions for those who cannot come in", "Wednesdays, 4pm to 6pm", ""),
    (ONLINE, "Online Club server", "group", "Club nights", "Tuesdays and Thursdays, 5pm to 8pm", "Two moderators are there."),
    (MAKERS, "Minecraft: club server", "group", "Club nights", "Tuesdays, 5pm to 7pm", "Two of us play along."),
)  # fmt: skip
CARERS = ("WhatsApp: parents’ notices", "carers", "A club is late or cancelled", EVENINGS, "")


def fill(cast, lately, now):
    """The rules, a day after their channels were approved; then what colleagues asked for since."""
    groups = {group.name: group for group in Group.objects.all()}
    channels = {channel.name: channel for channel in Channel.objects.in_use()}
    for group, channel, *told in (*RULES, *((group, *CARERS) for group in GROUPS)):
        rule = ContactRule(group=groups[group], channel=channels[channel])
        rule.allow(*told, by=cast["amara"], at=lately + A_DAY)
    _ask(cast["callum"], "Nkechi’s mum is in hospital. Texts to her own phone about who brings her home.",
         "She is 17, has no e-mail and does not pick up calls. Sol is copied in on each text.", 21, now - 4 * A_DAY,
         lambda one: contact.allow(one, "Sol reads along on the club phone. Only about the way home.",
                                   by=cast["ruth"], at=now - 3 * A_DAY))  # fmt: skip
    _ask(cast["jamie"], "My cousin is in Studio. We are in a family chat of nine people.",
         "It is a family chat, and was there before I began here.", 150, now - A_DAY)  # fmt: skip
    _ask(cast["callum"], "Snapchat with two learners of Pathways.", "They answer faster there.", 30, now - 40 * A_DAY,
         lambda one: contact.refuse(one, "Messages vanish there. Use the club phone, with Sol copied in.",
                                    by=cast["amara"], at=now - 39 * A_DAY))  # fmt: skip
    _ask(cast["hana"], "My own phone on the trip to the coast, for the group’s call list.",
         "The club phone has no signal there.", 3, now - 60 * A_DAY,
         lambda one: contact.allow(one, "Two leaders hear each call. Numbers are deleted on the way home.",
                                   by=cast["tom"], at=now - 60 * A_DAY))  # fmt: skip


def _ask(who, wanted, reason, days, at, decide=lambda one: None):
    exception = ContactException(user=who)
    contact.ask(exception, wanted, reason, localtime(at).date() + days * A_DAY, by=who, at=at)
    decide(exception)
