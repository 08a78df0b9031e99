from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "consent"

    def ready(self):
        from . import documents, notices, offers  # noqa: F401  (offers answer by being imported)

        documents.register()
        notices.register()
