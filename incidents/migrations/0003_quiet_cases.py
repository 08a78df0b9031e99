from datetime import timedelta

from django.conf import settings
from django.db import migrations, models
from django.db.models import Max, Q

from harmony.audit.migrating import RecordedPython

AFTER_THE_LAST_REVIEW = timedelta(days=28)


def listen(apps, schema_editor):
    """Every open case gets its time: twice as long as from its last review to its next, after whatever was written last.

    One that has been quiet for longer is found by the next sweep.
    """
    Case = apps.get_model("incidents", "Case")
    for case in Case.objects.filter(status="triaged").annotate(written_at=Max("entries__written_at")).iterator():
        last = max(filter(None, (case.written_at, case.triaged_at, case.reviews_from)))
        reviewed = max(filter(None, (case.reviews_from, case.reviewed_at, case.triaged_at)))
        gap = case.review_due - reviewed if case.review_due and case.review_due > reviewed else None
        quiet_due = last + (2 * gap if gap else AFTER_THE_LAST_REVIEW)
        Case.objects.filter(pk=case.pk).update(quiet_due=quiet_due)


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0002_every_clock_climbs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='quiet_due',
            field=models.DateTimeField(blank=True, null=True),
        ),
        RecordedPython(
            listen,
            reverse_code=migrations.RunPython.noop,
            why="From now on somebody is told of a case in which nobody writes",
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=Q(('closed_at', None), ('quiet_due__isnull', False)), fields=['quiet_due'], name='cases_by_quiet_due'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=Q(Q(('quiet_due__isnull', False), ('status', 'triaged')), Q(Q(('status', 'triaged'), _negated=True), ('quiet_due', None)), _connector='OR'), name='what_is_worked_on_may_grow_quiet'),
        ),
    ]
