from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "harmony.documents"
    label = "documents"
