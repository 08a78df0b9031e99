"""A course of our own: read here, and three questions answered; and where it is written."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.people.asking import ask
from harmony.people.doors import keeps
from harmony.people.unfinished import answered, filled

from .. import access
from ..forms.lists import AnswersForm, BriefingForm
from ..models import Briefing, Course


@keeps(Briefing, access.may_have_training)
def briefing(request, briefing):
    """Everybody who works here may read it. All three right: it is done, and nobody need check it."""
    form = filled(AnswersForm, request, briefing=briefing)
    if answered(request, form) and form.take(lambda **told: briefing.read_by(request.user, **told), by=request.user):
        messages.success(request, _("All three are right. It is written down that you have done it."))
        return redirect("training:mine")
    shown = {"briefing": briefing, "course": briefing.version.course, "form": form}
    return render(request, "training/briefing.html", shown, status=form.status)


@keeps(Course, access.may_keep)
def write_briefing(request, course):
    """Of its newest version, which has none yet."""
    version = course.versions.first()
    if version is None or Briefing.objects.filter(version=version).exists():
        return redirect("training:courses")
    return ask(
        request,
        filled(BriefingForm, request),
        Briefing(version=version).write,
        heading=course.title,
        says=_(
            "It is read here. Whoever answers all three questions has done the course. It stays as it is until you make a new version."
        ),
        button=_("Let people read it"),
        then=reverse("training:courses"),
    )
