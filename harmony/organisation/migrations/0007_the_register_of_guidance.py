import uuid
from datetime import timedelta

import django.db.models.deletion
from django.db import migrations, models

from harmony.audit.migrating import RecordedPython
from harmony.organisation.national import GUIDANCE


def bring_up_to_date(apps, schema_editor):
    """What was looked up is looked up again a year later; and what our rules rest on stands in the register."""
    Source = apps.get_model("organisation", "GuidanceSource")
    for source in Source.objects.exclude(checked_on=None):
        Source.objects.filter(pk=source.pk).update(next_check_on=source.checked_on + timedelta(days=365))
    for told in GUIDANCE if Source.objects.exists() else ():
        if found := Source.objects.filter(url=told["url"], code="").first():
            Source.objects.filter(pk=found.pk).update(code=told["code"], publisher=told["publisher"])
        else:
            Source.objects.create(**told)


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0001_initial"),
        ("encryption", "0001_initial"),
        ("organisation", "0001_squashed_0006_the_duty_to_tell"),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('edition', models.CharField(blank=True, max_length=60)),
                ('in_force_on', models.DateField(blank=True, null=True)),
                ('url', models.URLField(blank=True)),
                ('replaced_at', models.DateTimeField()),
                ('what_is_new', models.TextField()),
            ],
            options={
                'ordering': ['-replaced_at'],
            },
        ),
        migrations.AddField(
            model_name='guidancesource',
            name='checked_by',
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='guidancesource',
            name='code',
            field=models.SlugField(blank=True, default='', editable=False, max_length=40),
        ),
        migrations.AddField(
            model_name='guidancesource',
            name='found',
            field=models.CharField(blank=True, default='', editable=False, max_length=80),
        ),
        migrations.AddField(
            model_name='guidancesource',
            name='in_force_on',
            field=models.DateField(blank=True, null=True, verbose_name='in force since'),
        ),
        migrations.AddField(
            model_name='guidancesource',
            name='known',
            field=models.CharField(blank=True, default='', editable=False, max_length=80),
        ),
        migrations.AddField(
            model_name='guidancesource',
            name='looked_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='guidancesource',
            name='next_check_on',
            field=models.DateField(blank=True, null=True, verbose_name='to be checked again'),
        ),
        migrations.AddField(
            model_name='guidancesource',
            name='publisher',
            field=models.CharField(blank=True, default='', max_length=100, verbose_name='publisher'),
        ),
        migrations.AlterField(
            model_name='guidancesource',
            name='name',
            field=models.CharField(max_length=200, verbose_name='title'),
        ),
        RecordedPython(
            bring_up_to_date,
            why="The register of guidance says when each source is looked up again, and holds what our rules rest on",
            reverse_code=migrations.RunPython.noop,
        ),
        migrations.AddConstraint(
            model_name='guidancesource',
            constraint=models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='one_source_a_code'),
        ),
        migrations.AddConstraint(
            model_name='guidancesource',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_on', None), ('next_check_on', None)), models.Q(('checked_on__isnull', False), ('next_check_on__gt', models.F('checked_on'))), _connector='OR'), name='a_checked_source_is_checked_again'),
        ),
        migrations.AddField(
            model_name='edition',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='organisation.guidancesource'),
        ),
    ]
