"""What this system knows of its own safety, for a security review: second proofs, unused accounts, backups, versions, the book."""

import platform
from datetime import timedelta

import django
from allauth.mfa.models import Authenticator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony import between
from harmony.audit import book
from harmony.between import OwnFact
from harmony.look.words import clock_time, day
from harmony.people.models import User

from .dormant import unused
from .models import Backup
from .reviews import SECOND_PROOFS

A_QUARTER, A_WEEK, A_DAY = timedelta(days=91), timedelta(days=7), timedelta(hours=26)


@between.own_facts.offer
def facts(at):
    return [_second_proofs(), _unused(at), _backup(at), _book(at), _versions()]


def _second_proofs():
    people = User.objects.active()
    has = people.filter(pk__in=Authenticator.objects.filter(type__in=SECOND_PROOFS).values("user")).count()
    says = _("%(has)d of %(all)d people who sign in here have a second proof.")
    return OwnFact(says % {"has": has, "all": people.count()}, has == people.count())


def _unused(at):
    count = unused(at, A_QUARTER).count()
    if not count:
        return OwnFact(_("Every account was used within the last three months."), True)
    says = ngettext(
        "%(count)d account was not used for three months.", "%(count)d accounts were not used for three months.", count
    )
    return OwnFact(says % {"count": count}, False)


def _backup(at):
    """Whether one can be restored nothing here can see: it is one of the questions."""
    newest = Backup.objects.filter(taken_at__lte=at).first()
    if not newest:
        return OwnFact(_("No backup was ever recorded here."), False)
    says = _("The last backup was taken on %(day)s.") % {"day": day(localdate(newest.taken_at))}
    return OwnFact(says, newest.taken_at >= at - A_WEEK)


def _book(at):
    checked = book.newest_check()
    if not checked:
        return OwnFact(_("The audit book was never checked from end to end."), False)
    told = {"when": clock_time(checked.recorded)}
    if checked.verb == book.BREAKS:
        return OwnFact(_("The audit book was checked on %(when)s, and does not hold.") % told, False)
    return OwnFact(_("The audit book was checked on %(when)s, and holds.") % told, checked.recorded >= at - A_DAY)


def _versions():
    """Whether there are newer ones, a machine with no way out cannot see."""
    told = {"django": django.get_version(), "python": platform.python_version()}
    return OwnFact(_("It runs on Django %(django)s and Python %(python)s. See whether these are the newest.") % told)
