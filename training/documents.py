"""Papers about training: one person's record, and everybody and every course as at a day.

The second, made of a day gone by, says what it would have said that evening: the same facts have the same fingerprint, so
two papers can be held against each other (decision 0400).
"""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from harmony.documents import kinds
from harmony.documents.forms import ExportForm
from harmony.encryption.fields import load_keys
from harmony.look.forms import DateField
from harmony.look.words import day, short_day
from harmony.people.models import User

from . import access, delivery
from .facts import end_of, told
from .models import Audience, Completion, Topic
from .needs import Coverage
from .phrases import in_words


class DayForm(ExportForm):
    until = DateField(label=_("As at which day?"), past=True, initial=localdate)
    field_order = ["until"]


def register():
    kinds.register(
        kinds.Kind(
            code="training-record",
            title=gettext_lazy("Training record"),
            label=lambda user: user.name,
            records=lambda user: User.objects.filter(access.training_of(user)),
            may=access.may_see_person,
            gather=record,
            template="training/record_pdf.html",
            classification=gettext_lazy("About one person: for them, and for those who keep training"),
        )
    )
    kinds.register(
        kinds.Kind(
            code="training-matrix",
            title=gettext_lazy("Who is trained in what"),
            label=lambda organisation: organisation.name,
            records=access.organisations_visible_to,
            may=lambda user, organisation: access.may_see_training(user),
            gather=matrix,
            template="training/matrix_pdf.html",
            about=gettext_lazy("Everybody and every course on one day, gaps first; and who has learned about what."),
            classification=gettext_lazy("Names of those who work here"),
            offered=True,
            asks=DayForm,
        )
    )
    _register_online()


def _register_online():
    kinds.register(
        kinds.Kind(
            code="online-safety",
            title=gettext_lazy("Online safety with young people and parents"),
            label=lambda organisation: organisation.name,
            records=access.organisation_counted_by,
            may=lambda user, organisation: access.may_see_figures(user),
            gather=online,
            template="training/online_pdf.html",
            about=gettext_lazy(
                "Which group heard about what in the twelve months up to a day, gaps first. It names nobody."
            ),
            classification=gettext_lazy("Counts and days, no names"),
            offered=True,
            asks=DayForm,
        )
    )


def record(user, export, at):
    """What one person needs and has on this day, and all they ever did."""
    known = told(of=user.pk)
    row = Coverage(known.facts, localdate(at)).row(user.pk)
    done = list(
        user.completions.exclude(status=Completion.Status.STRUCK).select_related("version__course", "verified_by")
    )
    load_keys(done)
    return {
        "name": user.name,
        "on": day(localdate(at)),
        "needs": [[title, in_words(row[key])] for key, title in known.titles.items() if key in row and row[key].needed],
        "done": [
            [one.version.course.title, short_day(one.completed_on), one.shown, one.verified_by.name if one.verified_by else
             str(one.get_status_display())]
            for one in done
        ],
    }  # fmt: skip


def matrix(organisation, export, at):
    """As at the evening of the day that was asked for; of today, as it is now."""
    on, known_at = _as_at(export, at)
    known = told(known_at)
    coverage = Coverage(known.facts, on)
    rows = {user: coverage.row(user) for user in coverage.people}
    needed = [key for key in known.titles if any(key in row and row[key].needed for row in rows.values())]
    ranked = sorted(
        rows, key=lambda user: (-sum(cell.gap for cell in rows[user].values()), known.names[user].casefold(), user)
    )
    cells = [cell for row in rows.values() for cell in row.values() if cell.needed]
    return {
        "on": day(on),
        "in_figures": _("%(covered)d of %(all)d needed courses are covered.")
        % {"covered": sum(cell.covered for cell in cells), "all": len(cells)},
        "people": [
            {
                "name": known.names[user],
                "courses": _of_one(known, needed, rows[user]),
            }
            for user in ranked
        ],
        "topics": [_topic(known, coverage, topic) for topic in Topic],
    }


def _as_at(export, at):
    """(the day, the moment up to which things were known): of a day gone by its evening; of today, None: as it is now."""
    on = export.until or localdate(at)
    return on, end_of(on) if on < localdate(at) else None


def online(organisation, export, at):
    """Each group and topic, as at the evening of that day: what the page said then."""
    on, known_at = _as_at(export, at)
    year = delivery.Year(delivery.told(known_at), on)
    figures = delivery.figures(year)
    said = [
        _("%(who)s: %(heard)d of %(all)d groups and topics had their turn.")
        % {"who": audience.label, "heard": figures[audience][0], "all": figures[audience][1]}
        for audience in Audience
    ]
    return {
        "on": day(on),
        "in_figures": " ".join(said),
        "tables": [{"title": str(audience.label), "rows": _heard(year.rows(audience))} for audience in Audience],
    }


def _heard(rows):
    """A line for each group and topic, gaps first in each group."""
    topics = delivery.worst_first(rows)
    return [
        [name, str(topic.label), _in_words(cells[topic])]
        for _key, name, cells in rows
        for topic in sorted(topics, key=lambda topic: not cells[topic].gap)
    ]


def _in_words(heard):
    if heard.gap:
        return _("Not in these twelve months")
    says = ngettext("%(count)d time, last on %(day)s", "%(count)d times, last on %(day)s", heard.times)
    return says % {"count": heard.times, "day": short_day(heard.last)}


def _of_one(known, needed, row):
    """Each course that they need and where they stand, gaps first."""
    in_order = sorted((key for key in needed if row[key].needed), key=lambda key: not row[key].gap)
    return [[known.titles[key], in_words(row[key])] for key in in_order]


def _topic(known, coverage, topic):
    on = coverage.topic(topic)
    parts = ((_("missing"), on.missing), (_("still to come"), on.to_come), (_("excused"), on.excused))
    named = [
        f"{label}: {', '.join(sorted((known.names[user] for user in people), key=str.casefold))}"
        for label, people in parts
        if people
    ]
    says = _("%(covered)d of %(all)d covered") % {"covered": len(on.covered), "all": on.all}
    return [str(topic.label), says, "; ".join(named)]
