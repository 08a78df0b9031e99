"""What the room puts on paper: one version of a policy, with who approved it and its hash."""

from django.utils.translation import gettext_lazy as _

from harmony.documents import kinds
from harmony.look.words import clock_time

from . import markdown
from .models import Version


def register():
    kinds.register(
        kinds.Kind(
            code="policy",
            title=_("Policy"),
            label=str,
            records=lambda user: Version.objects.visible_to(user).select_related("policy"),
            may=lambda user, version: True,
            gather=gather,
            template="policies/policy_pdf.html",
            about=_("The whole text, with who approved it and when."),
            classification=_("For everybody it is meant for"),
        )
    )


def gather(version, export, at):
    return {
        "title": version.policy.title,
        "number": version.number,
        "status": str(version.get_status_display()),
        "html": markdown.html(version.text, under=version.policy.title),
        "plain": [
            [str(version._meta.get_field(name).verbose_name), markdown.html(getattr(version, name))]
            for name in version.PLAIN
            if getattr(version, name)
        ],
        "approved_by": version.approved_by.name if version.approved_by else "",
        "approved_at": clock_time(version.approved_at) if version.approved_at else "",
        "published_at": clock_time(version.published_at) if version.published_at else "",
        "sha256": version.sha256,
    }
