"""Who may change what the organisation says about itself. The only place where it is decided."""

from django.db.models import Q

SETTERS = ("office", "lead", "chair", "dso")
LINK_CHECKER = "the link checker"  # no person: it opens the pages of the guidance we follow
CHANNEL_KEEPERS = (*SETTERS, "deputy")  # a channel that goes wrong is stopped tonight, by whoever stands in
LISTERS = (*CHANNEL_KEEPERS, "trustee", "it")  # whoever has a part in the register of platforms


def may_set_up(user, record=None):
    """Name, hours, closures, whom to ring, which guidance: public words, but a wrong number costs an hour."""
    return user.holds(*SETTERS)


def may_see_guidance(user, source=None):
    """Whoever works here may know what our rules rest on."""
    return user.is_active and user.works_here()


def may_look_up(by, source):
    """What it found, nobody says by hand."""
    return by == LINK_CHECKER


def may_see_channels(user):
    """Whoever works here has to know which ways to young people are approved, and which are not."""
    return user.works_here()


def channels_visible_to(user):
    return Q() if may_see_channels(user) else Q(pk=None)


def may_keep_channels(user, record=None):
    """Say who holds the account, phone or keys of a way to reach young people (decision 0140)."""
    return user.holds(*CHANNEL_KEEPERS)


def may_list_channels(user, record=None):
    """Part of a decision in the register of platforms, where each step has its own rights (decision 0420)."""
    return user.holds(*LISTERS)
