"""The contact book: other councils around us, for whoever makes a referral."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from harmony.organisation.access import may_set_up
from harmony.organisation.models import Council
from harmony.people.asking import ask
from harmony.people.doors import allowed, keeps
from harmony.people.unfinished import filled

from ..forms import OtherCouncilForm


@allowed(may_set_up)
def add_council(request):
    return ask(
        request,
        filled(OtherCouncilForm, request),
        Council().add,
        heading=_("Add another council"),
        says=_("Its numbers stand on its web page about safeguarding. Ring each once to check it."),
        button=_("Add this council"),
        then=reverse("home:contacts"),
    )


@keeps(Council, may_set_up)
def change_council(request, council):
    return ask(
        request,
        filled(OtherCouncilForm, request, council=council),
        council.change,
        heading=council.name,
        says=_("After you change a number, check it again."),
        button=_("Save this council"),
        then=reverse("home:contacts"),
    )


@require_POST
@keeps(Council, may_set_up)
def check_council(request, council):
    council.confirm(by=request.user)
    messages.success(request, _("%(name)s is checked today.") % {"name": council.name})
    return redirect("home:contacts")
