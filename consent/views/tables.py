"""Permission on paper, from a sheet and into one."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from harmony.audit.events import note_list
from harmony.files.taking import takes_files
from harmony.people.doors import allowed, confirmed
from harmony.people.models import YoungPerson
from harmony.people.views.tables import take_table

from .. import access, importing


@allowed(access.may_keep)
@takes_files
def import_permission(request):
    return take_table(
        request,
        importing.read,
        importing.write_down,
        columns=[*importing.COLUMNS, *(str(use) for use in importing.open_uses())],
        shown=lambda row: (
            f"{row['name']}: {row['who']}, " + ", ".join(f"{use} {says}" for use, says in row["said"].items())
        ),
        then=reverse("consent:records"),
        heading=_("Signed paper from a sheet"),
        says=_(
            "One row for each paper, with yes or no in a column for each use. We look at all of it before anything is written."
        ),
    )


@allowed(access.may_see_consents)
@confirmed
def export_permission(request):
    people = YoungPerson.objects.visible_to(request.user).here().by_name()
    note_list("export", by=request.user, page="permission for pictures", references=[one.pk.hex for one in people])
    name = "attachment; filename=permission-for-pictures.csv"
    return HttpResponse(
        importing.taken_out(people), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )
