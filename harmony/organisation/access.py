"""Who may change what the organisation says about itself. The only place where it is decided."""

SETTERS = ("office", "lead", "chair", "dso")


def may_set_up(user, record=None):
    """Name, hours, closures, whom to ring, which guidance: public words, but a wrong number costs an hour."""
    return user.holds(*SETTERS)
