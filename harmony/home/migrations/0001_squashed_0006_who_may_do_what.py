import django.db.models.deletion
import django.utils.timezone
import harmony.encryption.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('home', '0001_initial'),
        ('home', '0002_how_each_sweep_ran'),
        ('home', '0003_what_is_lacking'),
        ('home', '0004_keys_on_paper'),
        ('home', '0005_lost_devices'),
        ('home', '0006_who_may_do_what'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Backup',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('taken_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-taken_at'],
                'get_latest_by': 'taken_at',
            },
        ),
        migrations.CreateModel(
            name='BackupKey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveSmallIntegerField(unique=True)),
                ('public', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['version'],
                'get_latest_by': 'version',
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('name', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('good_at', models.DateTimeField(blank=True, null=True)),
                ('failed_at', models.DateTimeField(blank=True, null=True)),
                ('failure', models.CharField(blank=True, max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name='AccessReview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('status', models.CharField(choices=[('open', 'Under way'), ('signed', 'Signed off')], max_length=6)),
                ('opened_at', models.DateTimeField()),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('signed_at', None), ('signed_by', None), ('status', 'open')), models.Q(('signed_at__isnull', False), ('signed_by__isnull', False), ('status', 'signed')), _connector='OR'), name='a_review_is_signed_by_somebody_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='AccessLine',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='home.accessreview')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('rights', models.CharField(blank=True, max_length=400)),
                ('last_seen_at', models.DateTimeField(blank=True, null=True)),
                ('second_proof', models.BooleanField(default=False)),
                ('decision', models.CharField(blank=True, choices=[('confirmed', 'Confirmed'), ('changed', 'Changed'), ('ended', 'Ended')], max_length=9)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['user__name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('review', 'user'), name='one_line_each'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='a_line_is_decided_by_somebody_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='KeySheet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('master', 'Master key'), ('backup', 'Backup key')], default='master', max_length=6)),
                ('version', models.PositiveSmallIntegerField()),
                ('stored_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stored_at', models.DateTimeField()),
                ('place', models.CharField(max_length=200, verbose_name='where it is')),
            ],
            options={
                'ordering': ['kind', 'version'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'version', 'stored_by'), name='nobody_counts_twice_for_one_sheet'), models.CheckConstraint(condition=models.Q(('kind__in', ['master', 'backup'])), name='sheet_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Lack',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20)),
                ('since', models.DateTimeField()),
                ('mended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['since'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('mended_at', None)), fields=('code',), name='lacking_once'), models.CheckConstraint(condition=models.Q(('mended_at', None), ('mended_at__gte', models.F('since')), _connector='OR'), name='mended_after_it_was_found')],
            },
        ),
        migrations.CreateModel(
            name='LostDevice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lost_devices', to=settings.AUTH_USER_MODEL)),
                ('root', harmony.encryption.fields.RootField(editable=False, follows='user')),
                ('status', models.CharField(choices=[('said', 'Waits for a second person'), ('confirmed', 'Confirmed by two: a day of notice'), ('done', 'Their proofs were taken away'), ('stopped', 'Stopped')], max_length=9)),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('said_at', models.DateTimeField()),
                ('how_known', harmony.encryption.fields.EncryptedTextField()),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('how_confirmed', harmony.encryption.fields.EncryptedTextField(blank=True)),
                ('resets_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-said_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['said', 'confirmed'])), fields=('user',), name='lost_once_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('resets_at', None)), models.Q(('confirmed_at__isnull', False), ('resets_at__gte', models.F('confirmed_at'))), _connector='OR'), name='a_lost_device_is_reset_after_it_is_confirmed')],
            },
        ),
    ]
