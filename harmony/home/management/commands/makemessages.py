"""`manage.py makemessages`: Django's own, which also finds the two names that we give to its functions."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    # where one file needs both, `_` is the one that it needs more often
    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=_now", "--keyword=_lazy"]
