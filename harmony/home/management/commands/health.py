"""`manage.py health`: each part of the machine in a sentence; fails when one is not well."""

import sys
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from harmony.home.health import facts


class Command(BaseCommand):
    help = _("Says whether the database, the worker, the queue and the files are well. Exits with 1 when one is not.")
    requires_system_checks = []  # the facts run them, and say more

    def add_arguments(self, parser):
        parser.add_argument("--web", metavar="ADDRESS", help=_("only: does the website answer there?"))
        parser.add_argument("--part", metavar="NAME", help=_("only this one, by its name in /health/ready"))

    def handle(self, web=None, part=None, **options):
        if web:
            sys.exit(0 if answers(web) else 1)
        found = [fact for fact in facts() if part in (None, fact.name)]
        for fact in found:
            self.stdout.write(f"{_('well') if fact.is_well else _('NOT WELL'):8}  {fact.says}")
        sys.exit(0 if found and all(fact.is_well for fact in found) else 1)  # none: not even the database answers


def answers(web):
    """Asked by the name under which people reach it: any other is refused."""
    host = urlsplit(settings.SITE_URL).netloc
    try:
        with urlopen(Request(f"{web}/health/live/", headers={"Host": host}), timeout=10) as answer:
            return answer.status == 200
    except (URLError, TimeoutError):
        return False
