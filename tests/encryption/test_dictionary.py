"""docs/data-dictionary.md says what the models say."""

from django.apps import apps

from harmony.encryption.fields import EncryptedTextField
from harmony.encryption.management.commands.print_data import PAGE, page


def test_the_page_is_what_the_models_say():
    assert PAGE.read_text() == page(), "run manage.py print_data"


def test_as_many_fields_are_called_encrypted_as_are():
    sealed = [
        field
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model.__module__.startswith("tests.")
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    ]
    assert sealed
    assert PAGE.read_text().count("` | EncryptedTextField | yes |") == len(sealed)
