from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "incidents"

    def ready(self):
        from . import (  # noqa: F401 (offers answer what others ask)
            certificates,
            documents,
            notices,
            offers,
            referring,
            storing,
            summary,
            transferring,
            waits,
            young_documents,
        )

        certificates.register()
        documents.register()
        notices.register()
        referring.register()
        storing.register()
        summary.register()
        transferring.register()
        waits.register()
        young_documents.register()
