"""A version in the making: written, brought in, marked, looked at, approved by somebody else, published."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.files.taking import takes_files
from harmony.look.forms import Form
from harmony.people.asking import ask
from harmony.people.doors import opens
from harmony.people.forms.fields import WhyForm
from harmony.people.unfinished import answered, filled

from .. import access, comparing, markdown
from ..forms import BringForm, CommentForm, TagForm, WriteForm
from ..models import Version


def _may_write(user, version):
    return access.may_write(user)


def _page(version):
    return reverse("policies:version", args=[version.pk])


def _is_settled(version):
    """Whoever opens the page of a step that is over is led back to the version."""
    return version.status not in Version.WRITABLE


@opens(Version, may=_may_write, joined=("policy",))
def write(request, version):
    """Whoever comes second with the same draft sees what the first one wrote, and has their own words still."""
    names = ("text", *Version.PLAIN, "quiz", "what_changed", "revision")
    known = {name: getattr(version, name) for name in names} | {"is_material": "yes" if version.is_material else "no"}
    if request.method == "GET" and _is_settled(version):
        return redirect(_page(version))
    form = filled(WriteForm, request, initial=known)
    if answered(request, form) and form.take(version.write, by=request.user):
        return redirect(_page(version))
    page = {"form": form, "version": version, "policy": version.policy}
    if form.status == 409:
        version.refresh_from_db()
        page["theirs"] = comparing.changes(form.cleaned_data.get("text", ""), version.text)
        form.data = form.data.copy()
        form.data["revision"] = version.revision  # having seen it, they may save over it
    return render(request, "policies/write.html", page, status=form.status)


@opens(Version, may=_may_write, joined=("policy",))
@takes_files
def bring(request, version):
    if request.method == "GET" and _is_settled(version):
        return redirect(_page(version))
    form = BringForm(request.POST, files=request.FILES) if request.method == "POST" else filled(BringForm, request)
    if answered(request, form) and form.take(version.bring_in, by=request.user):
        return redirect("policies:tag", version.pk)
    return render(request, "policies/bring.html", {"form": form, "version": version}, status=form.status)


@opens(Version, may=_may_write, joined=("policy",))
def tag(request, version):
    if request.method == "GET" and _is_settled(version):
        return redirect(_page(version))
    blocks = markdown.blocks(version.text)
    form = filled(TagForm, request, blocks=blocks, initial={"revision": version.revision})
    if answered(request, form) and form.take(version.tag, by=request.user):
        return redirect(_page(version))
    page = {"form": form, "version": version, "left_out": version.left_out.splitlines()}
    return render(request, "policies/tag.html", page, status=form.status)


@opens(Version, may=_may_write, joined=("policy",))
def send(request, version):
    return ask(
        request,
        filled(Form, request),
        version.send,
        heading=_("Send it to be looked at?"),
        says=_(
            "%(who)s approve it, and whoever makes policies may say something about it. You cannot write in it meanwhile."
        )
        % {"who": version.policy.get_approver_display()},
        button=_("Send it"),
        then=_page(version),
    )


@opens(Version, may=_may_write, joined=("policy",))
def throw_away(request, version):
    policy, form = version.policy, filled(Form, request)
    if answered(request, form) and form.take(version.throw_away, by=request.user):
        return redirect("policies:policy", policy.pk)
    asked = {
        "form": form,
        "heading": _("Throw this draft away?"),
        "says": _("What is in force stays as it is. There is no step back."),
        "button": _("Throw it away"),
        "back": _page(version),
    }
    return render(request, "people/ask.html", asked, status=form.status)


@opens(Version, may=access.may_comment, joined=("policy",))
def comment(request, version):
    return ask(
        request,
        filled(CommentForm, request),
        version.comment,
        heading=_("What do you want to say about it?"),
        says=_("Whoever makes policies reads it. It is not part of the policy."),
        button=_("Say it"),
        then=_page(version),
    )


@opens(Version, may=access.may_comment, joined=("policy",))
def ask_for_changes(request, version):
    return ask(
        request,
        filled(CommentForm, request),
        version.ask_for_changes,
        heading=_("What should change?"),
        says=_("It goes back to whoever writes it."),
        button=_("Ask for this"),
        then=_page(version),
    )


@opens(Version, may=access.may_approve, joined=("policy",))
def approve(request, version):
    return ask(
        request,
        filled(Form, request),
        version.approve,
        heading=_("Approve this version?"),
        says=_("You wrote none of it. From now on nobody can change a word of it, and its fingerprint is kept."),
        button=_("Approve it"),
        then=_page(version),
    )


@opens(Version, may=access.may_publish, joined=("policy",))
def publish(request, version):
    return ask(
        request,
        filled(Form, request),
        version.publish,
        heading=_("Publish it?"),
        says=_("It is in force from now on. The version before it is kept."),
        button=_("Publish it"),
        then=_page(version),
    )


@opens(Version, may=access.may_approve, joined=("policy",))
def withdraw(request, version):
    return ask(
        request,
        filled(WhyForm, request),
        version.withdraw,
        heading=_("Withdraw this version?"),
        says=_("It is not in force any more, and nothing takes its place until another version is published."),
        button=_("Withdraw it"),
        then=_page(version),
    )
