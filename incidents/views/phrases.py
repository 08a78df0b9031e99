"""What several pages say of people, and of whom to ring outside."""

from .. import access
from ..promises import outside

__all__ = ["described", "outside"]


def described(people):
    """ "Amara Okafor, designated safeguarding officer", for each."""
    posts = access.posts_of(people)
    return [", ".join([user.name, *posts.get(user.pk, [])]) for user in people]
