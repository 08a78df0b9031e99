"""The sentences of the code of conduct that somebody can be held to, and what a report of a breach cites (S15, S25).

A breach is cited as text that still tells years later what applied: title, version, number of the clause, its words, and
the SHA-256 of the version as it was approved. The link that takes it into a report is a signed token, and names no person.
"""

from datetime import timedelta

from django.core import signing
from django.utils.translation import gettext as _

from . import markdown
from .first_drafts import CODE
from .models import Version

SALT, LASTS = "policies.clause", timedelta(days=1)


def in_force(promise):
    """(version, number, words) of each sentence of the code that keeps this promise; nothing while no code is in force."""
    for version in Version.objects.in_force().select_related("policy").filter(policy__slug=CODE):
        yield from ((version, number, words) for number, words, tags in _numbered(version) if promise in tags)


def token_of(version, number):
    return signing.dumps([version.pk.hex, number], salt=SALT)


def cited(token, user):
    """(version, number, words) that a token names, if this person may read it. Raises BadSignature."""
    key, number = signing.loads(token, salt=SALT, max_age=LASTS)
    version = Version.objects.visible_to(user).select_related("policy").filter(pk=key).first()
    found = {one: words for one, words, _tags in _numbered(version)} if version else {}
    return (version, number, found[number]) if number in found else None


def where(version, number):
    told = {"title": version.policy.title, "version": version.number, "clause": number}
    return _("%(title)s, version %(version)d, clause %(clause)d") % told


def citation(version, number, words):
    """As it stands in a report and in a case from then on."""
    return f"{words}\n{where(version, number)}\nSHA-256 {version.sha256}"


def _numbered(version):
    """(number, words, promises) of each paragraph and bullet, counted through the text from 1; headings are not counted."""
    said = [block for block in markdown.blocks(version.text) if block.kind != "heading"]
    return [(number, block.words, block.tags) for number, block in enumerate(said, start=1)]
