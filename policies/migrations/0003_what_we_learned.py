import django.db.models.deletion
import harmony.encryption.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('policies', '0002_who_agreed_and_reviews'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('root', harmony.encryption.fields.RootField(editable=False)),
                ('came_from', models.CharField(choices=[('case', 'A case that is closed'), ('drill', 'A drill'), ('review', 'A review'), ('other', 'Something else')], max_length=6, verbose_name='what it came from')),
                ('learned_on', models.DateField(verbose_name='learned on')),
                ('title', harmony.encryption.fields.EncryptedTextField(verbose_name='in a line')),
                ('words', harmony.encryption.fields.EncryptedTextField(verbose_name='what we learned')),
                ('changed_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='policies.version')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-learned_on'],
            },
        ),
        migrations.CreateModel(
            name='LessonAction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('root', harmony.encryption.fields.RootField(editable=False, follows='lesson')),
                ('what', harmony.encryption.fields.EncryptedTextField(verbose_name='what is to be done')),
                ('due_on', models.DateField(verbose_name='by when')),
                ('status', models.CharField(choices=[('open', 'To do'), ('done', 'Done'), ('dropped', 'Not needed')], default='open', max_length=7)),
                ('result', harmony.encryption.fields.EncryptedTextField(blank=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='policies.lesson')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lesson_actions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'indexes': [models.Index(condition=models.Q(('status', 'open')), fields=['due_on'], name='lessons_to_act_on')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('status', 'open')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('status__in', ['done', 'dropped'])), _connector='OR'), name='a_lesson_action_ends_by_somebody_at_a_time')],
            },
        ),
    ]
