from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "harmony.notifications"
    label = "notifications"

    def ready(self):
        from . import checks  # noqa: F401
