"""Who somebody is, in words: their name and the posts they hold."""

from harmony.people.models import Appointment


def posts_of(people, on=None):
    """{user id: the names of the posts they hold on that day, or today}, in one query: to say who somebody is."""
    posts = {}
    for held in Appointment.objects.standing(on).filter(user__in=people):
        posts.setdefault(held.user_id, []).append(held.get_post_display().lower())
    return posts


def described(people):
    """ "Amara Okafor, designated safeguarding officer", for each."""
    posts = posts_of(people)
    return [", ".join([user.name, *posts.get(user.pk, [])]) for user in people]
