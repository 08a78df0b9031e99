import django.db.models.deletion
import django.utils.timezone
import harmony.encryption.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0002_who_holds_a_channel'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=12, unique=True, verbose_name='short name')),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('position', models.PositiveSmallIntegerField(default=50)),
                ('status', models.CharField(choices=[('in_use', 'In use'), ('ended', 'No longer taught')], default='in_use', max_length=6)),
            ],
            options={
                'ordering': ['position', 'title'],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='training.course')),
                ('number', models.PositiveSmallIntegerField()),
                ('about', models.TextField(blank=True, verbose_name='what it is')),
                ('topics', models.CharField(blank=True, max_length=120)),
                ('months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('renewal_days', models.PositiveSmallIntegerField(default=60)),
                ('starts_on', models.DateField()),
                ('again_days', models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                'ordering': ['course', '-number'],
                'constraints': [models.UniqueConstraint(fields=('course', 'number'), name='one_version_of_a_course_a_number'), models.CheckConstraint(condition=models.Q(('months', None), ('months__range', (1, 120)), _connector='OR'), name='a_course_holds_a_while')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('root', harmony.encryption.fields.RootField(editable=False)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='training.course')),
                ('held_on', models.DateField()),
                ('led_by', harmony.encryption.fields.EncryptedTextField(verbose_name='who led it')),
                ('shown', harmony.encryption.fields.EncryptedTextField(verbose_name='where the signed list is kept')),
                ('status', models.CharField(choices=[('recorded', 'To be checked'), ('verified', 'Checked')], default='recorded', max_length=8)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_at', models.DateTimeField()),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-held_on'],
            },
        ),
        migrations.CreateModel(
            name='Completion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='completions', to=settings.AUTH_USER_MODEL)),
                ('root', harmony.encryption.fields.RootField(editable=False, follows='user')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='completions', to='training.version')),
                ('completed_on', models.DateField()),
                ('how', models.CharField(choices=[('shown', 'Shown by a paper'), ('session', 'On a signed list'), ('read', 'Read here, and three questions answered'), ('list', 'From a list that was brought in')], default='shown', max_length=7)),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='completions', to='training.session')),
                ('shown', harmony.encryption.fields.EncryptedTextField(blank=True, verbose_name='what shows it')),
                ('status', models.CharField(choices=[('recorded', 'To be checked'), ('verified', 'Checked'), ('struck', 'Struck out')], default='recorded', max_length=8)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_at', models.DateTimeField()),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('verified_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-completed_on'],
                'indexes': [models.Index(condition=models.Q(('status', 'recorded')), fields=['recorded_at'], name='completions_to_check')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'struck'), _negated=True), fields=('user', 'version', 'completed_on'), name='done_once_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('verified_at', None), ('verified_by', None)), models.Q(('verified_at__isnull', False), ('verified_by__isnull', False)), _connector='OR'), name='checked_by_somebody_at_some_time')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('status', models.CharField(choices=[('kept', 'Kept'), ('locked', 'Locked away'), ('destroyed', 'Destroyed')], default='kept', max_length=9)),
                ('name', harmony.encryption.fields.EncryptedTextField()),
                ('kind', harmony.encryption.fields.EncryptedTextField()),
                ('digest', harmony.encryption.fields.EncryptedTextField()),
                ('size', models.PositiveBigIntegerField()),
                ('scanned', models.BooleanField(default=False)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('locked_at', models.DateTimeField(blank=True, null=True)),
                ('locked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('police_reference', harmony.encryption.fields.EncryptedTextField(blank=True)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('destroyed_at', models.DateTimeField(blank=True, null=True)),
                ('destroyed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('completion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='training.completion')),
                ('root', harmony.encryption.fields.RootField(editable=False, follows='completion')),
            ],
            options={
                'ordering': ['-added_at'],
            },
        ),
        migrations.CreateModel(
            name='Rhythm',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('whom', models.CharField(choices=[('post', 'Whoever holds a role'), ('contact', 'Everybody who works with a group')], max_length=10)),
                ('post', models.CharField(blank=True, choices=[('dso', 'Designated safeguarding officer'), ('deputy', 'Deputy safeguarding officer'), ('lead', 'Senior lead'), ('trustee', 'Lead trustee for safeguarding'), ('chair', 'Chair of trustees'), ('vice', 'Vice-chair of trustees'), ('allegations', 'Allegations manager'), ('office', 'Office administrator'), ('it', 'IT administrator'), ('auditor', 'Auditor'), ('consent', 'Image consent officer'), ('training', 'Training manager')], max_length=12)),
                ('every_days', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['every_days'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='rhythm_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('post', ''), ('whom', 'contact')), models.Q(('whom', 'post'), models.Q(('post', ''), _negated=True)), _connector='OR'), name='a_rhythm_says_of_whom'), models.CheckConstraint(condition=models.Q(('every_days__range', (7, 366))), name='supervision_comes_again')],
            },
        ),
        migrations.CreateModel(
            name='Briefing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='briefing', to='training.version')),
                ('words', models.TextField(verbose_name='the text')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Equivalent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('done', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts_for', to='training.course')),
                ('instead_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='equivalents', to='training.course')),
            ],
            options={
                'ordering': ['starts_on'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='equivalent_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('done', models.F('instead_of')), _negated=True), name='a_course_counts_for_another')],
            },
        ),
        migrations.CreateModel(
            name='Exemption',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exemptions', to=settings.AUTH_USER_MODEL)),
                ('root', harmony.encryption.fields.RootField(editable=False, follows='user')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exemptions', to='training.course')),
                ('because', harmony.encryption.fields.EncryptedTextField(verbose_name='why')),
            ],
            options={
                'ordering': ['starts_on'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='exemption_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', False)), name='an_exemption_ends')],
            },
        ),
        migrations.CreateModel(
            name='Owed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_owed', to=settings.AUTH_USER_MODEL)),
                ('root', harmony.encryption.fields.RootField(editable=False, follows='user')),
                ('course', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.course')),
                ('due_on', models.DateField()),
                ('for_role', models.BooleanField(default=False)),
                ('status', models.CharField(choices=[('open', 'Due'), ('ended', 'Not due any more')], default='open', max_length=5)),
            ],
            options={
                'ordering': ['due_on'],
                'indexes': [models.Index(condition=models.Q(('status', 'open')), fields=['due_on'], name='training_by_when')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'open')), fields=('user', 'course'), name='one_reminder_a_course'), models.UniqueConstraint(condition=models.Q(('course', None), ('status', 'open')), fields=('user',), name='one_reminder_of_supervision')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('briefing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='training.briefing')),
                ('number', models.PositiveSmallIntegerField()),
                ('asks', models.CharField(max_length=200)),
                ('first', models.CharField(max_length=200)),
                ('second', models.CharField(max_length=200)),
                ('third', models.CharField(max_length=200)),
                ('right', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['briefing', 'number'],
                'constraints': [models.UniqueConstraint(fields=('briefing', 'number'), name='one_question_a_number'), models.CheckConstraint(condition=models.Q(('number__in', (1, 2, 3)), ('right__in', (1, 2, 3))), name='three_questions_of_three_answers')],
            },
        ),
        migrations.CreateModel(
            name='Requirement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='training.course')),
                ('whom', models.CharField(choices=[('everybody', 'Everybody who works here'), ('contact', 'Everybody who works with a group'), ('membership', 'All of one kind'), ('post', 'Whoever holds a role'), ('group', 'Whoever works with one group')], max_length=10)),
                ('membership', models.CharField(blank=True, choices=[('staff', 'Staff'), ('volunteer', 'Volunteer'), ('trustee', 'Trustee'), ('contractor', 'Contractor'), ('visitor', 'Visitor'), ('young', 'Young person'), ('learner', 'Adult learner'), ('parent', 'Parent or carer')], max_length=10)),
                ('post', models.CharField(blank=True, choices=[('dso', 'Designated safeguarding officer'), ('deputy', 'Deputy safeguarding officer'), ('lead', 'Senior lead'), ('trustee', 'Lead trustee for safeguarding'), ('chair', 'Chair of trustees'), ('vice', 'Vice-chair of trustees'), ('allegations', 'Allegations manager'), ('office', 'Office administrator'), ('it', 'IT administrator'), ('auditor', 'Auditor'), ('consent', 'Image consent officer'), ('training', 'Training manager')], max_length=12)),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.group')),
                ('within_days', models.PositiveSmallIntegerField()),
                ('for_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('for_role', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['course', 'starts_on'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='requirement_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('group', None), ('membership', ''), ('post', ''), ('whom__in', ['everybody', 'contact'])), models.Q(('group', None), ('post', ''), ('whom', 'membership'), models.Q(('membership', ''), _negated=True)), models.Q(('group', None), ('membership', ''), ('whom', 'post'), models.Q(('post', ''), _negated=True)), models.Q(('group__isnull', False), ('membership', ''), ('post', ''), ('whom', 'group')), _connector='OR'), name='a_requirement_says_of_whom')],
            },
        ),
        migrations.CreateModel(
            name='Supervision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervisions', to=settings.AUTH_USER_MODEL)),
                ('root', harmony.encryption.fields.RootField(editable=False, follows='user')),
                ('supervisor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervised', to=settings.AUTH_USER_MODEL)),
                ('held_on', models.DateField()),
                ('words', harmony.encryption.fields.EncryptedTextField(blank=True, verbose_name='what was talked about')),
                ('agreed', harmony.encryption.fields.EncryptedTextField(blank=True, verbose_name='what was agreed')),
                ('cases', harmony.encryption.fields.EncryptedTextField(blank=True, verbose_name='references of cases')),
                ('support', harmony.encryption.fields.EncryptedTextField(blank=True, verbose_name='how they are, and what was offered')),
            ],
            options={
                'ordering': ['-held_on'],
                'indexes': [models.Index(fields=['user', '-held_on'], name='supervision_of_a_person')],
            },
        ),
    ]
