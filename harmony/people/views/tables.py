"""A page that takes a table: looked at first, with what is wrong row by row; then all of it written down, or nothing."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import access, importing
from ..doors import allowed
from ..tables import TableForm
from ..unfinished import answered, filled


def take_table(request, read, write_down, *, columns, shown, then, **words):
    """`read(text)` gives the table; `write_down(table, by=)` takes it; `shown(row)` is what a row looks like before."""
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else filled(TableForm, request)
    page = {"form": form, "columns": columns, "back": then} | words
    if answered(request, form):
        table = read(form.cleaned_data["rows"])
        if request.POST.get("go") == "write" and not table.wrong:
            form.cleaned_data = {}
            if form.take(lambda by: write_down(table, by=by), by=request.user):
                many = len(table.rows)
                said = ngettext("%(many)d row is written down.", "%(many)d rows are written down.", many)
                messages.success(request, said % {"many": many})
                return redirect(then)
        page |= {"table": table, "rows": [(number, shown(row)) for number, row in table.rows]}
        form = TableForm(initial={"rows": form.data.get("rows")}) if not form.errors else form
        page["form"] = form
    return render(request, "people/table.html", page, status=form.status)


@allowed(access.may_keep_records)
def import_young_people(request):
    return take_table(
        request,
        importing.read,
        importing.write_down,
        columns=list(importing.COLUMNS),
        shown=lambda row: ", ".join(filter(None, [row["name"], row["group"], row["carer"]])),
        then=reverse("people:young_people"),
        heading=_("Young people from a sheet"),
        says=_(
            "One row for each young person. Only the name has to be there. We look at all of it before anything is written."
        ),
    )


import_young_people.takes_files = True  # as `harmony.files.taking.takes_files` marks it, which lies above
