from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "incidents"

    def ready(self):
        from . import certificates, documents, notices, offers, waits  # noqa: F401 (offers answer what others ask)

        certificates.register()
        documents.register()
        notices.register()
        waits.register()
