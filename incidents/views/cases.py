"""A case, for whoever may see it: overview, chronology, actions. Its other pages stand in files of their own."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from harmony import between
from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time, day, hour
from harmony.people.unfinished import answered, filled
from harmony.retention.access import may_decide

from .. import access
from ..forms.working import EntryForm
from ..kinds import Track
from ..models import Action, Case
from ..models.timing import FROM_HIGH_UP
from ..record import ended, reported, weighed
from ..shared import shared_with
from ..timeline import timeline
from .door import opens_case
from .phrases import due_pill
from .together import some_of

# the page that meets each clock, and the words of its link; to the others the next step leads
MEETS = {
    "contact": ("log_contact", _("Write it down when it is done")),
    "tell": ("tell", _("Tell them")),
    "promise": ("tell", _("Tell them more")),
    "plan": ("plan", _("Make the plan")),
    "review": ("review", _("Review it")),
    "recheck": ("passed_on", _("Look at it again")),
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
    works = access.works_on(request.user, case)
    required = _required(case)
    shown |= {
        "case": case,
        "form": form,
        "works": works,
        "may_hold": works and may_decide(request.user),
        "tab": tab,
        "tabs": _tabs(case, works, bool(required["all"])),
        "left_to_do": case.actions.open().count(),
        "required": required,
        "filed": clock_time(case.filed_at),
        "is_about_us": case.track == Track.WORKER,
        "emergency": None if works else _emergency(case, request.user),
        "advice": case.concern if case.track == Track.WORKER else None,
        "is_restricted": case.track == Track.WORKER or bool(case.raised_to),
        "clock": case.next_clock(now()),
        "clock_meets": _meets(case) if works else None,
        "quiet_since": _quiet_since(case, now()),
    }
    return render(request, f"incidents/{template}.html", shown, status=form.status if form else 200)


def _tabs(case, works, has_steps):
    """(name, label, address) of each section that this reader has."""
    tabs = [
        ("case", _("Overview")),
        ("chronology", _("Chronology")),
        ("plan", _("Response plan")),
        *([("case_steps", _("Steps"))] if has_steps else []),
        ("actions", _("Actions")),
        ("people", _("People")),
    ]
    tabs += [("allegation", _("About one of us"))] if works and case.track == Track.WORKER else []
    tabs += (
        [
            ("referrals", _("Referrals and meetings")),
            ("files", _("Files")),
            ("sharing", _("Who can see it")),
            ("access_log", _("Who has opened it")),
        ]
        if works
        else []
    )
    return [(name, label, reverse(f"incidents:{name}", args=[case.pk])) for name, label in tabs]


def _required(case):
    """How many steps it has to take by its playbooks, and how many are left."""
    count = case.steps.owed().aggregate(all=Count("pk"), left=Count("pk", filter=Q(status="open")))
    return count | {"settled": count["all"] - count["left"]}


def _emergency(case, user):
    """(its record, until when) where this person reads it for an hour."""
    opened = case.emergencies.at(now()).filter(user=user).first()
    return opened and (opened, hour(opened.ends_at))


def _quiet_since(case, at):
    """In words, when it was last heard of; "" where that is not too long ago."""
    return day(case.heard_of_at()) if case.is_quiet(at) else ""


def _meets(case):
    _due, name = case.next_due() or (None, "")
    if name not in MEETS:
        return None
    page, words = MEETS[name]
    return reverse(f"incidents:{page}", args=[case.pk]), words


@opens_case
def case(request, case):
    """What was reported, what was decided and why, what is to be done, and the next step."""
    return overview(request, case)


def overview(request, case, *, form=None):
    shown = facts(case)
    works = access.works_on(request.user, case)
    shown["shared"] = None if works else shared_with(case, request.user)
    advises = shown["shared"] and shown["shared"].advises
    next = _next(case, shown["actions"]) if works else _asked_of_an_adviser(case) if advises else None
    shown["to_follow"] = list(case.steps.open())
    shown["names"] = case.names_to_ask(request.user) if works else []
    shown["learn"] = list(between.learn(request.user)) if works and case.status == "closed" else []
    return drawn(request, "case", case, tab="case", form=form, next=next, **shown)


def facts(case):
    """The reports, the decisions and the actions of a case."""
    actions = list(case.actions.select_related("owner", "done_by"))
    decisions = list(case.entries.filter(kind="decision").select_related("author"))
    reports = reported(case)
    load_keys([*actions, *decisions])
    return {
        "reports": reports,
        "weighed": weighed(case),
        "ended": ended(case),
        "actions": actions,
        "duties": duties_of(case),
        "decisions": [(entry.words, entry.author.name, clock_time(entry.happened_at)) for entry in decisions],
        "triaged": clock_time(case.triaged_at) if case.triaged_at else "",
        "closed": clock_time(case.closed_at) if case.closed_at else "",
    }


def duties_of(case):
    """(who may have to tell the police or the council, their record, whether they still have to say) once that is law."""
    found = list(case.duties.in_force().select_related("user"))
    load_keys(found)
    kept_out = {one.user_id for one in case.recusals.all()} if found else ()
    return [duty for duty in found if not (duty.is_open and duty.user_id in kept_out)]


def _asked_of_an_adviser(case):
    """What takes two and waits for the second: an adviser has no other step in the case."""
    says = _("Nobody here is left who may agree. So it is asked of you. Say yes or no, in your own time.")
    if case.close_as and case.status == Case.Status.TRIAGED:
        return Next(_("You are asked: may this case be closed?"), says, _("See what was asked"), _at("close", case.pk))
    if case.lower_to:
        return Next(_("You are asked: may its level be lower?"), says, _("See what was asked"), _at("level", case.pk))
    if waiting := case.recusals.exclude(asked_at=None).first():
        title = _("You are asked: may somebody be let in again?")
        return Next(title, says, _("See what was asked"), _at("let_in", case.pk, waiting.user_id))
    if file := case.files.waiting_for_a_second().first():
        return Next(
            _("You are asked: may a file be destroyed?"), says, _("See what was asked"), file.get_absolute_url()
        )
    return None


def _at(name, *args):
    return reverse(f"incidents:{name}", args=args)


def _next(case, actions):
    def url(name):
        return _at(name, case.pk)

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
    if case.close_as:
        return _second(case, url)
    if not case.planned_at:
        says = _("For each person, and for us: what is done, or why nothing is needed.")
        return Next(_("Next: agree the plan"), says, _("Go to the plan"), url("plan"))
    if case.severity in FROM_HIGH_UP and case.charity is None:
        says = _("Whether the Charity Commission is told, and why. Both are decisions.")
        return Next(_("Next: decide on the Charity Commission"), says, _("Write down the decision"), url("charity"))
    if left := [action for action in actions if action.status == Action.Status.OPEN]:
        says = _("When something is done, write what came of it.")
        title = _("Next: finish what is to be done") if len(left) > 1 else _("Next: finish the last action")
        return Next(title, says, _("Go to the actions"), url("actions"))
    if case.steps.open().exists():
        says = _("What has to be done in such a case. Say of each that it is done, or why it is not needed.")
        return Next(_("Next: the required steps"), says, _("Go to the steps"), url("case_steps"))
    if case.review_due:
        says = _("Due by %(day)s. Look at how everybody is, and whether the plan works.") % {
            "day": day(case.review_due)
        }
        return Next(_("Next: review it"), says, _("Review this case"), url("review"))
    says = _("Everything is done. Close it, or add another action.")
    return Next(_("Next: close it, if it has stopped"), says, _("Close this case"), url("close"))


def _second(case, url):
    """What waits for a second person: that it is passed on, or closed."""
    if case.status == Case.Status.REDIRECTED:
        by = {"day": day(case.recheck_due)}
        says = _("A colleague says that it is not about safety. Somebody else looks at it again by %(day)s.") % by
        return Next(_("Next: a second look"), says, _("See what was said"), url("passed_on"))
    says = _("Somebody asks to close this case. It stays open until a second person agrees.")
    return Next(_("Next: somebody else agrees that it is closed"), says, _("See what was asked"), url("close"))


@opens_case
def chronology(request, case):
    """Newest first; entries are added here, and an entry of its own corrects one. Some of it can be shown alone."""
    form = filled(EntryForm, request)
    if answered(request, form) and form.take(case.write, by=request.user):
        return redirect("incidents:chronology", case.pk)
    return drawn(request, "chronology", case, tab="chronology", form=form, **some_of(timeline(case)[::-1], request))


@opens_case
def actions(request, case):
    everything = list(case.actions.select_related("owner", "done_by"))
    load_keys([case, *everything])
    todo = [(action, due_pill(action.due_on)) for action in everything if action.status == Action.Status.OPEN]
    over = [action for action in everything if action.status != Action.Status.OPEN]
    return drawn(request, "actions", case, tab="actions", todo=todo, over=over)
