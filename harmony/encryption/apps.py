from django.apps import AppConfig


class EncryptionConfig(AppConfig):
    name = "harmony.encryption"
    label = "encryption"

    def ready(self):
        from . import checks  # noqa: F401
