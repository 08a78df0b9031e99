"""What has to be in place before the first concern comes: what is missing, and the page that mends it."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from harmony.people.models import Post
from harmony.people.rota import LINE

from .models import KeySheet

COUNCIL = {"mash": _lazy("front door"), "lado": _lazy("LADO"), "edt": _lazy("emergency duty team")}
COVERED = timedelta(days=7)


@dataclass(frozen=True)
class Step:
    done: bool
    says: str
    url: str


def steps(at, *, organisation, contacts, rota):
    """Each first step, in the order in which it helps most. One query: the rest is what the page has asked anyway."""
    posts = {
        post: [held.user for held in rota.held if held.post == post and held.stands(localdate(at))] for post in LINE
    }
    return [
        _hours(organisation),
        _council(contacts),
        _appointed(posts),
        _ringable(posts),
        _covered(at, organisation.hours, rota),
        _checked(contacts, at),
        _keys(at),
        _policies(organisation),
    ]


def _hours(organisation):
    if organisation.hours:
        return Step(True, _("Your opening hours are set."), reverse("home:organisation"))
    return Step(False, _("Say when you are open. Nobody knows yet."), reverse("home:organisation"))


def _council(contacts):
    known = {contact.code for contact in contacts if contact.phone}
    missing = [str(name) for code, name in COUNCIL.items() if code not in known]
    says = _("Write down the council’s numbers. Missing: %(names)s.") % {"names": ", ".join(missing)}
    return Step(not missing, says if missing else _("The council’s numbers are here."), reverse("home:council"))


def _appointed(posts):
    names = {
        Post.DSO: _("a designated safeguarding officer (DSO)"),
        Post.DEPUTY: _("a deputy"),
        Post.LEAD: _("a senior lead"),
    }
    missing = [names[post] for post, holders in posts.items() if not holders]
    says = _("Appoint %(posts)s, and see that they have signed in.") % {"posts": _(" and ").join(missing)}
    return Step(
        not missing,
        says if missing else _("Safeguarding officer, deputy and senior lead are here."),
        reverse("people:people"),
    )


def _ringable(posts):
    without = [user.name for holders in posts.values() for user in holders if not user.phone]
    says = _("Add a work phone for %(names)s. Without it they cannot be rung.") % {"names": ", ".join(without)}
    return Step(not without, says if without else _("Everybody in the line can be rung."), reverse("people:people"))


def _covered(at, hours, rota):
    gaps = rota.gaps(at, at + COVERED, hours)
    open_gaps = [gap for gap in gaps if gap.while_open]
    whole = not gaps or (not open_gaps and (gaps[0].since, gaps[0].until) != (at, at + COVERED))
    says = _("Put somebody on call for the next 7 days. Nobody answers in part of your opening hours.")
    return Step(whole, _("Somebody is on call in the next 7 days.") if whole else says, reverse("people:rota"))


def _checked(contacts, at):
    count = sum(not contact.is_checked(localdate(at)) for contact in contacts)
    says = ngettext(
        "Ring %(count)d help line to check it, or look at its page.",
        "Ring %(count)d help lines to check them, or look at their pages.",
        count,
    ) % {"count": count}
    return Step(not count, says if count else _("Every help line was checked this year."), reverse("home:contacts"))


def _keys(at):
    stored = not KeySheet.objects.lacking(at)
    says = _(
        "Print the two key sheets. Two trustees each say that they hold them. Without them a backup cannot be read."
    )
    return Step(stored, _("Two trustees hold the key sheets.") if stored else says, reverse("home:keys"))


def _policies(organisation):
    says = _("Say where your safeguarding policies can be read.")
    done = _("Your policies are linked from every page.")
    return Step(bool(organisation.policies), done if organisation.policies else says, reverse("home:organisation"))
