"""A table that somebody pastes or sends: read into rows, each checked by a form, with what is wrong said row by row.

    table = Table.read(text, columns={"name": "name", "date of birth": "born"}, form=RowForm)
    table.rows      [(number as it stands in the sheet, what the form made of it)]
    table.wrong     ["Row 3, date of birth: Write it like 4/3/2012."]

Commas, semicolons and tabs are all understood, so that a sheet can be saved as CSV or simply copied and pasted.
"""

import csv
import io
from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmony.look.forms import Form, LongText

MOST = 500  # rows at once: they are written down together, or not at all
ROOM = 400_000  # characters
DAYS = ["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d %B %Y"]
SAID = {"yes": True, "y": True, "no": False, "n": False, "": None}
A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class DayField(forms.DateField):
    """A day in one cell."""

    def __init__(self, **options):
        wrong = {"invalid": gettext_lazy("Write it like 4/3/2012.")}
        super().__init__(input_formats=DAYS, error_messages=wrong, **options)


class YesNoField(forms.Field):
    """True, False, or None where the cell is empty."""

    def to_python(self, value):
        said = str(value or "").strip().casefold()
        if said not in SAID:
            raise forms.ValidationError(_("Write yes or no."))
        return SAID[said]


class TableForm(Form):
    """Pasted, or as a file. What was sent as a file stands in the box afterwards, to be looked at and sent again."""

    rows = LongText(
        label=gettext_lazy("Paste the rows here"),
        rows=8,
        max_length=ROOM,
        required=False,
        help_text=gettext_lazy("Copy them from your sheet, with the row of headings."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a CSV file"),
        required=False,
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".csv,.txt,text/csv"}),
        error_messages={"empty": gettext_lazy("This file is empty. Choose another.")},
    )

    def clean(self):
        told = super().clean()
        if (sent := told.pop("file", None)) and not told.get("rows"):
            told["rows"] = self._read(sent)
        if not told.get("rows") and not self.errors:
            self.add_error("rows", _("Paste the rows, or choose a file."))
        return told

    def _read(self, sent):
        if sent.too_big or sent.size > ROOM:
            self.add_error("file", _("This file is too long. Send it in parts of %(most)s rows.") % {"most": MOST})
            return ""
        try:
            text = sent.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error(
                "file", _("We cannot read this file. Save it as CSV in UTF-8, or copy the rows and paste them.")
            )
            return ""
        self.data = self.data.copy()
        self.data["rows"] = text
        return text


@dataclass
class Table:
    rows: list = field(default_factory=list)
    wrong: list = field(default_factory=list)

    @classmethod
    def read(cls, text, columns, form, **options):
        """`columns`: {heading, in small letters: the form's field}. `options` are passed to each row's form."""
        table = cls()
        lines = list(_lines(text))
        heads = [head.strip().casefold() for head in lines[0][1]] if lines else []
        table._check_heads(heads, columns, form(**options))
        if table.wrong:
            return table
        if len(lines) - 1 > MOST:
            table.wrong = [_("There are more than %(most)s rows. Send them in parts.") % {"most": MOST}]
            return table
        named = {value: heading for heading, value in columns.items()}
        for number, cells in lines[1:]:
            row = form({columns[head]: cell.strip() for head, cell in zip(heads, cells, strict=False)}, **options)
            if row.is_valid():
                table.rows.append((number, row.cleaned_data))
            for name, sentences in row.errors.items():
                for sentence in sentences:
                    table.is_wrong(number, sentence, named.get(name))
        if not lines[1:]:
            table.wrong.append(_("There is no row below the headings."))
        return table

    def is_wrong(self, number, sentence, heading=""):
        where = _("Row %(number)s, %(heading)s:") if heading else _("Row %(number)s:")
        self.wrong.append(f"{where % {'number': number, 'heading': heading}} {sentence}")

    def _check_heads(self, heads, columns, blank):
        for head in heads:
            if head not in columns:
                self.wrong.append(
                    _("There is no column “%(heading)s”. Use the headings below.") % {"heading": head[:60]}
                )
        for heading, name in columns.items():
            if blank.fields[name].required and heading not in heads:
                self.wrong.append(_("The column “%(heading)s” is missing.") % {"heading": heading})
        if len(heads) != len(set(heads)):
            self.wrong.append(_("A heading stands there twice."))


def _lines(text):
    """(number in the sheet, cells) of each line that says anything."""
    first = text.lstrip().split("\n", 1)[0]
    sign = max(",;\t", key=first.count)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text.strip()), delimiter=sign), start=1):
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error:
        return


def written(heads, rows):
    """CSV for a spreadsheet: what would be read as a formula is written as words."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([f"'{cell}" if str(cell).startswith(A_FORMULA) else cell for cell in row])
    return "\ufeff" + out.getvalue()
