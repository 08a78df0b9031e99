"""A page that asks one thing: shown, refused with every word kept, or taken.

    form = filled(WhyForm, request)
    return ask(request, form, person.suspend, heading=…, button=…, then=person_page)

Most steps are such a page, so it is written once.
"""

from django.contrib import messages
from django.shortcuts import redirect, render

from .unfinished import answered


def ask(request, form, step, *, heading, button, then, done="", **more):
    """`step` is a transition, taken with the form's answers. Afterwards: `done` is said on the page `then`."""
    if answered(request, form) and form.take(step, by=request.user):
        if done:
            messages.success(request, done)
        return redirect(then)
    asked = {"form": form, "heading": heading, "button": button, "back": then} | more
    return render(request, "people/ask.html", asked, status=form.status)
