from datetime import timedelta

from django.db import migrations, models
from django.utils.timezone import localdate

from harmony.audit.migrating import RecordedPython


def say_since_when(apps, schema_editor):
    """Nobody wrote down since when, so it counts from today; one that was approved until no day is so no longer."""
    today = localdate()
    for channel in apps.get_model("organisation", "Channel").objects.all():
        channel.approved_until = channel.approved_until or today - timedelta(days=1)
        channel.approved_on = min(today, channel.approved_until)
        channel.save(update_fields=["approved_until", "approved_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("encryption", "0001_initial"),
        ("organisation", "0002_colours"),
    ]

    operations = [
        migrations.AddField("channel", "status", models.CharField(
            choices=[("approved", "Approved"), ("stopped", "No longer used")], default="approved", max_length=8
        )),
        migrations.AddField("channel", "stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="stopped at")),
        migrations.AddField(
            "channel", "stopped_because", models.TextField(blank=True, verbose_name="why it was stopped")
        ),
        migrations.AddField("channel", "approved_on", models.DateField(null=True, verbose_name="approved on")),
        RecordedPython(say_since_when, why="Every approval has a first and a last day", reverse_code=migrations.RunPython.noop),
        migrations.AlterField("channel", "approved_on", models.DateField(verbose_name="approved on")),
        migrations.AlterField("channel", "approved_until", models.DateField(verbose_name="approved until")),
        migrations.AlterField("channel", "name", models.CharField(max_length=60, verbose_name="name")),
        migrations.AddConstraint("channel", models.CheckConstraint(
            condition=models.Q(approved_until__gte=models.F("approved_on")), name="an_approval_ends_after_it_starts"
        )),
        migrations.AddConstraint("channel", models.CheckConstraint(
            condition=models.Q(status="approved", stopped_at=None, stopped_because="")
            | (models.Q(status="stopped", stopped_at__isnull=False) & ~models.Q(stopped_because="")),
            name="a_stopped_channel_says_when_and_why",
        )),
    ]
