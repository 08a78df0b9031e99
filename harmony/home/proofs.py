"""What the ground itself proves of the policy statement: who leads, whose numbers answer, whether the book holds."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony import between
from harmony.audit import book
from harmony.between import Proof
from harmony.organisation.models import GuidanceSource, HelpContact, Organisation
from harmony.organisation.national import NSPCC
from harmony.people import rota
from harmony.people.models import Appointment, ContactException, ContactRule, Group, Membership, Post, User

A_DAY, A_WEEK, STALE = timedelta(days=1), timedelta(days=7), timedelta(hours=26)


@between.proofs.offer
def somebody_leads(user, at):
    """S14: one who leads, one who stands in, and somebody to answer while we are open."""
    people, page = User.objects, reverse("people:rota")
    if not people.holding(Post.DSO, on=localdate(at)).exists():
        yield Proof("S14", "red", _("Nobody is the designated safeguarding officer."), reverse("people:people"))
    elif not people.holding(Post.DEPUTY, on=localdate(at)).exists():
        yield Proof("S14", "amber", _("Nobody stands in for the safeguarding officer."), reverse("people:people"))
    elif any(gap.while_open for gap in rota.gaps(at, at + A_DAY, Organisation.current().hours)):
        yield Proof("S14", "amber", _("Nobody is on call for part of the time we are open until tomorrow."), page)
    else:
        yield Proof("S14", "green", _("One leads, one stands in, and somebody is on call while we are open."), page)


@between.proofs.offer
def help_lines_answer(user, at):
    """S31: each number was rung within the year."""
    page, count = reverse("home:contacts"), HelpContact.objects.unchecked(localdate(at)).count()
    if not HelpContact.objects.exists():
        yield Proof("S31", "red", _("No help line is on our pages."), page)
    elif count:
        says = ngettext(
            "%(count)d help line has not been tried for a year.",
            "%(count)d help lines have not been tried for a year.",
            count,
        )
        yield Proof("S31", "amber", says % {"count": count}, page)
    else:
        yield Proof("S31", "green", _("Every help line was tried within the last year."), page)


@between.proofs.offer
def rules_have_sources(user, at):
    """S3: we know what our rules rest on, and somebody looked it up in time. (A rule without a source fails a check.)"""
    page, old = reverse("home:guidance"), GuidanceSource.objects.unchecked(localdate(at)).count()
    if not GuidanceSource.objects.exists():
        yield Proof("S3", "red", _("No source of law or guidance is on our list."), page)
    elif old:
        says = ngettext(
            "%(count)d source of law or guidance was not looked up in time.",
            "%(count)d sources of law or guidance were not looked up in time.",
            old,
        )
        yield Proof("S3", "amber", says % {"count": old}, page)
    else:
        yield Proof("S3", "green", _("Each of our rules has a source, and each source was looked up in time."), page)


@between.proofs.offer
def guidance_is_there(user, at):
    """S6: the three pages that the statement names are on our list, and whatever is on it can be read."""
    page, moved = reverse("home:guidance"), GuidanceSource.objects.moved().count()
    lacking = len(NSPCC) - GuidanceSource.objects.filter(code__in=NSPCC).exclude(url="").count()
    if lacking:
        says = ngettext(
            "%(count)d of the three pages of the NSPCC is not on our list.",
            "%(count)d of the three pages of the NSPCC are not on our list.",
            lacking,
        )
        yield Proof("S6", "red", says % {"count": lacking}, page)
    elif moved:
        says = ngettext(
            "The page of %(count)d source cannot be reached, or has changed since somebody looked.",
            "The pages of %(count)d sources cannot be reached, or have changed since somebody looked.",
            moved,
        )
        yield Proof("S6", "amber", says % {"count": moved}, page)
    else:
        yield Proof(
            "S6", "green", _("The three pages of the NSPCC are on our list, and no page on it has moved."), page
        )


@between.proofs.offer
def accounts_end(user, at):
    """S20: nobody signs in who is nothing here any more."""
    on, page = localdate(at), reverse("people:people")
    gone = ~Q(pk__in=Membership.objects.standing(on).values("user"))
    gone &= ~Q(pk__in=Appointment.objects.standing(on).values("user"))
    count = User.objects.active().filter(gone).count()
    if count:
        says = ngettext(
            "%(count)d account is still open that belongs to nobody here.",
            "%(count)d accounts are still open that belong to nobody here.",
            count,
        )
        yield Proof("S20", "amber", says % {"count": count}, page)
    else:
        yield Proof("S20", "green", _("Every account belongs to somebody who is here."), page)


@between.proofs.offer
def the_book_holds(user, at):
    """S21: who looked at what is written down, and nobody changed it afterwards."""
    checked = book.newest_check()
    if checked and checked.verb == book.BREAKS:
        yield Proof("S21", "red", _("The audit book does not hold. Whoever looks after IT has to find out why today."))
    elif not checked or checked.recorded < at - STALE:
        yield Proof("S21", "amber", _("The audit book was not checked within the last day."))
    else:
        yield Proof("S21", "green", _("Words are encrypted, each look is written down, and the audit book holds."))


@between.proofs.offer
def nobody_is_reached_in_private(user, at):
    """S25: each group has a way that is allowed, on a channel that is approved; what was asked beside that is decided on.

    An exception past its last day allows nothing, whoever forgets it, and nobody allows their own: the database sees to both.
    """
    on, page = localdate(at), reverse("home:contact")
    running = Group.objects.running()
    without = running.exclude(pk__in=ContactRule.objects.usable(on).values("group")).count()
    waiting = ContactException.objects.asked(on).filter(asked_on__lt=on - A_WEEK).count()
    if not ContactRule.objects.usable(on).exists():
        says = _("It is not written down by what ways young people may be reached.")
        yield Proof("S25", "red", says, page)
    elif without:
        says = ngettext(
            "%(count)d group has no way that is allowed to reach it.",
            "%(count)d groups have no way that is allowed to reach them.",
            without,
        )
        yield Proof("S25", "amber", says % {"count": without}, page)
    elif waiting:
        says = ngettext(
            "%(count)d exception to the contact rules has waited for a week.",
            "%(count)d exceptions to the contact rules have waited for a week.",
            waiting,
        )
        yield Proof("S25", "amber", says % {"count": waiting}, page)
    else:
        says = _("Each group is reached by approved ways alone, and every exception ends on its day.")
        yield Proof("S25", "green", says, page)
