"""Who sees which notice: its recipient, for as long as they may see what it is about."""

from django.db.models import Exists, OuterRef, Q

from harmony.people.models import Post

from . import sources

LINE = (Post.DSO, Post.DEPUTY, Post.LEAD)
ADMINS = (Post.OFFICE, Post.IT)
WORKER = "the messenger"  # no person: it tells, and sends


def about_what_they_see(user, kinds=None):
    """Notices, whoever's, about records that this person may see now. What is encrypted is left to `hidden_from`.

    `kinds` leaves out what none of them can be: to put a question of every room together costs more than to ask it.
    """
    seen = Q(pk__in=())
    for source in sources.every():
        if kinds is not None and source.code not in kinds:
            continue
        seen |= Q(kind=source.code) & Q(Exists(source.records(user).filter(pk=OuterRef("about"))))
    return seen


def notices_visible_to(user, kinds=None):
    """One's own. Kept out of the record meanwhile is as if one had never been told."""
    return Q(recipient=user) & about_what_they_see(user, kinds) if user.is_active else Q(pk__in=())


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
    """Who is told by name that an urgent message did not get through, and may have it tried again."""
    return user.holds(*LINE)


def may_hear_of_unsent(user):
    """Who is told that there is one, and no name. Whoever is of the line too hears as the line does, and no more."""
    return user.holds(*ADMINS) and not user.holds(*LINE)


def may_see_given_up(user):
    """Who sees to messages that were given up: to whom, when, and never about what."""
    return user.holds(*LINE, *ADMINS)


def given_up_visible_to(user):
    """Admins learn of no case, so they see them all; the line may learn of one, so only what they may see."""
    if not may_see_given_up(user):
        return Q(pk__in=())
    return Q() if may_hear_of_unsent(user) else about_what_they_see(user)


def may_set_aside(user, delivery):
    """That a message need not go out any more: whoever sees to it. Nobody silences what is urgent."""
    return may_see_given_up(user) and not delivery.notice.urgent
