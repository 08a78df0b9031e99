from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "harmony.organisation"
    label = "organisation"
