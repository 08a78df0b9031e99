"""Letters of a campaign: to each parent who may decide and has not answered, at once, half-way and three days before the end.

A letter's row is written before it goes out, and marked after. Whoever dies in between leaves a row that the next sweep
sends, with another token, for the first was never kept.
"""

from smtplib import SMTPException

from django.utils.timezone import localdate

from harmony.encryption.fields import load_keys
from harmony.notifications.mail import is_final
from harmony.notifications.sweeps import Sweep

from . import coverage, letters
from .access import CLOCK
from .cover import Side
from .models import Campaign, FamilyLink, Permission
from .models.campaigns import parents_of
from .models.links import needs_a_parent


def write_letters(at):
    """As often as one likes: nobody gets one letter twice, and a campaign that everybody has answered ends."""
    with Sweep("write letters about pictures") as sweep:
        for campaign in Campaign.objects.running().select_related("group"):
            with sweep.one(campaign.pk):
                if campaign.begun_at < at and not unanswered(campaign, at):
                    campaign.end(by=CLOCK, at=at)
            if number := campaign.letters_due(at):
                for care in owed(campaign, number, at):
                    with sweep.one(care.pk):
                        _write(campaign, care, number, at)


def unanswered(campaign, at):
    """[(young person, Counter of states)] of those asked of whom something is open still, by name."""
    people = campaign.people(localdate(at)).by_name()
    found = coverage.by_person([one.pk for one in people], localdate(at))
    return [(one, found[one.pk]) for one in people if _is_open(found[one.pk])]


def _is_open(of):
    return of[coverage.ENDED] + of[coverage.WAITING] + of[coverage.NEVER_ASKED] > 0


def owed(campaign, number, at):
    """The parents who should have had so many letters, have an address, and have said nothing since it began."""
    people = [one for one, _of in unanswered(campaign, at) if needs_a_parent(one, localdate(at))]
    said = Permission.objects.filter(side=Side.PARENT, said_at__gte=campaign.begun_at)
    answered = set(said.filter(consent__young_person__in=people).values_list("consent__young_person", flat=True))
    tried = campaign.links.filter(letter__gte=number).exclude(sent_at=None, expires_at__gt=at)
    had = set(tried.values_list("young_person", "carer"))
    cares = [care for care in parents_of(people) if care.young_person_id not in answered]
    load_keys([care.carer for care in cares])
    return [care for care in cares if care.carer.email and (care.young_person_id, care.carer_id) not in had]


def _write(campaign, care, number, at):
    """An address that is refused for good is not tried again; anything else is, by the next sweep."""
    known = campaign.links.filter(young_person=care.young_person, carer=care.carer, letter=number).first()
    if known:
        link, token = known, FamilyLink.new_token()
        link.again(token, by=CLOCK, at=at)
    else:
        link, token = FamilyLink.make(
            care.young_person, Side.PARENT, care.carer, by=CLOCK, at=at, campaign=campaign, letter=number
        )
    try:
        letters.send(token, care.carer.email)
    except SMTPException as refused:
        if not is_final(refused):
            raise
        link.end(by=CLOCK, at=at)
    else:
        link.sent(by=CLOCK, at=at)
