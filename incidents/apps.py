from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "incidents"

    def ready(self):
        from . import certificates, documents, notices, offers, referring, summary, transferring, waits  # noqa: F401 (offers answer what others ask)

        certificates.register()
        documents.register()
        notices.register()
        referring.register()
        summary.register()
        transferring.register()
        waits.register()
