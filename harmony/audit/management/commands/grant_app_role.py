"""`manage.py grant_app_role NAME`: what the role that the app runs as may do. To be run by the owner."""

import re

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from harmony.audit import postgres


class Command(BaseCommand):
    help = _("Prints the SQL that gives a PostgreSQL role what the app needs and no more; --run executes it.")

    def add_arguments(self, parser):
        parser.add_argument("role")
        parser.add_argument(
            "--run", action="store_true", help=_("execute it, on this database, as the role in DATABASE_URL")
        )

    def handle(self, role, **options):
        if connection.vendor != "postgresql":
            raise CommandError(_("SQLite has no roles: whoever has the file has everything."))
        if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", role):
            raise CommandError(
                _("%(role)r is not a plain name for a role: small letters, digits and _.") % {"role": role}
            )
        sql = postgres.grants(role)
        if not options["run"]:
            self.stdout.write(sql)
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
            found = cursor.fetchone()
            if not found:
                raise CommandError(_("There is no role %(role)s: CREATE ROLE it first.") % {"role": role})
            if found[0]:
                raise CommandError(_("%(role)s is a superuser.") % {"role": role})
            cursor.execute(sql)
        told = {"role": role}
        self.stdout.write(_("%(role)s may now do what the app does. Run this again after each migrate.") % told)
