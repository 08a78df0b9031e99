"""What there is to learn, what each course holds, and who needs it."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.audit.events import event
from harmony.look.forms import Form
from harmony.look.words import day
from harmony.people.asking import ask
from harmony.people.doors import allowed, keeps
from harmony.people.forms.fields import LastDayForm
from harmony.people.unfinished import answered, filled

from .. import access
from ..forms.courses import CourseForm, EquivalentForm, NewVersionForm, RequirementForm
from ..models import Course, Equivalent, Requirement


@allowed(access.may_have_training)
def courses(request):
    """Those in use, with what each teaches, for how long it holds and who needs it; then those that ended."""
    asked = Prefetch("requirements", Requirement.objects.lasting(localdate()).select_related("group"))
    instead = Prefetch("equivalents", Equivalent.objects.standing().select_related("done"))
    found = [_row(course) for course in Course.objects.prefetch_related("versions__briefing", asked, instead)]
    shown = {
        "in_use": [row for row in found if row["course"].status == Course.Status.IN_USE],
        "ended": [row for row in found if row["course"].status == Course.Status.ENDED],
        "may_keep": access.may_keep(request.user),
    }
    return render(request, "training/courses.html", shown)


def _row(course):
    today, versions = localdate(), list(course.versions.all())  # the newest first
    version = next((one for one in versions if one.starts_on <= today), versions[-1] if versions else None)
    coming = [one for one in versions if one.starts_on > today]
    return {
        "course": course,
        "version": version,
        "holds": version and holds(version),
        "briefing": getattr(version, "briefing", None),
        "may_write": versions and not hasattr(versions[0], "briefing"),
        "coming": [(one.number, day(one.starts_on)) for one in coming],
        "asked": [(one, one.of_whom, within(one)) for one in course.requirements.all()],
        "instead": [(one, one.done.title) for one in course.equivalents.all()],
    }


def holds(version):
    if version.months is None:
        return _("Holds for good.")
    return ngettext("Holds %(count)d month.", "Holds %(count)d months.", version.months) % {"count": version.months}


def within(requirement):
    days, first = requirement.within_days, requirement.for_days
    says = (
        ngettext("within %(count)d day", "within %(count)d days", days) % {"count": days}
        if days
        else _("before they begin")
    )
    return _("%(within)s; only in their first %(count)d days") % {"within": says, "count": first} if first else says


@allowed(access.may_keep)
def add_course(request):
    form = filled(CourseForm, request)
    if answered(request, form) and form.take(_add, by=request.user):
        return redirect(_page())
    asked = {"form": form, "heading": _("What else is there to learn?"), "button": _("Add this course")}
    says = _("Add it first. Then say who needs it.")
    return render(request, "people/ask.html", asked | {"says": says, "back": _page()}, status=form.status)


def _add(code, title, *, by, **version):
    with event("add", by=by):
        course = Course()
        course.add(code, title, by=by)
        course.change(**version, by=by)


@keeps(Course, access.may_keep)
def change_course(request, course):
    known = course.versions.first()
    now = {"about": known.about, "topics": known.topics.split(), "months": known.months}
    return ask(
        request,
        filled(NewVersionForm, request, initial=now | {"renewal_days": known.renewal_days, "starts_on": localdate()}),
        course.change,
        heading=course.title,
        says=_("This makes a new version. What people did before stays as it was."),
        button=_("Use this version from then on"),
        then=_page(),
    )


@keeps(Course, access.may_keep)
def end_course(request, course):
    return ask(
        request,
        filled(Form, request),
        course.end,
        heading=_("Stop teaching %(course)s?") % {"course": course.title},
        says=_("Nobody needs it after today. What was done stays in the record. There is no step back."),
        button=_("Stop teaching it"),
        then=_page(),
    )


@keeps(Course, access.may_keep)
def require(request, course):
    return ask(
        request,
        filled(RequirementForm, request),
        Requirement(course=course).ask,
        heading=_("Who needs it?"),
        says=course.title,
        button=_("They need it from today"),
        then=_page(),
    )


@keeps(Course, access.may_keep)
def end_requirement(request, course, held):
    asked = get_object_or_404(course.requirements.lasting(localdate()), pk=held)
    return ask(
        request,
        filled(LastDayForm, request, dated=asked),
        asked.end,
        heading=_("Do they no longer need it?"),
        says=f"{course.title}: {asked.of_whom}",
        button=_("They do not need it after that"),
        then=_page(),
    )


@keeps(Course, access.may_keep)
def count_for(request, course):
    return ask(
        request,
        filled(EquivalentForm, request, course=course),
        lambda done, **by: Equivalent(done=done, instead_of=course).count(**by),
        heading=_("What counts for it?"),
        says=_("Whoever has done the other need not do %(course)s, for as long as the other holds.")
        % {"course": course.title},
        button=_("It counts from today"),
        then=_page(),
    )


@keeps(Course, access.may_keep)
def end_equivalent(request, course, held):
    counts = get_object_or_404(course.equivalents.standing(), pk=held)
    return ask(
        request,
        filled(LastDayForm, request, dated=counts),
        counts.end,
        heading=_("%(done)s, for %(course)s") % {"done": counts.done, "course": course},
        says=_("Say until when it counts."),
        button=_("Stop counting it"),
        then=_page(),
    )


def _page():
    return reverse("training:courses")
