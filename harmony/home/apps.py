from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "harmony.home"
    label = "home"

    def ready(self):
        from . import documents, notices

        documents.register()
        notices.register()
