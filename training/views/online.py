"""Online safety with young people and parents: which group heard about what this year, gaps first, and each time it did."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.audit.events import note_list
from harmony.encryption.keys import ORGANISATION
from harmony.look.templatetags.look import matrix_cell
from harmony.look.words import day, short_day
from harmony.people.asking import ask
from harmony.people.doors import allowed, keeps, opens
from harmony.people.forms.fields import WhyForm
from harmony.people.models import Group, Membership, User, YoungPerson
from harmony.people.unfinished import filled

from .. import access, delivery
from ..forms.online import TalkForm
from ..models import Audience, Talk
from .days import Looked

A_PAGE = 25


@allowed(access.may_see_online)
def online(request):
    """Groups × topics in the year up to a day, for young people and for parents."""
    looked = Looked.at(request)
    year = delivery.Year(delivery.told(looked.known_at), looked.on)
    tables = [(audience.label, *_table(year, audience)) for audience in Audience]
    shown = {
        "looked": looked,
        "tables": tables,
        "finding": _finding(year.rows(Audience.YOUNG)),
        "may_keep": access.may_talk_to_all(request.user),
        "may_paper": access.may_see_figures(request.user),
        "paper": ORGANISATION,
    }
    return render(request, "training/online.html", shown, status=looked.form.status)


def _table(year, audience):
    """(headings, rows) of components/matrix.html."""
    rows = year.rows(audience)
    topics = delivery.worst_first(rows)
    drawn = [
        (reverse("training:talks", args=[key]), name, _below(cells), [_cell(cells[topic]) for topic in topics])
        for key, name, cells in rows
    ]
    return [topic.label for topic in topics], drawn


def _cell(heard):
    if heard.gap:
        return matrix_cell("red", _("Not yet"), "cross")
    times = ngettext("%(count)d time", "%(count)d times", heard.times) % {"count": heard.times}
    return matrix_cell("green", times, "check", _("last %(day)s") % {"day": short_day(heard.last)})


def _below(cells):
    many = delivery.gaps(cells)
    return ngettext("%(count)d gap", "%(count)d gaps", many) % {"count": many} if many else ""


def _finding(rows):
    lack = sum(1 for _key, _name, cells in rows if delivery.gaps(cells))
    if not lack:
        return _("Online safety: each group heard about everything")
    return ngettext("Online safety: %(count)d group has gaps", "Online safety: %(count)d groups have gaps", lack) % {
        "count": lack
    }


@keeps(Group, access.may_see_online)
def talks(request, group):
    """Each time with this group, the newest first. No name of a young person, so nothing is noted."""
    return _listed(request, group, access.may_hold_talk(request.user, Talk(group=group)))


@allowed(access.may_see_online)
def talks_for_all(request):
    """Evenings for the parents of all groups."""
    return _listed(request, None, access.may_talk_to_all(request.user))


def _listed(request, group, may_add):
    found = Talk.objects.visible_to(request.user).filter(group=group).select_related("led_by")
    page = Paginator(found.order_by("-held_on", "pk"), A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, day(one.held_on), one.status == Talk.Status.STRUCK) for one in page]
    return render(request, "training/talks.html", {"group": group, "page": page, "rows": rows, "may_add": may_add})


@keeps(Group, access.may_see_online)
def add_talk(request, group):
    if not access.may_hold_talk(request.user, Talk(group=group)):
        raise PermissionDenied(_("You can see this, but this step is not yours to take."))
    young = (
        YoungPerson.objects.visible_to(request.user)
        .here()
        .filter(pk__in=group.members.standing().values("young_person"))
    )
    return _write_down(request, group, young.by_name(), reverse("training:talks", args=[group.pk]))


@allowed(access.may_talk_to_all)
def add_talk_for_all(request):
    return _write_down(request, None, (), reverse("training:talks_for_all"))


def _write_down(request, group, young, page):
    if young:
        note_list("list", by=request.user, page="who was there", references=[one.pk.hex for one in young])
    return ask(
        request,
        filled(TalkForm, request, workers=_workers(), young=young, group=group, initial={"led_by": request.user.pk}),
        Talk(group=group).hold,
        heading=_("What did you do on online safety?"),
        says=str(group) if group else _("For the parents and carers of all groups."),
        button=_("Write this down"),
        then=page,
        done=_("It is written down."),
    )


def _workers():
    working = Membership.objects.standing().filter(kind__in=Membership.WORKING)
    return User.objects.exclude(status=User.Status.LEFT).filter(pk__in=working.values("user")).order_by("name")


@opens(Talk, joined=("group", "led_by", "recorded_by"))
def talk(request, talk):
    """One time: how many, about what; and by name those who were ticked and whom this reader sees."""
    ticked = talk.ticked.values("young_person")
    named = YoungPerson.objects.visible_to(request.user).filter(pk__in=ticked).by_name()
    shown = {
        "talk": talk,
        "on": day(talk.held_on),
        "named": [one.name for one in named],
        "unnamed": len(ticked) - len(named),
        "struck": talk.status == Talk.Status.STRUCK,
        "may_strike": talk.status == Talk.Status.HELD and access.may_strike_talk(request.user, talk),
    }
    return render(request, "training/talk.html", shown)


@opens(Talk, may=access.may_strike_talk)
def strike_talk(request, talk):
    page = reverse("training:talk", args=[talk.pk])
    return ask(
        request,
        filled(WhyForm, request),
        lambda why, **by: talk.strike_out(why=why, **by),
        heading=_("Was it not so?"),
        says=_("It counts for nothing any more. Write it anew if the day or the number was wrong."),
        button=_("Strike it out"),
        then=page,
    )
