"""The six policies that the statement names (S30), as drafts in our own words: to change, approve and publish.

`add(by)` makes those that are not there yet. Beside the statement stand what staff, young people and parents read.
"""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from harmony.audit.events import event

from .models import Policy, Version

HERE = Path(__file__).parent / "first"
STATEMENT, CODE = "online-safety", "staff-and-volunteer-code-of-conduct"
FIRST = {  # slug: (title, who looks after it, who approves it, who agrees to it, may anybody read it)
    STATEMENT: (_("Online safety policy statement"), "dso", "board", "all", True),
    "safeguarding-and-child-protection": (_("Safeguarding and child protection"), "dso", "board", "all", True),
    "behaviour": (_("Behaviour"), "lead", "lead", "staff", True),
    "anti-bullying": (_("Anti-bullying"), "dso", "lead", "staff", True),
    "it-and-e-safety-procedures": (_("IT and e-safety procedures"), "it", "lead", "staff", False),
    CODE: (_("Staff and volunteer code of conduct"), "allegations", "board", "all", False),
}
AUDIENCES = {"for_staff": "staff", "for_young": "young", "for_parents": "parents", "quiz": "quiz"}


def missing():
    there = set(Policy.objects.filter(slug__in=FIRST).values_list("slug", flat=True))
    return [slug for slug in FIRST if slug not in there]


def add(*, by, at=None):
    """{slug: its draft}, of those that were not there. The statement is read beside each of the others."""
    made = {}
    with event("add the first policies", by=by, at=at):
        for slug in missing():
            title, owner, approver, asked_of, is_public = FIRST[slug]
            policy = Policy()
            policy.add(slug, str(title), owner, approver, asked_of, is_public, by=by, at=at)
            made[slug] = version = Version(policy=policy)
            version.begin(by=by, at=at)
            version.write(_words(slug), 0, by=by, at=at, **_plain(slug))
        if STATEMENT in made:
            made[STATEMENT].policy.accompany([one.policy for one in made.values()], by=by, at=at)
    return made


def _words(slug):
    return (HERE / f"{slug}.md").read_text()


def _plain(slug):
    files = {field: HERE / f"{slug}.{audience}.md" for field, audience in AUDIENCES.items()}
    return {field: file.read_text() for field, file in files.items() if file.exists()}
