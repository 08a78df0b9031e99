"""Everybody and every course, gaps first; and topic by topic. On any day, as it was known then or as it is known now."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony.audit.events import note_list
from harmony.encryption.keys import ORGANISATION
from harmony.people.doors import allowed
from harmony.people.models import Group

from .. import access
from ..models import Topic
from ..phrases import Cells, gaps
from .days import Looked

A_PAGE = 50


@allowed(access.may_see_training)
def matrix(request):
    """People × courses: those with gaps first, and the courses most of them lack."""
    looked, groups = Looked.at(request), list(Group.objects.running())
    group = next((one for one in groups if str(one.pk) == request.GET.get("group")), None)
    known, coverage = looked.coverage()
    people = _of_group(coverage, group)
    rows = {user: coverage.row(user) for user in people}
    courses = _worst_first(known, coverage, rows)
    lacks = {user: [course for course in courses if row[course].gap] for user, row in rows.items()}
    count = {user: len(lacking) for user, lacking in lacks.items()}
    ranked = sorted(people, key=lambda user: (-count[user], known.names[user].casefold(), user))
    page = Paginator(ranked, len(ranked) or 1 if "all" in request.GET else A_PAGE).get_page(request.GET.get("page"))
    note_list("list", by=request.user, page="training", references=[user.hex for user in page])
    draw = Cells()
    shown = {
        "looked": looked,
        "groups": groups,
        "group": group,
        "page": page,
        "columns": [known.titles[course] for course in courses],
        "rows": [
            (reverse("training:person", args=[user]), known.names[user], gaps([known.titles[course] for course in lacks[user]]),
             [draw(rows[user][course]) for course in courses])
            for user in page
        ],
        "finding": _finding(count),
        "in_figures": _in_figures(rows),
        "query": looked.query(group=group.pk if group else "") + "&",
        "may_keep": access.may_keep(request.user),
        "paper": ORGANISATION,
    }  # fmt: skip
    return render(request, "training/matrix.html", shown, status=looked.form.status)


def _of_group(coverage, group):
    """Everybody who works here on that day; or those of them who work with this group then."""
    return coverage.people if group is None else coverage.with_group(group.pk)


def _worst_first(known, coverage, rows):
    """The courses that somebody needs, those with most gaps first: on a phone the first is what one sees."""
    needed = [course for course in known.titles if any(course in row and row[course].needed for row in rows.values())]
    lack = {course: sum(row[course].gap for row in rows.values()) for course in needed}
    return sorted(needed, key=lambda course: -lack[course])


def _finding(count):
    lack = sum(1 for many in count.values() if many)
    if not lack:
        return _("Training: nobody has a gap")
    return ngettext("Training: %(count)d person has gaps", "Training: %(count)d people have gaps", lack) % {
        "count": lack
    }


def _in_figures(rows):
    cells = [cell for row in rows.values() for cell in row.values() if cell.needed]
    told = {"covered": sum(cell.covered for cell in cells), "all": len(cells)}
    return _("%(covered)d of %(all)d needed courses are covered.") % told


@allowed(access.may_see_figures)
def topics(request):
    """Of each form of abuse: how many have learned about it, and who has not. Names, for those who may see them."""
    looked = Looked.at(request)
    known, coverage = looked.coverage()
    with_names = access.may_see_training(request.user)
    if with_names:
        note_list("list", by=request.user, page="training by topic", references=[user.hex for user in coverage.people])
    shown = {
        "looked": looked,
        "rows": [_topic(known, coverage, topic, with_names) for topic in Topic],
        "with_names": with_names,
    }
    return render(request, "training/topics.html", shown, status=looked.form.status)


def _topic(known, coverage, topic, with_names):
    on = coverage.topic(topic)
    whole = len(on.covered) == on.all
    parts = ((_("missing"), on.missing), (_("still to come"), on.to_come), (_("excused"), on.excused))
    named = [
        (label, sorted((known.names[user] for user in people), key=str.casefold)) for label, people in parts if people
    ]
    return {
        "label": topic.label,
        "says": _("%(covered)d of %(all)d covered") % {"covered": len(on.covered), "all": on.all},
        "pill": ("green", _("Everybody"), "check") if whole else ("red", _("Gaps"), "alert") if on.missing
        else ("amber", _("Not all yet"), "clock"),
        "named": [(label, ", ".join(names) if with_names else len(names)) for label, names in named],
    }  # fmt: skip
