from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "incidents"

    def ready(self):
        from . import documents, notices, offers, waits  # noqa: F401 (offers answer what others ask)

        documents.register()
        notices.register()
        waits.register()
