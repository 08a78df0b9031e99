"""What somebody told us from outside becomes a report like any other: same case, clocks, recusal, readers.

    receipt = receive(form_key, sender=Sender.YOUNG, posts=["deputy"], happened="…")
    receipt.words       # six of them, to be shown once

Every time in it is the hour in which it came, rounded down, in its rows, its notices and the book.
"""

from dataclasses import dataclass
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.timezone import now

from harmony.audit.events import hour_of, to_the_hour
from harmony.look.words import by
from harmony.organisation.models import Organisation
from harmony.people.models import Appointment, Post

from ..access import ABOVE, LINES, SENDER
from ..models.from_outside import Sender
from ..models.reports import UNLISTED, Report
from ..models.timing import HOUR
from ..promises import promise_for
from ..who import posts_of
from . import codes
from .models import Thread

POSTS = tuple(dict.fromkeys((*LINES["child"], *ABOVE, *LINES["worker"], Post.TRUSTEE)))  # who may come to read one
TOLD = ("age", "safe_times", "code_word", "must_not_know", "name", "call_back", "is_sealed")


@dataclass(frozen=True)
class Receipt:
    words: tuple  # nothing where this form was sent and read before: its words were shown then
    report: Report


def may_read():
    """{post: its holders}, of those who may come to read such a report."""
    found = {}
    for held in Appointment.objects.standing().filter(post__in=POSTS).select_related("user"):
        if held.user.is_active:
            found.setdefault(Post(held.post), []).append(held.user)
    return {post: found[post] for post in POSTS if post in found}


def named(posts):
    """(who it is about, as a report keeps that; the users) from the posts that were ticked, UNLISTED among them."""
    people = [user for post, holders in may_read().items() if post in posts for user in holders]
    keys = [str(user.pk) for user in dict.fromkeys(people)] + ([UNLISTED] if UNLISTED in posts else [])
    return " ".join(keys), set(people)


def receive(form_key, *, sender, posts=(), door="", danger="", words="", who="", at=None, **told):
    """Sent twice, it is one report, and the same six words are shown for as long as nobody here has read it."""
    code, at = codes.words_for(form_key), hour_of(at or now())
    try:
        with to_the_hour(), transaction.atomic():
            report = _report(sender, posts, door, danger, words, who, at)
            thread = Thread(report=report, **{name: told[name] for name in TOLD if name in told})
            thread.begin(code, by=SENDER, at=at)
    except IntegrityError:
        if not (thread := Thread.objects.opened_by(code)):
            raise
        return Receipt(code if thread.case.status == "submitted" else (), thread.report)
    return Receipt(code, report)


def _report(sender, posts, door, danger, words, who, at):
    about, _people = named(posts)
    theirs = {"childs_words": words} if sender == Sender.YOUNG else {"facts": words}
    report = Report(
        sender=sender,
        form_key=uuid4(),
        started_at=at,
        saved_at=at,
        about_us=bool(about),
        named=about,
        doors=door,
        danger=danger,
        who=who,
        **theirs,
    )
    report.save()
    report.file(by=SENDER, at=at)
    return report


def write(thread, words, *, at=None):
    """More from whoever holds the six words."""
    with to_the_hour():
        thread.write(words, by=SENDER, at=hour_of(at or now()))


def ask_above(thread, words, *, at=None):
    """They are not happy with the answer."""
    with to_the_hour():
        thread.report.ask_above(words, by=SENDER, at=hour_of(at or now()))


def come_back(thread, *, at=None):
    """They have opened it, and read what stands in it."""
    if thread.reply_since:
        with to_the_hour():
            thread.come_back(by=SENDER, at=hour_of(at or now()))


def users_in(posts):
    return named(posts)[1] if posts else set()


@dataclass(frozen=True)
class Promise:
    """Who reads it, and by when, in words for whoever has not sent it yet, or just has."""

    readers: list  # the posts, and names where strangers may read them
    by: str  # "4pm today"; "" where nothing is promised
    not_before: str  # nobody who may read it is on call until then


def promise(track, about, *, case=None, at=None):
    """By the same clocks that are kept (promises.py), by the hour. `case`: what was promised as it was filed."""
    at = hour_of(at or now())
    promised = promise_for(track, about, at=at)
    due = case.acknowledge_due if case else promised.by and max(promised.by, at + 2 * HOUR)
    kept = due if promised.next_cover and due and promised.next_cover < due else None
    waits = None if promised.covered_now else promised.next_cover
    return Promise(
        readers=_in_words(promised.readers),
        by=by(kept) if kept else "",
        not_before=by(waits) if waits else "",
    )


def _in_words(readers):
    named, posts = Organisation.current().names_in_public, posts_of(readers)
    said = [
        ", ".join([*([user.name] if named else []), *posts.get(user.pk, [])]) for user in readers if posts.get(user.pk)
    ]
    return list(dict.fromkeys(said))
