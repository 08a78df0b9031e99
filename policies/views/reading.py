"""Reading a version: in full or in plain words, what changed, and as a file. What is public, strangers read too."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmony.documents.making import in_fours
from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time, day
from harmony.people.doors import open_to_all, opens

from .. import access, comparing, markdown
from ..models import Policy, Version
from .library import pill

AUDIENCES = {"staff": "for_staff", "young": "for_young", "parents": "for_parents"}
A_MINUTE = 200  # words that somebody reads in it


def _parts(version, chosen, marks=False):
    """The text that was asked for, and the ways there are to read it."""
    found = {
        code: (version._meta.get_field(name).verbose_name, getattr(version, name))
        for code, name in AUDIENCES.items()
        if getattr(version, name)
    }
    chosen = chosen if chosen in found else ""
    text = found[chosen][1] if chosen else version.text
    return {
        "html": markdown.html(text, marks=marks, under=version.policy.title),
        "audiences": [("", _("In full")), *((code, label) for code, (label, _text) in found.items())] if found else [],
        "chosen": chosen,
        "print": in_fours(version.sha256),
        "minutes": max(1, round(len(text.split()) / A_MINUTE)),
    }


@opens(Version, joined=("policy", "author", "approved_by"))
def version(request, version):
    """The words; for whoever makes it, what was said of it and what comes next."""
    user, reads_drafts = request.user, access.may_read_drafts(request.user)
    comments = list(version.comments.select_related("by")) if reads_drafts else []
    load_keys(comments)
    page = _parts(version, request.GET.get("for", ""), marks=reads_drafts) | {
        "version": version,
        "policy": version.policy,
        "pill": pill(version),
        "lines": version.what_changed.splitlines(),
        "left_out": version.left_out.splitlines() if version.status in Version.WRITABLE else [],
        "comments": [(one, clock_time(one.said_at)) for one in comments],
        "steps": _steps(user, version),
        "asks": version.asks(user),
        "may_see_who": version.status == Version.Status.PUBLISHED and access.may_see_who_agreed(user),
        "approved": version.approved_at and clock_time(version.approved_at),
        "published": version.published_at and day(version.published_at),
        "has_before": bool(version.before),
        "reads_drafts": reads_drafts,
    }
    return render(request, "policies/version.html", page)


def _steps(user, version):
    """(label, address) of what this reader may do next; the first is the button."""
    status, may_write = version.status, access.may_write(user)
    found = []
    if status in Version.WRITABLE and may_write:
        found = ["write", "bring", "tag", "send", "throw_away"]
    elif status == Version.Status.IN_REVIEW and access.may_comment(user, version):
        found = [*(["approve"] if access.may_approve(user, version) else []), "comment", "ask_for_changes"]
    elif status == Version.Status.APPROVED:
        found = [*(["publish"] if access.may_publish(user, version) else []), *_withdraw(user, version)]
    elif status == Version.Status.PUBLISHED:
        found = _withdraw(user, version)
    return [(STEPS[name], reverse(f"policies:{name}", args=[version.pk])) for name in found]


def _withdraw(user, version):
    return ["withdraw"] if access.may_approve(user, version) else []


STEPS = {
    "write": gettext_lazy("Write in it"),
    "bring": gettext_lazy("Bring its words in from a file"),
    "tag": gettext_lazy("Mark what each paragraph promises"),
    "send": gettext_lazy("Send it to be looked at"),
    "throw_away": gettext_lazy("Throw it away"),
    "approve": gettext_lazy("Approve it"),
    "comment": gettext_lazy("Say something about it"),
    "ask_for_changes": gettext_lazy("Ask for changes"),
    "publish": gettext_lazy("Publish it"),
    "withdraw": gettext_lazy("Withdraw it"),
}


@opens(Version, joined=("policy",))
def changes(request, version):
    """Against the version before it: three lines by whoever wrote it, then word by word."""
    before = version.before
    rows = comparing.changes(before.text, version.text) if before else []
    page = {"version": version, "before": before, "rows": rows, "lines": version.what_changed.splitlines()}
    return render(request, "policies/changes.html", page)


@opens(Version, joined=("policy",))
def export(request, version):
    """The file that its hash is of."""
    return _as_file(version)


def _as_file(version):
    response = HttpResponse(version.as_file(), content_type="text/markdown; charset=utf-8")
    name = f"{version.policy.slug}-{version.number}.md"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@open_to_all
def public_list(request):
    """What anybody may read, in force now (S4)."""
    found = Policy.objects.public().prefetch_related("versions")
    rows = [(one, one.live, day(one.live.published_at)) for one in found]
    return render(request, "policies/public_list.html", {"rows": rows})


@open_to_all
def public(request, slug):
    version = _public(slug)
    page = _parts(version, request.GET.get("for", "")) | {
        "version": version,
        "policy": version.policy,
        "published": day(version.published_at),
        "lines": version.what_changed.splitlines(),
        "companions": [one for one in version.policy.companions if one.is_public and one.live],
    }
    return render(request, "policies/public.html", page)


@open_to_all
def public_file(request, slug):
    return _as_file(_public(slug))


def _public(slug):
    """Nothing that strangers may not read: what is in force, of a policy that is public."""
    live = Version.objects.in_force().filter(policy__is_public=True).select_related("policy", "approved_by")
    return get_object_or_404(live, policy__slug=slug)
