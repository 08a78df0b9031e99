"""`manage.py print_data`: docs/data-dictionary.md, read off the models and the inventory of text in clear."""

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from harmony.encryption.fields import EncryptedTextField
from harmony.encryption.inventory import declared

PAGE = settings.BASE / "docs" / "data-dictionary.md"
HEAD = """# Data dictionary

Printed from the models by `manage.py print_data`; a test fails when this page is stale. Each field of each table: what kind
it is, whether it is encrypted, and what is said of it: its help text, or why its text may lie in clear
(`harmony/encryption/inventory.py`). Where nothing is said, the name of the field is all there is.
"""


class Command(BaseCommand):
    help = _("Writes docs/data-dictionary.md.")
    requires_system_checks = ()  # it reads code, no data

    def handle(self, **options):
        PAGE.write_text(page())


def page():
    """The whole page, as it should be: tables in the order of their names."""
    models = (model for model in apps.get_models(include_auto_created=True) if _kept(model))
    return "\n".join([HEAD, *map(section, sorted(models, key=lambda model: model._meta.label))])


def section(model):
    """One table of the page, with the first line of its model's docstring."""
    lines = [f"## {model._meta.label}\n", f"Table `{model._meta.db_table}`. {_says(model)}".rstrip() + "\n"]
    lines += ["| field | kind | encrypted | meaning |", "|---|---|---|---|"]
    reasons = declared(model)
    for field in model._meta.concrete_fields:
        sealed = "yes" if isinstance(field, EncryptedTextField) else "–"
        says = str(field.help_text) or reasons.get(field.name, "")
        lines.append(f"| `{field.name}` | {_kind(field)} | {sealed} | {says.replace('|', '/')} |")
    return "\n".join(lines) + "\n"


def _kept(model):
    return model._meta.managed and not model._meta.proxy and not model.__module__.startswith("tests.")


def _kind(field):
    return f"→ {field.related_model._meta.label}" if field.is_relation else type(field).__name__


def _says(model):
    doc = (model.__doc__ or "").strip()
    made_by_django = doc.startswith(f"{model.__name__}(")
    return "" if made_by_django or not doc else doc.splitlines()[0]
