"""Who reads how long we keep what: everybody here. It is no secret, and whoever writes a record may know how long it stays."""


def may_see_schedule(user):
    return user.is_active
