"""What people are told about in this room: a case, for those who may read it; a report, for its author."""

from django.urls import reverse

from harmony.notifications import sources

from .models import Case, Report


def register():
    sources.register(
        sources.Source("case", records=Case.objects.visible_to, link=lambda key: reverse("incidents:case", args=[key]))
    )
    sources.register(
        sources.Source(
            "report", records=Report.objects.visible_to, link=lambda key: reverse("incidents:report", args=[key])
        )
    )
