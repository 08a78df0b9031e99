"""Reading and agreeing: one's own word on a version, and who has not given theirs yet, by group."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.people.doors import opens
from harmony.people.models import GroupWorker
from harmony.people.unfinished import answered, filled

from .. import access, quiz
from ..forms import AgreeForm
from ..models import Acknowledgement, Version
from ..models.acknowledgements import agreed, asked, missing

A_PAGE = 50


@opens(Version, joined=("policy",))
def agree(request, version):
    """A tick, and where the policy has questions their answers: a wrong one says so, and is tried again."""
    page = reverse("policies:version", args=[version.pk])
    if not version.asks(request.user):
        return redirect(page)
    form = filled(AgreeForm, request, questions=quiz.read(version.quiz), seed=request.user.pk.hex)
    made = Acknowledgement(version=version, user=request.user)
    if answered(request, form) and form.take(made.agree, by=request.user):
        return redirect("policies:library")
    shown = {"form": form, "version": version, "policy": version.policy, "back": page}
    return render(request, "policies/agree.html", shown, status=form.status)


@opens(Version, may=lambda user, version: access.may_see_who_agreed(user), joined=("policy",))
def who(request, version):
    """Of those who are asked: how many have agreed, and who has not, with the groups they work with."""
    all_of_them = asked(version.policy)
    page = Paginator(missing(version).order_by("name"), A_PAGE).get_page(request.GET.get("page"))
    groups = {}
    workers = GroupWorker.objects.standing().filter(user__in=[one.pk for one in page]).select_related("group")
    for worker in workers.order_by("group__name"):
        groups.setdefault(worker.user_id, []).append(worker.group.name)
    total = all_of_them.count()
    given = all_of_them.filter(pk__in=agreed(version).values("user")).count()
    shown = {
        "version": version,
        "policy": version.policy,
        "page": page,
        "rows": [(one, ", ".join(groups.get(one.pk, [])) or _("No group")) for one in page],
        "by_group": _by_group(version),
        "given": given,
        "total": total,
    }
    return render(request, "policies/who.html", shown)


def _by_group(version):
    """[(group, how many of its workers have not agreed)], those with most of them first."""
    counts = {}
    workers = GroupWorker.objects.standing().filter(user__in=missing(version).values("pk")).select_related("group")
    for worker in workers:
        counts[worker.group.name] = counts.get(worker.group.name, 0) + 1
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))
