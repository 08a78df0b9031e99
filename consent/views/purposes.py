"""What pictures are wanted for, in which words, and on which approved channels."""

from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from harmony.audit.events import event
from harmony.look.forms import Form
from harmony.look.words import day
from harmony.people.asking import ask
from harmony.people.doors import allowed, keeps
from harmony.people.unfinished import answered, filled

from ..access import may_keep_wordings, may_see_consents
from ..forms.permission import PurposeForm, UseForm, WordsForm
from ..models import Purpose, Use


@allowed(may_see_consents)
def purposes(request):
    """Those in use, with the words that are asked now, then those that ended."""
    uses = Prefetch("uses", Use.objects.select_related("channel"))
    found = Purpose.objects.prefetch_related("wordings", uses)
    rows = [_row(purpose) for purpose in found]
    shown = {
        "in_use": [row for row in rows if row["purpose"].status == Purpose.Status.IN_USE],
        "ended": [row for row in rows if row["purpose"].status == Purpose.Status.ENDED],
        "may_keep": may_keep_wordings(request.user),
    }
    return render(request, "consent/purposes.html", shown)


def _row(purpose):
    wording = next(iter(purpose.wordings.all()), None)
    on = localdate()
    channels = [
        (use.channel.name, use.channel.is_approved(on), use.get_lasting_display()) for use in purpose.uses.all()
    ]
    return {"purpose": purpose, "wording": wording, "since": wording and day(wording.since), "channels": channels}


@allowed(may_keep_wordings)
def add_purpose(request):
    form = filled(PurposeForm, request)
    if answered(request, form) and form.take(_add, by=request.user):
        return redirect(_page())
    asked = {"form": form, "heading": _("What else are pictures wanted for?"), "button": _("Add this purpose")}
    says = _("Ask for one thing at a time, so that people can say yes to one and no to another.")
    return render(request, "people/ask.html", asked | {"says": says, "back": _page()}, status=form.status)


def _add(name, words, months, *, by):
    with event("add", by=by):
        purpose = Purpose()
        purpose.add(name, by=by)
        purpose.word(words, months, by=by)


@keeps(Purpose, may_keep_wordings)
def word_purpose(request, purpose):
    known = purpose.wording
    return ask(
        request,
        filled(WordsForm, request, initial={"words": known.words, "months": known.months}),
        purpose.word,
        heading=purpose.name,
        says=_(
            "New words hold for whoever is asked from now on. What was signed stays with the words that were signed."
        ),
        button=_("Use these words from now on"),
        then=_page(),
    )


@keeps(Purpose, may_keep_wordings)
def add_use(request, purpose):
    return ask(
        request,
        filled(UseForm, request, purpose=purpose),
        purpose.use_on,
        heading=_("Where else is it wanted?"),
        says=purpose.name,
        button=_("Ask for this channel too"),
        then=_page(),
    )


@keeps(Purpose, may_keep_wordings)
def end_purpose(request, purpose):
    return ask(
        request,
        filled(Form, request),
        purpose.end,
        heading=_("Stop asking for %(purpose)s?") % {"purpose": purpose.name},
        says=_("Nobody is asked for it any more, and nothing new is published for it. There is no step back."),
        button=_("Stop asking for it"),
        then=_page(),
    )


def _page():
    return reverse("consent:purposes")
