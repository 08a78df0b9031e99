"""`manage.py print_states`: docs/states.md, read off the @transition decorators."""

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from harmony.audit.transitions import ANY, NEW, table

PAGE = settings.BASE / "docs" / "states.md"
HEAD = """# States

Printed from the code by `manage.py print_states`; a test fails when this page is stale. Each step is one line of a
table: from which states it may be taken, to which it leads (– leaves it as it was), who may take it (a function of
the package's access.py), and whether a reason is owed. No record changes its state in any other way.
"""


class Command(BaseCommand):
    help = _("Writes docs/states.md.")
    requires_system_checks = ()  # it reads code, no data

    def handle(self, **options):
        PAGE.write_text(page())


def page():
    """The whole page, as it should be."""
    models = (model for model in apps.get_models() if table(model))
    return "\n".join([HEAD, *map(section, sorted(models, key=lambda model: model._meta.label))])


def section(model):
    lines = [f"## {model._meta.label}\n", "| step | from | to | who may | reason |", "|---|---|---|---|---|"]
    for step in table(model):
        where = step.may.__module__.removesuffix(".access")
        cells = [step.verb, _from(model, step.source), step.to or "–", f"{where}: `{step.may.__name__}`"]
        lines.append(f"| {' | '.join([*cells, 'owed' if step.reason else ''])} |")
    return "\n".join(lines) + "\n"


def _from(model, source):
    if source is ANY:
        return "(any)"
    if source == NEW:
        return "(new)"
    order = list(model._meta.get_field("status").choices)
    return ", ".join(value for value, _label in order if value in source)
