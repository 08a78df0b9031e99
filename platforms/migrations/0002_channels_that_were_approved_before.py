from datetime import datetime, time

from django.db import migrations
from django.utils.timezone import get_current_timezone, now

from harmony.audit.migrating import RecordedPython


def write_down_what_is_used(apps, schema_editor):
    """Each keeps its key, conditions and last day, and is under review: somebody assesses it, and somebody else decides."""
    Platform, Assessment = (apps.get_model("platforms", name) for name in ("Platform", "Assessment"))
    for channel in apps.get_model("organisation", "Channel").objects.filter(status="approved"):
        root, due = channel.pk, datetime.combine(channel.approved_until, time(9), get_current_timezone())
        told = {"name": channel.name, "kind": "other", "purpose": "It was in use before there was a register."}
        platform = Platform.objects.create(
            id=channel.pk, root=root, is_channel=True, proposed_at=now(), due_at=due, status="assessing", **told
        )
        before = Assessment.objects.create(
            platform=platform, root=root, status="approved", because="before", asked_at=now(),
            conditions=channel.conditions, ends_on=channel.approved_until, owner="dso",
        )  # fmt: skip
        Assessment.objects.create(platform=platform, root=root, because="again", asked_at=now())
        platform.standing, platform.status = before, "review"
        platform.save(update_fields=["standing", "status"])


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("encryption", "0001_initial"),
        ("organisation", "0008_a_channel_follows_the_register"),
        ("platforms", "0001_the_register_of_platforms"),
    ]

    operations = [
        RecordedPython(
            write_down_what_is_used,
            why="What was approved before there was a register is looked at anew",
            reverse_code=migrations.RunPython.noop,
        )
    ]
