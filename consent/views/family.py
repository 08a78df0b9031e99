"""The pages behind a family's link: to sign once, to see what was signed, and to take it back. They say a first name, no more."""

from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from harmony.audit.transitions import StateMoved
from harmony.look.words import by, day
from harmony.people.doors import no_such_link, opens_by

from ..access import BY_LINK
from ..cover import OWN_WORD, Says, Side
from ..forms.family import SignForm, TakeBackForm
from ..models import FamilyLink, TakeDown, Use


@opens_by(FamilyLink)
def sign(request, link):
    """Every use that is asked for now. What they said before, and that still holds, is ticked."""
    uses = list(Use.objects.open().select_related("purpose", "channel").prefetch_related("purpose__wordings"))
    asked = {"uses": uses, "side": link.side, "before": _before(link), "wordings": _wordings(uses)}
    form = SignForm(request.POST if request.method == "POST" else None, **asked)
    if request.method == "POST" and form.is_valid():
        try:
            if form.take(link.sign, by=BY_LINK):
                return redirect("consent:family", request.resolver_match.kwargs["token"])
        except StateMoved:
            return no_such_link(request)
    months = {one.purpose: one for one in _wordings(uses)}
    page = {"form": form, "groups": [(months[purpose], boxes) for purpose, boxes in form.grouped()]}
    return render(request, "consent/family_sign.html", page | _who(link), status=form.status)


@opens_by(FamilyLink, "held_by")
def family(request, link):
    """What they gave, and taking it back. One who has not signed yet does so first."""
    token = request.resolver_match.kwargs["token"]
    if not link.used_at:
        return redirect("consent:sign", token)
    said = link.said()
    given = {use: one for use, one in said.items() if one.says == Says.YES and one.ends > localdate()}
    form = TakeBackForm(
        request.POST if request.method == "POST" else None, uses=sorted(given, key=lambda use: use.order)
    )
    if request.method == "POST" and form.is_valid() and form.take(link.take_back, by=BY_LINK):
        return redirect("consent:family", token)
    rows = [
        {"use": use, "yes": use in given, "on": day(one.said_at), "until": day(one.last_day), "says": one.says}
        for use, one in sorted(said.items(), key=lambda item: item[0].order)
    ]
    page = {"form": form, "rows": rows, "may_take_back": bool(given), "down_by": by(TakeDown.due(now()))}
    return render(request, "consent/family.html", page | _who(link), status=form.status)


def _who(link):
    age = link.young_person.age(localdate())
    return {
        "link": link,
        "name": link.first_name,
        "is_parent": link.side == Side.PARENT,
        "decides": age is not None and age >= OWN_WORD,
    }


def _wordings(uses):
    """The newest words of each purpose that is asked for, in their order."""
    return [next(iter(purpose.wordings.all())) for purpose in dict.fromkeys(use.purpose for use in uses)]


def _before(link):
    return {use: one.says for use, one in link.said().items() if one.ends > localdate()}
