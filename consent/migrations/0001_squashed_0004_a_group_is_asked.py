import django.db.models.deletion
import harmony.encryption.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('consent', '0001_the_first_records'),
        ('consent', '0002_a_link_for_the_family'),
        ('consent', '0003_how_a_take_down_begins_and_ends'),
        ('consent', '0004_a_group_is_asked'),
    ]

    initial = True

    dependencies = [
        ('organisation', '0006_the_duty_to_tell'),
        ('people', '0002_who_holds_a_channel'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Image',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('root', harmony.encryption.fields.RootField(editable=False)),
                ('what', harmony.encryption.fields.EncryptedTextField(verbose_name='what it shows')),
                ('kept', harmony.encryption.fields.EncryptedTextField(blank=True, verbose_name='where it is kept')),
                ('taken_by', harmony.encryption.fields.EncryptedTextField(blank=True, verbose_name='who took it')),
                ('taken_on', models.DateField(blank=True, null=True, verbose_name='when it was taken')),
            ],
            options={
                'ordering': ['-taken_on'],
            },
        ),
        migrations.CreateModel(
            name='Purpose',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(default=50)),
                ('status', models.CharField(choices=[('in_use', 'In use'), ('ended', 'No longer asked for')], default='in_use', max_length=6)),
            ],
            options={
                'ordering': ['position', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='people.group')),
                ('status', models.CharField(choices=[('running', 'Running'), ('ended', 'Ended')], default='running', max_length=7)),
                ('begun_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['status', 'due_at'],
                'indexes': [models.Index(condition=models.Q(('status', 'running')), fields=['due_at'], name='campaigns_by_when')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'running')), fields=('group',), name='one_campaign_a_group'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('status', 'running')), models.Q(('ended_at__isnull', False), ('status', 'ended')), _connector='OR'), name='a_campaign_that_ended_says_when')],
            },
        ),
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to=settings.AUTH_USER_MODEL)),
                ('root', harmony.encryption.fields.RootField(editable=False, follows='user')),
                ('asked_at', models.DateTimeField()),
                ('asked', harmony.encryption.fields.EncryptedTextField()),
            ],
            options={
                'ordering': ['-asked_at'],
            },
        ),
        migrations.CreateModel(
            name='FamilyLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('young_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='family_links', to='people.youngperson')),
                ('root', harmony.encryption.fields.RootField(editable=False, follows='young_person')),
                ('side', models.CharField(choices=[('parent', 'Parent or carer'), ('young', 'Young person')], max_length=6)),
                ('carer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.carer')),
                ('made_at', models.DateTimeField()),
                ('campaign', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='consent.campaign')),
                ('letter', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-made_at'],
                'constraints': [models.UniqueConstraint(fields=('campaign', 'young_person', 'carer', 'letter'), name='a_letter_once'), models.CheckConstraint(condition=models.Q(models.Q(('campaign', None), ('letter', None)), models.Q(('campaign__isnull', False), ('letter__isnull', False)), _connector='OR'), name='a_letter_is_of_a_campaign')],
            },
        ),
        migrations.CreateModel(
            name='Appearance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appearances', to='consent.image')),
                ('root', harmony.encryption.fields.RootField(editable=False, follows='image')),
                ('young_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appearances', to='people.youngperson')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('image', 'young_person'), name='in_a_picture_once')],
            },
        ),
        migrations.CreateModel(
            name='NeverShown',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('young_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='never_shown', to='people.youngperson')),
                ('root', harmony.encryption.fields.RootField(editable=False, follows='young_person')),
                ('because', harmony.encryption.fields.EncryptedTextField()),
                ('since', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('young_person',), name='never_shown_once')],
            },
        ),
        migrations.CreateModel(
            name='Use',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='consent.purpose')),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.channel')),
                ('lasting', models.CharField(choices=[('online', 'Online: it can be taken down'), ('room', 'In our rooms: it can be taken down'), ('paper', 'Printed or broadcast: it cannot be called back')], default='online', max_length=6)),
                ('since', models.DateField()),
            ],
            options={
                'ordering': ['purpose__position', 'purpose__name', 'channel__name'],
                'constraints': [models.UniqueConstraint(fields=('purpose', 'channel'), name='one_use_each')],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='consent.image')),
                ('root', harmony.encryption.fields.RootField(editable=False, follows='image')),
                ('use', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='consent.use')),
                ('place', harmony.encryption.fields.EncryptedTextField(verbose_name='where exactly')),
                ('proof', harmony.encryption.fields.EncryptedTextField(blank=True, verbose_name='how it looked')),
                ('published_on', models.DateField()),
                ('was_covered', models.BooleanField(default=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-published_on'],
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['use'], name='publications_that_stand')],
            },
        ),
        migrations.CreateModel(
            name='TakeDown',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='take_downs', to='consent.publication')),
                ('root', harmony.encryption.fields.RootField(editable=False, follows='publication')),
                ('status', models.CharField(choices=[('open', 'To be taken down'), ('done', 'Taken down'), ('stays', 'Cannot be called back'), ('again', 'May stay: all agree again')], default='open', max_length=5)),
                ('because', models.CharField(choices=[('withdrawn', 'Permission was taken back'), ('expired', 'Permission has run out'), ('never', 'It may not be shown any more'), ('not_asked', 'Nobody had agreed to it'), ('channel', 'The channel is no longer used')], max_length=9)),
                ('opened_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='take_downs', to=settings.AUTH_USER_MODEL)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('proof', harmony.encryption.fields.EncryptedTextField(blank=True, verbose_name='how you know that it is down')),
            ],
            options={
                'ordering': ['due_at'],
                'indexes': [models.Index(condition=models.Q(('status', 'open')), fields=['due_at'], name='take_downs_by_when')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'open')), fields=('publication',), name='one_open_take_down_each'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('status', 'open')), models.Q(models.Q(('status', 'open'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='a_take_down_that_ended_says_how')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('young_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.youngperson')),
                ('root', harmony.encryption.fields.RootField(editable=False, follows='young_person')),
                ('use', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='consent.use')),
                ('status', models.CharField(choices=[('asked', 'Asked, not answered yet'), ('given', 'Given'), ('refused', 'Refused'), ('expired', 'Has run out')], default='asked', max_length=7)),
                ('asked_at', models.DateTimeField(editable=False)),
                ('covers_from', models.DateField(blank=True, null=True)),
                ('covers_until', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['use'],
                'indexes': [models.Index(condition=models.Q(('status', 'given')), fields=['covers_until'], name='consents_that_run_out')],
                'constraints': [models.UniqueConstraint(fields=('young_person', 'use'), name='one_consent_each'), models.CheckConstraint(condition=models.Q(models.Q(('covers_from__isnull', False), ('covers_until__gt', models.F('covers_from')), ('status', 'given')), models.Q(models.Q(('status', 'given'), _negated=True), ('covers_from', None), ('covers_until', None)), _connector='OR'), name='only_what_is_given_covers')],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wordings', to='consent.purpose')),
                ('version', models.PositiveSmallIntegerField()),
                ('words', models.TextField(verbose_name='the words')),
                ('months', models.PositiveSmallIntegerField(default=12, verbose_name='how many months a permission lasts')),
                ('since', models.DateTimeField()),
            ],
            options={
                'ordering': ['purpose', '-version'],
                'constraints': [models.UniqueConstraint(fields=('purpose', 'version'), name='one_wording_a_version'), models.CheckConstraint(condition=models.Q(('months__gte', 1), ('months__lte', 36)), name='a_permission_lasts_a_while')],
            },
        ),
        migrations.CreateModel(
            name='Permission',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('consent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='permissions', to='consent.consent')),
                ('root', harmony.encryption.fields.RootField(editable=False, follows='consent')),
                ('side', models.CharField(choices=[('parent', 'Parent or carer'), ('young', 'Young person')], max_length=6)),
                ('says', models.CharField(choices=[('yes', 'Yes'), ('no', 'No')], max_length=3)),
                ('wording', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consent.wording')),
                ('how', models.CharField(choices=[('link', 'Signed on screen, by a link of their own'), ('paper', 'Signed on paper, which we keep'), ('scan', 'Signed on paper, and scanned'), ('told', 'Told us, in person or by phone')], max_length=5)),
                ('said_at', models.DateTimeField()),
                ('until', models.DateField(blank=True, null=True)),
                ('carer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.carer')),
                ('link', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='permissions', to='consent.familylink')),
                ('who', harmony.encryption.fields.EncryptedTextField(blank=True)),
                ('evidence', harmony.encryption.fields.EncryptedTextField(blank=True)),
                ('conditions', harmony.encryption.fields.EncryptedTextField(blank=True)),
                ('name_shown', models.CharField(choices=[('none', 'No name'), ('first', 'First name only')], default='none', max_length=5)),
            ],
            options={
                'ordering': ['said_at'],
            },
        ),
    ]
