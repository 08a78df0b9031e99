"""Every component of the design system on one page, to build with and to look at. Nothing on it is real."""

from django.shortcuts import render
from django.utils.timezone import now

from harmony.look.samples import SampleForm, one_of_each
from harmony.organisation.models import Organisation
from harmony.people.doors import allowed
from harmony.people.unfinished import filled

from .. import access


def may_look(user):
    """In a demo, everybody."""
    return access.may_see_components(user) or Organisation.current().is_demo


@allowed(may_look)
def components(request):
    at = now()
    return render(request, "look/components.html", {"form": filled(SampleForm, request), "at": at} | one_of_each(at))
