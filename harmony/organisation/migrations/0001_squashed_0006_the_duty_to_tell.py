import django.db.models.deletion
import harmony.organisation.hours
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('organisation', '0001_initial'),
        ('organisation', '0002_colours'),
        ('organisation', '0003_a_channel_is_approved_renewed_and_stopped'),
        ('organisation', '0004_names_in_public'),
        ('organisation', '0005_other_councils'),
        ('organisation', '0006_the_duty_to_tell'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Council',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('children_phone', models.CharField(max_length=30, verbose_name='children’s services, front door')),
                ('children_hours', harmony.organisation.hours.HoursField(blank=True, max_length=200, validators=[harmony.organisation.hours.spans], verbose_name='when they answer')),
                ('edt_phone', models.CharField(max_length=30, verbose_name='emergency duty team')),
                ('edt_hours', harmony.organisation.hours.HoursField(blank=True, max_length=200, validators=[harmony.organisation.hours.spans], verbose_name='when they answer')),
                ('lado_phone', models.CharField(blank=True, max_length=30, verbose_name='designated officer (LADO)')),
                ('lado_hours', harmony.organisation.hours.HoursField(blank=True, max_length=200, validators=[harmony.organisation.hours.spans], verbose_name='when they answer')),
                ('adults_phone', models.CharField(blank=True, max_length=30, verbose_name='adult social care, front door')),
                ('adults_hours', harmony.organisation.hours.HoursField(blank=True, max_length=200, validators=[harmony.organisation.hours.spans], verbose_name='when they answer')),
                ('web', models.URLField(blank=True, verbose_name='page with its referral form')),
                ('escalation', models.URLField(blank=True, verbose_name='page on what to do when you disagree')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='last checked')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='GuidanceSource',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('url', models.URLField(blank=True, verbose_name='web address')),
                ('edition', models.CharField(blank=True, max_length=60, verbose_name='edition')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='last checked')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('conditions', models.TextField(blank=True, verbose_name='conditions')),
                ('status', models.CharField(choices=[('approved', 'Approved'), ('stopped', 'No longer used')], default='approved', max_length=8)),
                ('approved_on', models.DateField(verbose_name='approved on')),
                ('approved_until', models.DateField(verbose_name='approved until')),
                ('stopped_at', models.DateTimeField(blank=True, null=True, verbose_name='stopped at')),
                ('stopped_because', models.TextField(blank=True, verbose_name='why it was stopped')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('approved_until__gte', models.F('approved_on'))), name='an_approval_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'approved'), ('stopped_at', None), ('stopped_because', '')), models.Q(('status', 'stopped'), ('stopped_at__isnull', False), models.Q(('stopped_because', ''), _negated=True)), _connector='OR'), name='a_stopped_channel_says_when_and_why')],
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100, verbose_name='what for')),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
            ],
            options={
                'ordering': ['starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='a_closure_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='HelpContact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('says', models.CharField(max_length=200, verbose_name='what they are for')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='phone')),
                ('web', models.URLField(blank=True, verbose_name='web address')),
                ('hours', harmony.organisation.hours.HoursField(blank=True, max_length=200, validators=[harmony.organisation.hours.spans], verbose_name='opening hours')),
                ('otherwise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.helpcontact', verbose_name='when closed, ring')),
                ('position', models.PositiveSmallIntegerField(default=50)),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='last checked')),
            ],
            options={
                'ordering': ['position', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('council', models.CharField(blank=True, max_length=100, verbose_name='local council')),
                ('hours', harmony.organisation.hours.HoursField(blank=True, default='Mon-Fri 09:00-17:00', max_length=200, validators=[harmony.organisation.hours.spans], verbose_name='opening hours')),
                ('policies', models.URLField(blank=True, verbose_name='where the policies can be read')),
                ('main_colour', models.CharField(blank=True, default='', max_length=7, verbose_name='main colour')),
                ('dark_colour', models.CharField(blank=True, default='', max_length=7, verbose_name='dark colour')),
                ('duty_from', models.DateField(blank=True, null=True, verbose_name='the duty to tell applies from')),
                ('names_in_public', models.BooleanField(default=False, verbose_name='strangers read the names of those whom they ring')),
                ('is_demo', models.BooleanField(default=False, editable=False)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', uuid.UUID('00000000-0000-0000-0000-000000000001'))), name='one_organisation'), models.CheckConstraint(condition=models.Q(('main_colour__regex', '^(#[0-9a-f]{6})?$')), name='main_colour_is_a_colour'), models.CheckConstraint(condition=models.Q(('dark_colour__regex', '^(#[0-9a-f]{6})?$')), name='dark_colour_is_a_colour')],
            },
        ),
    ]
