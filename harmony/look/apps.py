from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "harmony.look"
    label = "look"
