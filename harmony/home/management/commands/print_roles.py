"""`manage.py print_roles`: docs/roles.md, from asking the code as each role."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from harmony.home.roles import ROLES, STAFF, tables
from harmony.people.models import Post
from harmony.people.models.posts import SINGLE, WHAT_FOR

PAGE = settings.BASE / "docs" / "roles.md"
HEAD = """# Who may do what

Printed by `manage.py print_roles`, which asks every `may_…` function as each role; a test fails when this page is stale. A
person may hold several posts: what they may do is the sum. **Recusal comes last and takes away**: whoever a concern is
about, and people close to them, have no part in its case, whatever post they hold.

What an action given to somebody, or a case shared with them, opens besides is not in the table: it is theirs by name.
Young people, parents and carers have no account, and so no column: what is open to them is open to everybody (whom to ring,
guidance). Where this differs from the field's usual table, decision 0132 says why.

## Posts

| post | what for | how many |
|---|---|---|
"""


class Command(BaseCommand):
    help = _("Writes docs/roles.md. Needs a migrated database, and leaves it as it was.")

    def handle(self, **options):
        PAGE.write_text(page())


def page():
    """The whole page, as it should be."""
    posts = "".join(f"| {post.label} | {WHAT_FOR[post]} | {_many(post)} |\n" for post in Post)
    return "\n".join([HEAD + posts, *(_section(title, rows) for title, rows in tables().items())])


def _many(post):
    return "one at a time" if post in SINGLE else "several"


def _section(title, rows):
    asked = [role for role in ROLES if role == STAFF or any(may[role] != may[STAFF] for _says, may in rows)]
    lines = [f"## {title}\n", _line("", [ROLES[role] for role in asked]), _line("---", ["---"] * len(asked))]
    lines += [_line(says, ["yes" if may[role] else "–" for role in asked]) for says, may in rows]
    rest = [ROLES[role] for role in ROLES if role not in asked]
    if rest:
        lines.append(f"\nThe same as staff: {', '.join(rest)}.")
    return "\n".join(lines) + "\n"


def _line(first, cells):
    return f"| {' | '.join([first, *cells])} |"
