from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class AuditConfig(AppConfig):
    name = "harmony.audit"
    label = "audit"

    def ready(self):
        from . import checks, migrating, sqlite  # noqa: F401

        connection_created.connect(sqlite.lend_the_pen)
        pre_migrate.connect(migrating.before, sender=self)
        post_migrate.connect(migrating.after, sender=self)
