from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"

    def ready(self):
        from . import documents, notices, offers  # noqa: F401 (offers answer what others ask)

        documents.register()
        notices.register()
