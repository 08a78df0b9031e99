from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "harmony.retention"
    label = "retention"

    def ready(self):
        from . import checks, documents, ours  # noqa: F401 (they register themselves)

        documents.register()
