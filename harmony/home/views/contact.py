"""How may I contact young people? One page for whoever works here; and who may do otherwise for a while (S25, N14)."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from harmony import between
from harmony.look.forms import Form
from harmony.look.words import day
from harmony.organisation.access import may_see_channels
from harmony.people import access
from harmony.people.asking import ask
from harmony.people.doors import allowed, keeps, opens
from harmony.people.forms.fields import LastDayForm
from harmony.people.models import ContactException, ContactRule, Group
from harmony.people.unfinished import answered, filled

from .. import contact as contacting
from ..contact_forms import AllowForm, ExceptionForm, RefuseForm, RuleForm

PROMISE = "S25"


@allowed(may_see_channels)
def contact(request):
    """One's own groups first; then the others, for whoever stands in."""
    rules = ContactRule.objects.visible_to(request.user).standing().select_related("channel")
    of_groups = {}
    for rule in rules:
        of_groups.setdefault(rule.group_id, []).append((rule, rule.channel.is_approved()))
    mine = set(request.user.groups_worked.standing().values_list("group", flat=True))
    running = [(group, of_groups.get(group.pk, [])) for group in Group.objects.running()]
    shown = {
        "mine": [row for row in running if row[0].pk in mine],
        "others": [row for row in running if row[0].pk not in mine],
        "clauses": list(between.clauses(PROMISE)),
        "own": _listed(request.user.contact_exceptions.all()),
        "to_decide": _listed(contacting.to_decide(request.user)),
        "holding": _listed(_of_others(request.user)),
        "may_keep": access.may_keep_contact_rules(request.user),
    }
    return render(request, "organisation/contact.html", shown)


def _of_others(user):
    seen = ContactException.objects.visible_to(user).exclude(user=user)
    return seen.holding().select_related("user").order_by("last_day")


def _listed(exceptions):
    return [(one, day(one.last_day), _standing(one)) for one in exceptions]


def _standing(exception):
    """(tone, word, icon)."""
    if exception.has_lapsed():
        return "plain", _("Ended by itself"), ""
    tones = {
        "asked": ("amber", "clock"),
        "approved": ("green", "check"),
        "refused": ("red", "alert"),
        "ended": ("plain", ""),
    }
    tone, icon = tones[exception.status]
    return tone, exception.get_status_display(), icon


@keeps(Group, access.may_keep_contact_rules)
def add_contact_rule(request, group):
    return ask(
        request,
        filled(RuleForm, request, group=group),
        lambda channel, **told: ContactRule(group=group, channel=channel).allow(**told),
        heading=_("By what way may %(group)s be reached?") % {"group": group.name},
        says=_("What is not written down here is not allowed."),
        button=_("Allow this way"),
        then=reverse("home:contact"),
    )


@keeps(ContactRule, access.may_keep_contact_rules)
def change_contact_rule(request, rule):
    told = {name: getattr(rule, name) for name in ("way", "used_for", "hours", "conditions")}
    return ask(
        request,
        filled(RuleForm, request, initial=told),
        rule.change,
        heading=_("%(channel)s, for %(group)s") % {"channel": rule.channel.name, "group": rule.group.name},
        button=_("Save this rule"),
        then=reverse("home:contact"),
    )


@keeps(ContactRule, access.may_keep_contact_rules)
def end_contact_rule(request, rule):
    return ask(
        request,
        filled(LastDayForm, request, dated=rule),
        rule.end,
        heading=_("%(group)s is not reached by %(channel)s any more")
        % {"channel": rule.channel.name, "group": rule.group.name},
        button=_("End this rule"),
        then=reverse("home:contact"),
    )


@allowed(may_see_channels)
def ask_exception(request):
    form, made = filled(ExceptionForm, request), ContactException(user=request.user)
    if answered(request, form) and form.take(lambda **told: contacting.ask(made, **told), by=request.user):
        return redirect(_page(made))
    asked = {"heading": _("Ask for an exception"), "button": _("Ask for it"), "back": reverse("home:contact")}
    says = _("Somebody else who leads decides. Until they have said yes, nothing is allowed.")
    return render(request, "people/ask.html", asked | {"form": form, "says": says}, status=form.status)


@opens(ContactException, joined=("user", "decided_by"))
def contact_exception(request, exception):
    waits = exception.status == ContactException.Status.ASKED and not exception.has_lapsed()
    stands = exception.status in (ContactException.Status.ASKED, ContactException.Status.APPROVED)
    shown = {
        "exception": exception,
        "pill": _standing(exception),
        "asked": day(exception.asked_on),
        "until": day(exception.last_day),
        "decided": exception.decided_on and day(exception.decided_on),
        "ended": exception.ended_on and day(exception.ended_on),
        "holds": exception.holds(localdate()),
        "may_decide": waits and access.may_decide_exception(request.user, exception),
        "may_end": stands and not exception.has_lapsed() and access.may_end_exception(request.user, exception),
    }
    return render(request, "organisation/contact_exception.html", shown)


@opens(ContactException, may=access.may_decide_exception, joined=("user",))
def allow_exception(request, exception):
    return ask(
        request,
        filled(AllowForm, request),
        lambda **told: contacting.allow(exception, **told),
        heading=_("Allow it until %(day)s?") % {"day": day(exception.last_day)},
        says=_("It ends by itself after that day."),
        button=_("Allow it"),
        then=_page(exception),
    )


@opens(ContactException, may=access.may_decide_exception, joined=("user",))
def refuse_exception(request, exception):
    return ask(
        request,
        filled(RefuseForm, request),
        lambda **told: contacting.refuse(exception, **told),
        heading=_("Do not allow it?"),
        button=_("Do not allow it"),
        then=_page(exception),
    )


@opens(ContactException, may=access.may_end_exception, joined=("user",))
def end_exception(request, exception):
    return ask(
        request,
        filled(Form, request),
        lambda **told: contacting.end(exception, **told),
        heading=_("End it today?"),
        says=_("From now on it allows nothing. Whoever needs it again asks anew."),
        button=_("End it"),
        then=_page(exception),
    )


def _page(exception):
    return reverse("home:contact_exception", args=[exception.pk])
