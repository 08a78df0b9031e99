from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "policies"

    def ready(self):
        from . import documents, notices, offers  # noqa: F401 (what others ask of this room)

        documents.register()
        notices.register()
