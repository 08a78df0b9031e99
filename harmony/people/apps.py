from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "harmony.people"
    label = "people"

    def ready(self):
        from . import offers  # noqa: F401
