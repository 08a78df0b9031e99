"""Which text lies in clear, and why that does no harm.

Words of a case, names of children and carers, and what a reporter wrote are EncryptedTextFields. Every
other text field of ours is declared on its model (`in_clear = {field: reason}`), other people's models
are declared here; tests/encryption/test_inventory.py finds the field that somebody forgot.
"""

from django.apps import apps
from django.db import models

from .fields import EncryptedTextField

HOLDS_TEXT = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
)
HARMLESS = (models.SlugField, EncryptedTextField)

# {model: {field: reason}}
FROM_CODE = "made from code by migrate"
IN_CLEAR_ELSEWHERE = {
    "account.EmailAddress": {"email": "staff sign in with it"},
    "account.EmailConfirmation": {"key": "random, and expires"},
    "auth.Group": {"name": "not used: rights are decided in access.py"},
    "auth.Permission": {"name": FROM_CODE, "codename": FROM_CODE},
    "contenttypes.ContentType": {"app_label": FROM_CODE, "model": FROM_CODE},
    "guardian.GroupObjectPermission": {"object_pk": "not used: grants have tables of their own"},
    "guardian.UserObjectPermission": {"object_pk": "not used: grants have tables of their own"},
    "mfa.Authenticator": {"data": "its secrets are sealed by MFAAdapter; names of passkeys are chosen by staff"},
    "sessions.Session": {
        "session_key": "a hash of the key, which is in the cookie alone",
        "session_data": "who is signed in; no view puts words there",
    },
    "usersessions.UserSession": {
        "session_key": "the same hash",
        "ip": "of staff, shown to themselves in their list of sign-ins; strangers have no session",
        "user_agent": "likewise",
        "data": "likewise",
    },
}


def text_fields(among=None):
    """(model, field) for each column that could hold words: any text that is not one of a few choices."""
    for model in among or apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields if model._meta.managed else ():
            if isinstance(field, HOLDS_TEXT) and not isinstance(field, HARMLESS) and not field.choices:
                yield model, field


def declared(model):
    """{field: reason}, its parents' declarations included."""
    own = {}
    for parent in reversed(model.__mro__):
        own |= vars(parent).get("in_clear", {})
    return own | IN_CLEAR_ELSEWHERE.get(model._meta.label, {})


def undeclared(among=None):
    found = text_fields(among)
    return [f"{model._meta.label}.{field.name}" for model, field in found if not declared(model).get(field.name)]


def declared_in_vain(among=None):
    """What is declared, but is no such field: a rename, or a field that is encrypted by now."""
    said = {(model._meta.label, name) for model in among or apps.get_models() for name in declared(model)}
    said |= {(label, name) for label, fields in IN_CLEAR_ELSEWHERE.items() for name in fields}
    return sorted(said - {(model._meta.label, field.name) for model, field in text_fields(among)})
