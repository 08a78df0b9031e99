"""What was said about pictures of each young person: read by those who keep it and by the DSO line."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from harmony.audit.events import note_list
from harmony.encryption.fields import load_keys
from harmony.look.words import day
from harmony.people.asking import ask
from harmony.people.doors import allowed, opens
from harmony.people.forms.fields import WhyForm
from harmony.people.models import Group, YoungPerson
from harmony.people.unfinished import filled

from .. import access, coverage
from ..cover import Side
from ..forms.permission import FlagForm, SayForm
from ..models import Consent, NeverShown, Use

A_PAGE = 50
TONES = {
    Consent.Status.ASKED: ("amber", "clock"),
    Consent.Status.GIVEN: ("green", "check"),
    Consent.Status.REFUSED: ("red", "cross"),
    Consent.Status.EXPIRED: ("plain", "clock"),
}


def _may_read(user, young_person):
    return access.may_see_consents(user)


def _may_write(user, young_person):
    return access.may_keep(user)


def _may_flag(user, young_person):
    return access.may_flag(user)


@allowed(access.may_see_consents)
def records(request):
    """Each young person with how many uses are agreed to, refused, and not answered: gaps are what is looked for.

    Of one group, and of those in one state (for one use), where a number of the page of coverage leads here.
    """
    groups, group, found = chosen_group(request)
    use = _chosen_use(request.GET.get("use"))
    show = request.GET.get("show") if request.GET.get("show") in coverage.SAYS else ""
    if show:
        found = coverage.only(found, show, use)
    page = Paginator(found.by_name(), A_PAGE).get_page(request.GET.get("page"))
    note_list("list", by=request.user, page="permission for pictures", references=[one.pk.hex for one in page])
    asked = {"group": group and group.pk, "show": show, "use": use and use.pk}
    shown = {
        "page": page,
        "rows": _counted(page),
        "groups": groups,
        "group": group,
        "shows": show and coverage.SAYS[show],
        "use": use,
        "query": urlencode({name: value for name, value in asked.items() if value})
        + ("&" if any(asked.values()) else ""),
        "may_keep": access.may_keep(request.user),
        "may_word": access.may_keep_wordings(request.user),
    }
    return render(request, "consent/records.html", shown)


def chosen_group(request):
    """(the groups to choose from, the one that is chosen, the young people of that or of all)."""
    groups = list(Group.objects.visible_to(request.user).running())
    group = next((group for group in groups if str(group.pk) == request.GET.get("group")), None)
    found = YoungPerson.objects.visible_to(request.user).here()
    if group:
        found = found.filter(pk__in=group.members.standing().values("young_person"))
    return groups, group, found


def _chosen_use(key):
    return next((use for use in Use.objects.select_related("purpose", "channel") if str(use.pk) == key), None)


def _counted(page):
    found = coverage.by_person([one.pk for one in page])
    for one in page:
        of = found[one.pk]
        yield {
            "one": one,
            "given": of[coverage.GIVEN],
            "refused": of[coverage.REFUSED],
            "open": of[coverage.ENDED] + of[coverage.WAITING] + of[coverage.NEVER_ASKED],
            "never": coverage.NEVER_SHOWN in of,
            "all": of.total() - of[coverage.ENDING],
        }


@opens(YoungPerson, may=_may_read)
def record(request, one):
    """One young person: each use with what both sides said last."""
    may_flag = access.may_flag(request.user)
    flag = one.never_shown.standing().first()
    page = {
        "one": one,
        "age": one.age(localdate()),
        "rows": _rows(one),
        "links": [_link(link) for link in one.family_links.standing()],
        "may_keep": access.may_keep(request.user),
        "may_flag": may_flag,
        "never": flag and {"since": day(flag.since), "because": flag.because if may_flag else ""},
    }
    return render(request, "consent/record.html", page)


def _link(link):
    """For whom it is, whether they have signed, and until when it stands. Nothing that opens it is kept."""
    answered = link.used_at and day(link.used_at)
    return {
        "link": link,
        "answered": answered,
        "until": day(link.expires_at),
        "pill": ("green", _("Signed"), "check") if answered else ("amber", _("Not answered yet"), "clock"),
    }


def _rows(one):
    """Each open use, and any other that something was said of."""
    known = {consent.use_id: consent for consent in one.consents.prefetch_related("permissions")}
    uses = Use.objects.open_or(known).select_related("purpose", "channel")
    load_keys([said for consent in known.values() for said in consent.permissions.all()])
    for use in uses:
        consent = known.get(use.pk)
        if not consent:
            yield {"use": use, "pill": ("plain", _("Not asked"), "")}
            continue
        tone, icon = TONES[consent.status]
        last = {said.side: said for said in consent.permissions.all()}
        yield {
            "use": use,
            "pill": (tone, consent.get_status_display(), icon),
            "sides": [(Side(side).label, said, day(said.said_at)) for side, said in sorted(last.items())],
            "until": consent.covers_until and day(consent.last_day),
        }


@opens(YoungPerson, may=_may_write)
def say(request, one):
    """A form that somebody signed, or what they said."""
    uses = Use.objects.open().select_related("purpose", "channel")
    return ask(
        request,
        filled(SayForm, request, uses=uses),
        lambda **told: Consent.hear_all(one, **told),
        heading=_("What did they say?"),
        says=_("Write it down as they said it. What was said before stays in the record. Any no counts at once."),
        button=_("Write this down"),
        then=_page(one),
        done=_("It is written down."),
    )


@opens(YoungPerson, may=_may_flag)
def flag(request, one):
    return ask(
        request,
        filled(FlagForm, request),
        lambda because, **by: NeverShown(young_person=one).flag(because, **by),
        heading=_("Never show this young person"),
        says=_("From now on every answer is no, whatever was signed. What is out already becomes a task to take down."),
        button=_("Never show them"),
        then=_page(one),
    )


@opens(YoungPerson, may=_may_flag)
def unflag(request, one):
    standing = get_object_or_404(one.never_shown.standing())
    return ask(
        request,
        filled(WhyForm, request),
        standing.lift,
        heading=_("May they be shown again?"),
        says=_("What they and their parents signed counts again from now on."),
        button=_("Let what was signed count"),
        then=_page(one),
    )


def _page(one):
    return reverse("consent:record", args=[one.pk])
