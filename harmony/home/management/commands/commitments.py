"""`manage.py commitments`: how each promise of the policy statement stands; `--table` prints docs/commitments.md."""

import json

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from harmony.home.commitments import COMMITMENTS, standing


class Command(BaseCommand):
    help = _("Says how each promise of the policy statement stands now, and why.")

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help=_("for machines"))
        parser.add_argument("--table", action="store_true", help=_("only the promises, as a page for docs/"))

    def handle(self, json=False, table=False, **options):
        if table:
            self.stdout.write(_table())
        elif json:
            self.stdout.write(_json())
        else:
            for row in standing():
                self.stdout.write(
                    f"{row.commitment.code:4} {row.tone:6} {' '.join(str(one.says) for one in row.proofs)}"
                )


def _json():
    rows = [
        {
            "code": row.commitment.code,
            "says": str(row.commitment.says),
            "tone": row.tone,
            "proofs": [{"tone": one.tone, "says": str(one.says), "url": one.url} for one in row.proofs],
        }
        for row in standing()
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _table():
    lines = [
        "# What the policy statement promises",
        "",
        "Printed by `manage.py commitments --table`. Each has a test of its name in tests/test_commitments.py, and stands on the page",
        "“How our promises stand”, where a rule says how it stands now.",
        "",
        "| Promise | In short | The part that keeps it |",
        "| --- | --- | --- |",
        *(f"| {one.code} | {one.says} | {one.kept_by} |" for one in COMMITMENTS),
    ]
    return "\n".join(lines)
