"""A case, for whoever may see it: overview, chronology, actions, who has opened it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from harmony.audit.models import Entry
from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time
from harmony.people.doors import opens
from harmony.people.unfinished import answered, filled

from .. import access
from ..forms.working import EntryForm
from ..kinds import Track
from ..models import Action, Case
from ..timeline import timeline
from .answers import when_it_was

# the book's verbs about a case, as people say them; any other stands as it is
SAID = {
    "read": _("opened this case"),
    "file": _("reported this"),
    "acknowledge": _("acknowledged this"),
    "triage": _("triaged this"),
    "write": _("wrote in the chronology"),
    "give": _("gave out an action"),
    "finish": _("finished an action"),
    "waive": _("said an action is not needed"),
    "close": _("closed this"),
    "reopen": _("reopened this"),
    "share": _("shared this with a colleague"),
    "unshare": _("stopped sharing this"),
    "recuse": _("kept a colleague out of this"),
    "hand_over": _("gave this to somebody else"),
    "read_additions": _("read what was added"),
    "add": _("added to the report"),
    "request": _("asked for a PDF of this"),
    "make": _("had the PDF made"),
    "give_up": _("could not make the PDF"),
    "download": _("downloaded the PDF"),
    "delete_file": _("deleted the PDF"),
    "expire": _("deleted the PDF: its day was over"),
}


@dataclass(frozen=True)
class Next:
    """The one thing to do now, in the page's one filled button."""

    title: object
    says: object
    button: object
    url: str
    is_a_step: bool = False  # the button itself takes the step


def drawn(request, template, case, *, tab, form=None, **shown):
    """A page of a case, below its identity bar and its sections. It tells nobody to ring those it is about."""
    request.kept_out = {out.user for out in case.recusals.select_related("user")}
    works = access.may_work(request.user, case)
    tabs = [("case", _("Overview")), ("chronology", _("Chronology")), ("actions", _("Actions"))]
    tabs += [("sharing", _("Who can see it")), ("access_log", _("Who has opened it"))] if works else []
    shown |= {
        "case": case,
        "form": form,
        "works": works,
        "tab": tab,
        "tabs": [(name, label, reverse(f"incidents:{name}", args=[case.pk])) for name, label in tabs],
        "filed": clock_time(case.filed_at),
        "is_restricted": case.track == Track.WORKER or bool(case.raised_to),
    }
    return render(request, f"incidents/{template}.html", shown, status=form.status if form else 200)


@opens(Case)
def case(request, case):
    """What was reported, what was decided and why, what is to be done, and the next step."""
    return overview(request, case)


def overview(request, case, *, form=None):
    reports = list(case.reports.select_related("author").prefetch_related("addenda"))
    load_keys(reports)
    for report in reports:
        load_keys(report.addenda.all())
    actions = list(case.actions.select_related("owner", "done_by"))
    decisions = list(case.entries.filter(kind="decision").select_related("author"))
    load_keys([*actions, *decisions])
    works = access.may_work(request.user, case)
    return drawn(
        request,
        "case",
        case,
        tab="case",
        form=form,
        reports=[(report, clock_time(report.filed_at), when_it_was(report)) for report in reports],
        actions=actions,
        decisions=[(entry.words, entry.author.name, clock_time(entry.happened_at)) for entry in decisions],
        triaged=clock_time(case.triaged_at) if case.triaged_at else "",
        closed=clock_time(case.closed_at) if case.closed_at else "",
        next=_next(case, actions) if works else None,
    )


def _next(case, actions):
    def url(name):
        return reverse(f"incidents:{name}", args=[case.pk])

    if case.added_at:
        says = _("The reporter has added something since. Read it below.")
        return Next(_("Next: read what was added"), says, _("I have read it"), url("read_additions"), is_a_step=True)
    if case.status == Case.Status.SUBMITTED:
        says = _("Then whoever reported it can see that it was read, and the case is yours.")
        return Next(
            _("Next: say that you have read it"), says, _("I have read this"), url("acknowledge"), is_a_step=True
        )
    if case.status == Case.Status.ACKNOWLEDGED:
        says = _("How serious it is, who is told, and whether you refer it.")
        return Next(_("Next: weigh it"), says, _("Triage this case"), url("triage"))
    if case.status == Case.Status.CLOSED:
        return None
    if not actions:
        return Next(_("Next: say what is to be done"), _("Who does what, by when."), _("Add an action"), url("give"))
    if left := [action for action in actions if action.status == Action.Status.OPEN]:
        says = _("When something is done, write what came of it.")
        title = _("Next: finish what is to be done") if len(left) > 1 else _("Next: finish the last action")
        return Next(title, says, _("Go to the actions"), url("actions"))
    says = _("Everything is done. Close it, or add another action.")
    return Next(_("Next: close it, if it has stopped"), says, _("Close this case"), url("close"))


@opens(Case)
def chronology(request, case):
    """Newest first; entries are added here, and an entry of its own corrects one."""
    form = filled(EntryForm, request)
    if answered(request, form) and form.take(case.write, by=request.user):
        return redirect("incidents:chronology", case.pk)
    return drawn(request, "chronology", case, tab="chronology", form=form, moments=timeline(case)[::-1])


@opens(Case)
def actions(request, case):
    everything = list(case.actions.select_related("owner", "done_by"))
    load_keys(everything)
    todo = [action for action in everything if action.status == Action.Status.OPEN]
    over = [action for action in everything if action.status != Action.Status.OPEN]
    return drawn(request, "actions", case, tab="actions", todo=todo, over=over)


@opens(Case)
def access_log(request, case):
    """Who opened or changed it, from the book: a line for each event."""
    if not access.may_work(request.user, case):
        raise PermissionDenied
    lines = Entry.objects.filter(root=case.root.hex).order_by("-seq")
    events = {}
    for line in lines.only("event", "actor_name", "verb", "happened_at", "changes"):
        events.setdefault(line.event, line)
    page = Paginator(list(events.values()), 50).get_page(request.GET.get("page"))
    rows = [(line.actor_name, SAID.get(line.verb, line.verb), clock_time(line.happened)) for line in page]
    return drawn(request, "access_log", case, tab="access_log", page=page, rows=rows, form=None)
