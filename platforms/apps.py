from django.apps import AppConfig


class PlatformsConfig(AppConfig):
    name = "platforms"

    def ready(self):
        from . import notices, offers  # noqa: F401 (what others ask of this room)

        notices.register()
