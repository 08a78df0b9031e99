from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "harmony.home"
    label = "home"

    def ready(self):
        from . import assurance, documents, guidance, notices, own_facts, proofs  # noqa: F401 (what the ground proves of itself)

        assurance.register()
        documents.register()
        notices.register()
