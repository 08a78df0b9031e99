"""An approved channel where a test needs one and is about something else: written as the steps leave it, without them."""

from datetime import date, datetime, time

from django.utils.timezone import get_current_timezone, localdate, now

from harmony.audit.events import event
from harmony.organisation.models import Channel
from platforms.models import Assessment, Platform


def listed(name, until, assessor, decider, conditions="Two people read it first.", since=None):
    """A channel that the register approves, from today (or `since`) until that day."""
    since, at = since or localdate(), now()
    with event("list", by="the tests"):
        platform = Platform.objects.create(
            name=name, kind="other", purpose="It is needed.", is_channel=True, status="assessing", proposed_by=assessor,
            proposed_at=at, due_at=datetime.combine(until, time(9), get_current_timezone()),
        )  # fmt: skip
        platform.standing = Assessment.objects.create(
            platform=platform, status="approved", assessor=assessor, asked_at=at, uses="It is needed.",
            conditions=conditions, owner="dso", decided_by=decider, decided_at=at, decision="It is safe so.", ends_on=until,
        )  # fmt: skip
        platform.status = "live"
        platform.save()
        return Channel.objects.create(
            pk=platform.pk, name=name, conditions=conditions, approved_on=since, approved_until=until
        )


FOREVER = date(2099, 1, 1)
