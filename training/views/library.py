"""What may be read, watched and done about online safety: by age and by topic, each looked at again by its day."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from harmony.look.forms import Form
from harmony.look.words import day, short_day
from harmony.people.asking import ask
from harmony.people.doors import allowed, keeps
from harmony.people.unfinished import filled

from .. import access
from ..forms.online import CheckForm, LibraryForm, ResourceForm
from ..models import Resource

A_PAGE = 25


@allowed(access.may_see_online)
def library(request):
    """For one age or topic, or all. What is late to be looked at again says so."""
    form = LibraryForm(request.GET if {"age", "topic"} & set(request.GET) else None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = Resource.objects.in_use().select_related("checked_by")
    if age := chosen.get("age"):
        found = found.for_age(age)
    if topic := chosen.get("topic"):
        found = found.filter(topics__contains=topic)
    page = Paginator(found.order_by("audience", "youngest", "title", "pk"), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "form": form,
        "page": page,
        "rows": [_row(one) for one in page],
        "query": "".join(f"{name}={value}&" for name, value in chosen.items() if value),
        "chosen": any(chosen.values()),
        "late": Resource.objects.to_check(localdate()).count(),
        "may_keep": access.may_keep_library(request.user),
    }
    return render(request, "training/library.html", shown)


def _row(one):
    late = one.check_on <= localdate()
    pill = ("amber", _("Look at it again"), "clock") if late else ("green", _("Checked"), "check")
    return {
        "one": one,
        "pill": pill,
        "ages": _("Ages %(youngest)d to %(oldest)d") % {"youngest": one.youngest, "oldest": one.oldest},
        "topics": "; ".join(map(str, one.topic_names)),
        "checked": short_day(one.checked_on),
        "again": day(one.check_on),
    }


@allowed(access.may_keep_library)
def add_resource(request):
    return ask(
        request,
        filled(ResourceForm, request),
        Resource().add,
        heading=_("Add something to the library"),
        says=_("Look at it first, as somebody of that age would: what it says, what it links to, what it sells."),
        button=_("I have looked at it: add it"),
        then=reverse("training:library"),
    )


@keeps(Resource, access.may_keep_library)
def check_resource(request, resource):
    return ask(
        request,
        filled(CheckForm, request),
        resource.look_again,
        heading=_("Have you looked at it again?"),
        says=_("%(title)s. It is still there, still right, and fit for these ages.") % {"title": resource.title},
        button=_("Yes, it may stay"),
        then=reverse("training:library"),
    )


@keeps(Resource, access.may_keep_library)
def end_resource(request, resource):
    return ask(
        request,
        filled(Form, request),
        resource.end,
        heading=_("Take it out of the library?"),
        says=resource.title,
        button=_("Take it out"),
        then=reverse("training:library"),
    )
