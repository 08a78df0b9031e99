from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "harmony.files"
    label = "files"
