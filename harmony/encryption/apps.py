from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class EncryptionConfig(AppConfig):
    name = "harmony.encryption"
    label = "encryption"

    def ready(self):
        from . import checks, search  # noqa: F401 (the checks register themselves)

        search.connect()
        post_migrate.connect(_install_the_index, sender=self)


def _install_the_index(using="default", **kwargs):
    from . import engines

    engines.install(connections[using])
