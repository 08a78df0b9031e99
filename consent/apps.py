from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "consent"

    def ready(self):
        from . import notices, offers  # noqa: F401  (offers answer by being imported)

        notices.register()
