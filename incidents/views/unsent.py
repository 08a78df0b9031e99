"""Somebody has begun a report and not sent it. No word of it is here: only whom to ask."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from harmony.notifications.models import Notice
from harmony.people.doors import opens

from ..models import Report


@opens(Notice)
def unsent(request, notice):
    """For whoever was told. Their answer ends it, for those above them too.

    Whose it is stands here once the draft says whether it is about one of us (decision 0180).
    """
    if notice.kind != "unsent":
        raise Http404
    draft = get_object_or_404(Report.objects.unsent_visible_to(request.user), pk=notice.about)
    if request.method == "POST" and draft.is_routed:
        notice.answer(by=request.user)
        return redirect("notifications:inbox")
    shown = {"author": draft.author if draft.is_routed else None, "is_answered": notice.stopped_at}
    return render(request, "incidents/unsent.html", shown)
