"""What the organisation says about itself: name, hours, closures, whom to ring, the key sheet."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from harmony.look.words import day
from harmony.organisation import council as council_numbers
from harmony.organisation.access import may_set_up
from harmony.organisation.contact_book import lines_of
from harmony.organisation.councils import LINES
from harmony.organisation.models import YEARLY, Closure, Council, HelpContact, Organisation
from harmony.people.asking import ask
from harmony.people.doors import allowed, confirmed, keeps
from harmony.people.unfinished import answered, filled

from .. import access
from ..forms import (
    ClosureForm,
    ContactForm,
    CouncilForm,
    DutyForm,
    KeySheetForm,
    OrganisationForm,
    organisation_answers,
)
from ..models import HOLDERS, KeySheet, versions_in_use


@allowed(may_set_up)
def organisation(request):
    """Name, council and hours; the days when you are closed; links to the rest."""
    here = Organisation.current()
    form = filled(OrganisationForm, request, initial=organisation_answers(here))
    if answered(request, form) and form.take(here.set_up, by=request.user):
        messages.success(request, _("The details are saved."))
        return redirect("home:organisation")
    closures = [(closure, day(closure.starts_on), day(closure.ends_on)) for closure in Closure.objects.coming()]
    page = {"form": form, "closures": closures, "may_confirm_keys": access.may_confirm_keys(request.user)}
    return render(request, "organisation/organisation.html", page, status=form.status)


@allowed(may_set_up)
def add_closure(request):
    return ask(
        request,
        filled(ClosureForm, request),
        Closure().add,
        heading=_("When are you closed?"),
        says=_("Working days are not counted while you are closed. Urgent clocks run on."),
        button=_("Add these days"),
        then=reverse("home:organisation"),
    )


@require_POST
@keeps(Closure, may_set_up)
def remove_closure(request, closure):
    closure.remove(by=request.user)
    return redirect("home:organisation")


@allowed(may_set_up)
def contacts(request):
    """Whom to ring outside, and when somebody last tried the number."""
    fresh_since = now().date() - YEARLY
    rows = [
        {
            "contact": contact,
            "checked": contact.checked_on and day(contact.checked_on),
            "fresh": bool(contact.checked_on and contact.checked_on > fresh_since),
        }
        for contact in HelpContact.objects.select_related("otherwise")
    ]
    councils = [
        (
            one,
            lines_of(one, *LINES),
            one.checked_on and day(one.checked_on),
            bool(one.checked_on and one.checked_on > fresh_since),
        )
        for one in Council.objects.all()
    ]
    return render(request, "organisation/contacts.html", {"rows": rows, "councils": councils})


@allowed(may_set_up)
def add_contact(request):
    form = filled(ContactForm, request)
    return ask(
        request,
        form,
        lambda **answers: HelpContact(code=form.new_code()).add(**answers),
        heading=_("Add a help contact"),
        button=_("Add this contact"),
        then=reverse("home:contacts"),
    )


@keeps(HelpContact, may_set_up)
def change_contact(request, contact):
    known = {name: getattr(contact, name) for name in ("name", "says", "phone", "web", "hours", "otherwise")}
    return ask(
        request,
        filled(ContactForm, request, contact=contact, initial=known),
        contact.change,
        heading=contact.name,
        says=_("It stands on every page. After you change the number, check it again."),
        button=_("Save this contact"),
        then=reverse("home:contacts"),
    )


@require_POST
@keeps(HelpContact, may_set_up)
def check_contact(request, contact):
    contact.confirm(by=request.user)
    messages.success(request, _("%(name)s is checked today.") % {"name": contact.name})
    return redirect("home:contacts")


@allowed(may_set_up)
def council(request):
    return ask(
        request,
        filled(CouncilForm, request, initial=council_numbers.answers()),
        council_numbers.write_down,
        heading=_("The council’s numbers"),
        says=_("They stand on the council’s web page about safeguarding children. Ring each once to check it."),
        button=_("Save these numbers"),
        then=reverse("home:contacts"),
        done=_("The numbers are saved. They stand on every page."),
    )


@allowed(may_set_up)
def duty(request):
    """From when the law's duty to tell of sexual abuse applies; until then nobody sees anything of it."""
    here = Organisation.current()
    return ask(
        request,
        filled(DutyForm, request, initial={"duty_from": here.duty_from}),
        here.date_duty,
        heading=_("The duty to tell of sexual abuse"),
        says=_(
            "A law of 2026 asks adults who work with children to tell the police or the council of sexual abuse. Each "
            "has to do so in person. Give the day from which it applies. From then on we ask whoever reports such a "
            "thing whether they told. A case stays open until they have said. Without a day, nobody sees anything of this."
        ),
        button=_("Save this day"),
        then=reverse("home:organisation"),
        done=_("The day is saved."),
    )


@allowed(access.may_see_keys)
@confirmed
def keys(request):
    """How the sheets are printed, who holds them, and a trustee's own word. The keys themselves are never on a page."""
    standing, versions, me = (
        KeySheet.objects.standing(now()).select_related("stored_by"),
        versions_in_use(),
        request.user,
    )
    held = [
        (kind, versions[kind], [(one, day(one.stored_at)) for one in standing if one.kind == kind])
        for kind in KeySheet.Kind
    ]
    mine = {sheet.kind for sheet in standing if sheet.stored_by_id == me.pk}
    left = [kind for kind in KeySheet.Kind if versions[kind] and kind not in mine]
    may_confirm = access.may_confirm_keys(me) and bool(left)
    if request.method == "POST" and not may_confirm:
        raise Http404
    form = filled(KeySheetForm, request, kinds=left)
    if answered(request, form) and form.take(lambda kind, **told: KeySheet.of(kind, me).confirm(**told), by=me):
        messages.success(request, _("Thank you. It is in the book."))
        return redirect("home:keys")
    page = {"form": form, "held": held, "holders": HOLDERS, "may_confirm": may_confirm}
    page |= {"may_set_up": access.may_see_first_steps(me), "whole": not KeySheet.objects.lacking(now())}
    return render(request, "organisation/keys.html", page, status=form.status)
