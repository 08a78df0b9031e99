"""The register of platforms in the demo: each proposed by one, assessed by another and decided on by a third."""

from datetime import timedelta

from django.utils.timezone import localtime

from harmony.people.models import ChannelHolder
from platforms import decisions
from platforms.library import HAZARDS
from platforms.models import Control, Hazard, Platform

from .registered import EIGHT, OTHERS, STOPPED, WAITS, WHY_STOPPED

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
CLUB, UNDER_REVIEW = "Online Club server", "Zoom"


def fill(cast, lately, now):
    """What is used, what was refused, one that was stopped, and what waits for somebody."""
    for told in (*EIGHT, *OTHERS):
        _register(told, cast, lately, now)
    stopped = _register(STOPPED, cast, lately, now)
    stopped.retire(by=cast["amara"], why=WHY_STOPPED, at=lately + 4 * A_DAY)
    waits = _assessed(WAITS, cast["tom"], cast, now - 3 * A_DAY, now)
    waits.send(by=cast["tom"], at=now - 2 * A_DAY)
    told = {"name": "Signal: volunteers’ chat", "kind": "messages", "is_channel": False}
    told["purpose"] = "To ask who can help on Saturday. No young person is in it."
    decisions.propose(Platform(), **told, by=cast["ed"], at=now - A_DAY)
    again = Platform.objects.get(name=UNDER_REVIEW)
    again.look_again("feature", "It can write notes of a meeting with AI now.", by=cast["piotr"], at=now - 6 * A_DAY)
    again.pending.take_on(by=cast["amara"], at=now - 5 * A_DAY)


def review_after(case, cast, now):
    """Because of a case: whoever may not see it reads “under review”."""
    platform = Platform.objects.get(name=CLUB)
    words = "A picture app was used by somebody who is in it."
    platform.look_again("incident", words, case.reference, pause=True, by=cast["amara"], at=now - AN_HOUR)


def _assessed(told, assessor, cast, at, now):
    """Proposed and written, not sent."""
    platform = Platform()
    proposal = {"name": told.name, "kind": told.kind, "purpose": told.purpose, "is_channel": told.is_channel}
    decisions.propose(platform, **proposal, by=cast[told.by], at=at - 2 * A_DAY)
    platform.show(told.is_public, by=cast["amara"], at=at - 2 * A_DAY)
    platform.assess(by=assessor, at=at - A_DAY)
    assessment = platform.pending
    written = ("uses", "groups", "conditions", "owner", "age_terms", "data", "dpia", "leaving", "nothing_in")
    opinion = {name: getattr(told, name) for name in written}
    assessment.write(**opinion, age_from=told.ages[0], age_to=told.ages[1], by=assessor, at=at - A_DAY + AN_HOUR)
    for code, likely_before, bad_before, likely_after, bad_after, words, owner in told.risks:
        area, says = HAZARDS[code]
        hazard = Hazard(assessment=assessment)
        rated = {"likely_before": likely_before, "bad_before": bad_before, "likely_after": likely_after}
        hazard.add(area=area, words=str(says), **rated, bad_after=bad_after, by=assessor, at=at - A_DAY + AN_HOUR)
        by_when = localtime(now).date() - 2 * A_DAY
        Control(hazard=hazard).add(words, cast[owner], by_when, by=assessor, at=at - A_DAY + AN_HOUR)
    return assessment


def _register(told, cast, at, now):
    assessment = _assessed(told, cast["amara"], cast, at, now)
    platform = assessment.platform
    assessment.send(by=cast["amara"], at=at - AN_HOUR)
    if told.refused:
        decisions.refuse(assessment, told.refused, by=cast["ruth"], at=at)
        return platform
    until = localtime(now).date() + timedelta(days=told.days)
    decisions.approve(assessment, until, told.decision, by=cast["ruth"], at=at)
    for first in told.holders:
        held = ChannelHolder(channel=platform.channel, user=cast[first])
        held.take(localtime(at).date(), by=cast["amara"], at=at)
    controls = list(assessment.controls().select_related("owner"))
    for control in controls[:-1] if told.to_do else controls:
        control.done("Looked at together with Amara.", by=control.owner, at=at + A_DAY)
    if not told.to_do:
        platform.go_live(by=cast["sol"], at=at + A_DAY)
    return platform
