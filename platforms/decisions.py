"""Steps that move several records together, as a platform, its assessment and its channel: all of it, or nothing.

To open a channel the register is written first, to close one the channel: so at no moment can something be chosen that the
register does not approve, and guards of the database ask for just this order (decision 0421).
"""

from django.utils.timezone import localdate, now

from harmony.audit.events import event
from harmony.organisation.models import Channel

from . import ladders
from .models import Assessment, SecurityReview


def propose(platform, *, by, at=None, **told):
    """It waits to be assessed, and whoever assesses hears of it."""
    at = at or now()
    with event("propose", by=by, about=platform, at=at):
        platform.propose(**told, by=by, at=at)
        ladders.tell_of(ladders.PROPOSED, platform, at)


def approve(assessment, ends_on, decision, *, by, at=None):
    """It may be used from today until that day; where it is a channel, it can be chosen from now on."""
    at, platform = at or now(), assessment.platform
    with event("approve", by=by, about=platform, at=at):
        assessment.approve(ends_on, decision, by=by, at=at)
        platform.allow(assessment, by=by, at=at)
        if platform.is_channel:
            _list(platform, assessment, by, at)
        ladders.tell_of(ladders.DECIDED, platform, at)


def _list(platform, assessment, by, at):
    channel = platform.channel
    if channel:
        channel.renew(assessment.conditions, assessment.ends_on, by=by, at=at)
    else:
        Channel(pk=platform.pk).approve(platform.name, assessment.conditions, assessment.ends_on, by=by, at=at)


def refuse(assessment, decision, *, by, at=None):
    """It may not be used, or not any more. Everybody who works here reads why."""
    at, platform = at or now(), assessment.platform
    with event("refuse", by=by, about=platform, at=at, why=decision):
        assessment.refuse(decision, by=by, at=at)
        platform.refuse(by=by, at=at, why=decision)
        ladders.tell_of(ladders.DECIDED, platform, at)


def hand_back(assessment, *, by, at=None):
    """Somebody else goes on with it. What is written goes along; whoever wrote it still never decides."""
    at, platform = at or now(), assessment.platform
    with event("hand back", by=by, about=platform, at=at):
        assessment.drop(by=by, at=at)
        again = Assessment(platform=platform, case_reference=assessment.case_reference)
        again.ask(assessment.because, assessment.said, by=by, at=at)
        ladders.tell_of(ladders.PROPOSED, platform, at)


def sign_off(review, words, *, by, at=None):
    """Nobody has to remember the next one: it is there at once, due in a year or a quarter."""
    at = at or now()
    with event("sign off", by=by, about=review, at=at):
        review.sign_off(words, by=by, at=at)
        coming = localdate(at) + SecurityReview.EVERY[review.kind]
        SecurityReview().begin(review.kind, review.scope, coming, by=by, at=at)
