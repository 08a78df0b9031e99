"""The online agreement: who has not signed, by group; asking them; and the young person’s own page, which says a first name, no more."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.audit.events import note_list
from harmony.audit.transitions import StateMoved
from harmony.encryption.fields import load_keys
from harmony.look.words import day, short_day
from harmony.people.asking import ask
from harmony.people.doors import allowed, no_such_link, opens, opens_by
from harmony.people.handing import hand_over
from harmony.people.models import Group, YoungPerson
from harmony.people.unfinished import answered, filled

from .. import access, agreeing
from ..forms.agreements import AgreementLinkForm, PaperForm, SignForm, WordsForm
from ..models import Agreed, Agreement, AgreementLink

LOOKS = {
    agreeing.Stands.TALK: ("amber", "info"),
    agreeing.Stands.NOT_YET: ("red", "cross"),
    agreeing.Stands.BEFORE: ("amber", "clock"),
    agreeing.Stands.AGREED: ("green", "check"),
}


@allowed(access.may_see_online)
def agreements(request):
    """The words, and of each group how many have signed: a link to the names where they are this reader’s to see."""
    groups = list(Group.objects.running())
    counts = agreeing.by_group(groups)
    theirs = set(Group.objects.visible_to(request.user).values_list("pk", flat=True))
    rows = [(group, *counts[group.pk], group.pk in theirs) for group in groups]
    text = Agreed.newest()
    shown = {
        "text": text,
        "since": text and day(text.since),
        "rows": sorted(rows, key=lambda row: row[1] - row[2]),
        "may_write": access.may_keep_library(request.user),
    }
    return render(request, "training/agreements.html", shown)


@allowed(access.may_keep_library)
def write_agreement(request):
    newest = Agreed.newest()
    return ask(
        request,
        filled(WordsForm, request, initial={"words": newest.words if newest else ""}),
        Agreed().write,
        heading=_("How are we with one another online?"),
        says=_(
            "Write it with young people, in words a child of nine can read. All of them are asked to sign a new text."
        ),
        button=_("These are the words now"),
        then=reverse("training:agreements"),
    )


@opens(Group)
def agreements_in(request, group):
    """Who has not signed comes first."""
    members = group.members.standing().values("young_person")
    people = YoungPerson.objects.visible_to(request.user).here().filter(pk__in=members).by_name()
    note_list("list", by=request.user, page="online agreement", references=[one.pk.hex for one in people])
    stand, order = agreeing.of_each([one.pk for one in people]), list(agreeing.Stands)
    signed = {
        one.pk: one for one in Agreement.objects.filter(pk__in=[last.pk for _where, last in stand.values() if last])
    }
    load_keys(signed.values())
    people.sort(key=lambda one: order.index(stand[one.pk][0]))
    shown = {
        "group": group,
        "rows": [_row(one, *stand[one.pk], signed, request.user) for one in people],
        "text": Agreed.newest(),
    }
    return render(request, "training/agreements_in.html", shown)


def _row(one, where, last, signed, reader):
    tone, icon = LOOKS[where]
    said = last and signed[last.pk]
    return {
        "one": one,
        "said": said,
        "on": said and short_day(said.signed_on),
        "pill": (tone, where.label, icon),
        "may_ask": where != agreeing.Stands.AGREED and access.may_agree_for(reader, one),
    }


def _list_of(young_person, reader):
    """The page of a group of theirs that this reader sees, or of all groups."""
    held = young_person.groups.standing().filter(group__in=Group.objects.visible_to(reader)).first()
    return reverse("training:agreements_in", args=[held.group_id]) if held else reverse("training:agreements")


@opens(YoungPerson, may=access.may_agree_for)
def make_link(request, one):
    form, made, back = filled(AgreementLinkForm, request), {}, _list_of(one, request.user)

    def make(to, *, by):
        made["link"], made["token"] = AgreementLink.make(one, by=by)

    if answered(request, form) and form.take(make, by=request.user):
        said = {"heading": _("For %(name)s") % {"name": one.name}, "days": AgreementLink.lasts.days, "back": back}
        return hand_over(request, reverse("training:agreement", args=[made["token"]]), form.cleaned_data["to"], **said)
    asked = {
        "form": form,
        "heading": _("Make a link for them"),
        "says": _("They read the agreement, and sign it once or say that they want to talk first."),
        "button": _("Make the link"),
        "back": back,
    }
    return render(request, "people/ask.html", asked, status=form.status)


@opens(YoungPerson, may=access.may_agree_for)
def on_paper(request, one):
    text, back = Agreed.newest(), _list_of(one, request.user)
    if text is None:
        return redirect("training:agreements")
    return ask(
        request,
        filled(PaperForm, request, initial={"who": one.name}),
        Agreement(young_person=one, text=text, how=Agreement.How.PAPER).sign,
        heading=_("What did they sign?"),
        says=_("Version %(number)d of the agreement, on a sheet of paper.") % {"number": text.number},
        button=_("Write this down"),
        then=back,
    )


@opens_by(AgreementLink)
def sign(request, link):
    """The words as they are now, and two answers: to agree, or to talk first."""
    form = SignForm(request.POST if request.method == "POST" else None, text=Agreed.newest())
    if request.method == "POST" and form.is_valid():
        try:
            if form.take(link.sign, by=access.BY_LINK):
                return redirect("training:agreement", request.resolver_match.kwargs["token"])
        except StateMoved:
            return no_such_link(request)
    shown = {"form": form, "name": link.first_name, "text": form.text}
    return render(request, "training/agreement_sign.html", shown, status=form.status)


@opens_by(AgreementLink, "held_by")
def yours(request, link):
    """What they signed. One who has not signed yet does so first."""
    if not link.used_at:
        return redirect("training:sign_agreement", request.resolver_match.kwargs["token"])
    signed = link.signed
    shown = {"text": signed.text, "on": day(signed.signed_on), "talk": signed.says == Agreement.Says.TALK}
    return render(request, "training/agreement.html", shown)
