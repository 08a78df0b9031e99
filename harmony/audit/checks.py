"""What would leave holes in the book: seen after migrate, at worker start, and in /health/ready."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import Error, Tags, Warning, register
from django.db import connections

from . import dialects, triggers


@register(Tags.database)
def every_table_has_its_triggers(app_configs, databases, **kwargs):
    """A warning, not an error: migrate runs this check first, and it is migrate that puts them back."""
    for using in databases or ():
        connection = connections[using]
        for table, name in sorted(triggers.wanted(connection).keys() - triggers.existing(connection)):
            yield Warning(f"{table} has no trigger {name}", hint="Run manage.py migrate.", id="audit.W001")


@register(Tags.database)
def nobody_is_above_the_rules(app_configs, databases, **kwargs):
    """Recusals are subtracted for everybody; but no code of other people's asks them about a superuser."""
    user = get_user_model()
    for using in databases or ():
        if user._meta.db_table not in connections[using].introspection.table_names():
            continue  # before the first migrate
        if names := sorted(map(str, user._default_manager.using(using).filter(is_superuser=True))):
            said = f"Superusers exist: {', '.join(names)}"
            yield Warning(said, hint="Give them a post instead, and take the flag away.", id="audit.W002")


@register(Tags.database)
def the_app_does_not_own_the_book(app_configs, databases, **kwargs):
    """Whoever owns a table can disable its triggers. Migrating as owner shows this too, and is right to."""
    for using in databases or () if settings.PRODUCTION else ():
        if dialects.of(connections[using]).owns_the_book(connections[using]):
            hint = "Run the app as another role: docs/operations.md, “Two roles”."
            yield Warning("This role could disable the triggers of the book.", hint=hint, id="audit.W003")


@register(Tags.database)
def sqlite_waits_its_turn(app_configs, databases, **kwargs):
    """With SQLite's defaults most of twenty writers at once fail with “database is locked”."""
    for using in databases or ():
        connection = connections[using]
        if connection.vendor != "sqlite":
            continue
        if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
            yield Error("SQLite needs the option transaction_mode IMMEDIATE.", id="audit.E001")
        with connection.cursor() as cursor:
            if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                yield Error("SQLite needs PRAGMA journal_mode=WAL in its init_command.", id="audit.E002")
