"""A page that asks one thing: shown, refused with every word kept, or taken.

    return ask(request, form, person.suspend, heading=…, button=…, then=person_page)

Most steps are such a page, so it is written once.
"""

from django.contrib import messages
from django.shortcuts import redirect, render


def posted(request):
    """What a form is filled with: None shows it empty."""
    return request.POST if request.method == "POST" else None


def ask(request, form, step, *, heading, button, then, done="", **more):
    """`step` is a transition, taken with the form's answers. Afterwards: `done` is said on the page `then`."""
    if form.is_bound and form.is_valid() and form.take(step, by=request.user):
        if done:
            messages.success(request, done)
        return redirect(then)
    asked = {"form": form, "heading": heading, "button": button, "back": then} | more
    return render(request, "people/ask.html", asked, status=form.status)
