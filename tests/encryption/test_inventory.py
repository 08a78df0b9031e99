"""No text lies in clear that nobody has thought about."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from harmony.encryption import inventory
from harmony.encryption.fields import EncryptedTextField


def test_every_text_field_is_encrypted_or_declared_harmless():
    assert inventory.undeclared() == []


def test_nothing_is_declared_that_is_not_there():
    assert inventory.declared_in_vain() == []


def test_every_declaration_has_a_reason():
    for model in apps.get_models():
        for name, reason in inventory.declared(model).items():
            assert len(reason.split()) > 1 or reason in {"random", "public", "likewise"}, f"{model._meta.label}.{name}"


@pytest.fixture
def forgetful():
    """A model of tomorrow, as its author might leave it."""
    with isolate_apps("incidents"):

        class Promise(models.Model):
            nickname = models.CharField(max_length=20)
            answers = models.JSONField()
            letter = models.FileField()
            address = models.GenericIPAddressField()
            kept = EncryptedTextField()
            motto = models.TextField()
            code = models.SlugField()
            kind = models.CharField(max_length=3, choices={"a": "A"})
            when = models.DateField()

            in_clear = {"motto": "printed on the door", "kept": "sealed by now"}

            class Meta:
                app_label = "incidents"

            def __str__(self):
                return "a promise"

    return Promise


def test_a_forgotten_field_is_found(forgetful):
    found = {name.rpartition(".")[2] for name in inventory.undeclared([forgetful])}
    assert found == {"nickname", "answers", "letter", "address"}


def test_a_declaration_left_over_is_found(forgetful):
    found = [name for label, name in inventory.declared_in_vain([forgetful]) if label == "incidents.Promise"]
    assert found == ["kept"]
