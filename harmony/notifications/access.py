"""Who sees which notice: its recipient, for as long as they may see what it is about."""

from django.db.models import Exists, OuterRef, Q

from harmony.people.models import Post

from . import sources

LINE = (Post.DSO, Post.DEPUTY, Post.LEAD)
WORKER = "the messenger"  # no person: it tells, and sends


def about_what_they_see(user):
    """Notices, whoever's, about records that this person may see now. What is encrypted is left to `hidden_from`."""
    seen = Q(pk__in=())
    for source in sources.every():
        seen |= Q(kind=source.code) & Q(Exists(source.records(user).filter(pk=OuterRef("about"))))
    return seen


def notices_visible_to(user):
    """One's own. Kept out of the record meanwhile is as if one had never been told."""
    return Q(recipient=user) & about_what_they_see(user) if user.is_active else Q(pk__in=())


def hidden_from(user, notices):
    """The keys of those, among what the database shows, that their source refuses. Asks only where one may."""
    return [
        notice.pk for notice in notices if (source := sources.get(notice.kind)).may and not _still(source, user, notice)
    ]


def _still(source, user, notice):
    record = source.records(user).filter(pk=notice.about).first()
    return record is not None and source.may(user, record)


def may_answer(user, notice):
    """Whoever was told, while they may see what it is about."""
    return user.pk == notice.recipient_id and sources.sees(user, notice.kind, notice.about)


def may_set_quiet(user, quiet):
    """Everybody for themselves."""
    return user.pk == quiet.user_id


def may_see_unsent(user):
    """Who is told that a message did not get through, and may have it tried again."""
    return user.holds(*LINE)
