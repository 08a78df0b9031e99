"""The organisation's own colours: tried on the page where they are asked, saved, and served as one small stylesheet."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from harmony.look import colours as wcag
from harmony.organisation.access import may_set_up
from harmony.organisation.models import Organisation
from harmony.people.doors import allowed, open_to_all
from harmony.people.unfinished import answered, filled

from ..forms import ColoursForm


@allowed(may_set_up)
def colours(request):
    """“Show me” dresses this page alone in the colours typed; nothing is saved by it."""
    here = Organisation.current()
    known = {"main_colour": here.main_colour, "dark_colour": here.dark_colour}
    form = filled(ColoursForm, request, initial=known)
    tried = answered(request, form) and "try" in request.POST
    if answered(request, form) and not tried and form.take(here.recolour, by=request.user):
        messages.success(request, _("The colours are saved. Every page has them now."))
        return redirect("home:colours")
    shown = form.shown() if tried else wcag.worn(here.main_colour, here.dark_colour)
    main, dark = shown or (wcag.MAIN, wcag.DARK)
    page = {"form": form, "tried": tried, "colours": shown, "main": main, "dark": dark}
    page["pairs"] = wcag.main_pairs(main) + wcag.dark_pairs(dark, main)
    return render(request, "organisation/colours.html", page, status=form.status)


@open_to_all
@require_safe
def stylesheet(request, main, dark):
    """The two colours are its address, so it is the same for ever: other colours are another address."""
    response = HttpResponse(wcag.stylesheet(f"#{main}", f"#{dark}"), content_type="text/css; charset=utf-8")
    response.lasting = True
    return response
