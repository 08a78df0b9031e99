"""Asking a whole group: beginning, how far it has come and who is left, and ending."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from harmony.audit.events import note_list
from harmony.encryption.fields import load_keys
from harmony.look.forms import Form
from harmony.look.words import day
from harmony.people.asking import ask
from harmony.people.doors import allowed, opens
from harmony.people.models import Group
from harmony.people.unfinished import answered, filled

from .. import access
from ..campaigning import unanswered
from ..forms.campaigns import CampaignForm
from ..models import Campaign
from ..models.campaigns import A_DAY, parents_of

A_PAGE = 25


@allowed(access.may_see_consents)
def campaigns(request):
    page = Paginator(Campaign.objects.select_related("group"), A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "rows": [_row(one) for one in page], "may_keep": access.may_keep(request.user)}
    return render(request, "consent/campaigns.html", shown)


def _row(campaign):
    running = campaign.status == Campaign.Status.RUNNING
    late = running and campaign.due_at <= now()
    tone = "red" if late else "teal" if running else "plain"
    return {
        "campaign": campaign,
        "due": day(campaign.due_at - A_DAY),
        "begun": day(campaign.begun_at),
        "pill": (tone, _("Past its day") if late else campaign.get_status_display()),
    }


@allowed(access.may_keep)
def begin_campaign(request):
    free = Group.objects.visible_to(request.user).running().exclude(campaigns__in=Campaign.objects.running())
    form, made = filled(CampaignForm, request, groups=free), Campaign()

    def begin(group, due_on, *, by):
        made.group = group
        made.begin(due_on, by=by)

    if answered(request, form) and form.take(begin, by=request.user):
        return redirect("consent:campaign", made.pk)
    asked = {
        "form": form,
        "heading": _("Ask a whole group"),
        "says": _(
            "Each parent or carer who may decide gets an e-mail with a link of their own. If they do not answer, two more follow. "
            "For those without an address, and for the young people, you make links one by one."
        ),
        "button": _("Begin to ask"),
        "back": reverse("consent:campaigns"),
    }
    return render(request, "people/ask.html", asked, status=form.status)


@opens(Campaign, joined=("group",))
def campaign(request, campaign):
    """How many have answered everything, and who has not: with how they were asked."""
    at = now()
    many, left = campaign.people(localdate(at)).count(), unanswered(campaign, at)
    asked = _asked(campaign, [one for one, _of in left])
    shown = {
        "many": many,
        "done": many - len(left),
        "left": [(one, *asked[one.pk]) for one, _of in left],
        "may_keep": access.may_keep(request.user),
        "running": campaign.status == Campaign.Status.RUNNING,
    }
    note_list("list", by=request.user, page="families asked", references=[one.pk.hex for one, _of in left])
    return render(request, "consent/campaign.html", shown | _row(campaign))


def _asked(campaign, people):
    """{young person's key: (tone, words)} of the letters to their parents. Never an address."""
    cares = list(parents_of(people))
    load_keys([care.carer for care in cares])
    reached = {care.young_person_id for care in cares if care.carer.email}
    sent = {}
    for link in campaign.links.exclude(sent_at=None).order_by("sent_at"):
        sent[link.young_person_id] = day(link.sent_at)
    failed = set(campaign.links.filter(sent_at=None, expires_at__lte=now()).values_list("young_person", flat=True))
    return {one.pk: _how(one.pk, reached, sent, failed) for one in people}


def _how(key, reached, sent, failed):
    if key in sent:
        return "plain", _("E-mail sent on %(day)s") % {"day": sent[key]}
    if key in failed:
        return "red", _("The e-mail came back")
    return ("plain", _("E-mail to be sent")) if key in reached else ("amber", _("No address: ask another way"))


@opens(Campaign, may=lambda user, campaign: access.may_keep(user))
def end_campaign(request, campaign):
    return ask(
        request,
        filled(Form, request),
        campaign.end,
        heading=_("Stop asking this group?"),
        says=_("No more e-mails and no more reminders. The links that were sent can still be answered."),
        button=_("Stop asking"),
        then=reverse("consent:campaign", args=[campaign.pk]),
    )
