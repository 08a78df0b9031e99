"""Who is here: the list, a person, inviting, suspending, leaving."""

import logging
from smtplib import SMTPException

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from harmony import between
from harmony.look.words import day

from .. import access, leaving, sessions
from ..asking import ask
from ..doors import allowed, confirmed, opens
from ..forms.accounts import ComeBackForm, DetailsForm, InviteForm, LeaveForm
from ..forms.fields import WhyForm
from ..inviting import invite, invite_again, send_invitation
from ..models import Appointment, Membership, User
from ..unfinished import answered, filled

log = logging.getLogger(__name__)
PAGE = 50
TONES = {
    User.Status.INVITED: ("amber", "mail"),
    User.Status.ACTIVE: ("green", "check"),
    User.Status.SUSPENDED: ("red", "lock"),
    User.Status.LEFT: ("plain", ""),
}


@allowed(access.may_see_people)
def people(request):
    """Everybody, by name, as far as asked for."""
    asked = {"q": request.GET.get("q", "").strip()[:150], "status": request.GET.get("status", "")}
    found = User.objects.visible_to(request.user).filter(name__icontains=asked["q"])
    found = found.filter(status=asked["status"]) if asked["status"] in User.Status else found.exclude(status="left")
    page = Paginator(found.prefetch_related(*_standing()).order_by("name", "email"), PAGE).get_page(
        request.GET.get("page")
    )
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in asked.items() if value})
    shown = {"page": page, "rows": [_row(user) for user in page], "query": query.urlencode() + "&" if query else ""}
    may = {"may_invite": access.may_invite(request.user), "statuses": User.Status.choices}
    may["may_review"] = request.user.holds(*access.OTHER_APPOINTERS)
    may["may_see_relationships"] = access.may_see_relationships(request.user)
    return render(request, "people/people.html", shown | asked | may)


def _standing():
    return (
        Prefetch("memberships", Membership.objects.standing(), to_attr="kinds_now"),
        Prefetch("appointments", Appointment.objects.standing(), to_attr="posts_now"),
    )


def _row(user):
    return {
        "name": user.name,
        "url": reverse("people:person", args=[user.pk]),
        "kinds": ", ".join(held.get_kind_display() for held in user.kinds_now),
        "posts": ", ".join(held.get_post_display() for held in user.posts_now),
        "tone": TONES[user.status][0],
        "icon": TONES[user.status][1],
        "status": user.get_status_display(),
    }


@opens(User)
def person(request, person):
    """One person: what they are, their posts, their groups, where they are signed in."""
    me = request.user
    giving = access.posts_to_give(me) if me.pk != person.pk else ()
    page = {
        "person": person,
        "tone": TONES[person.status],
        "memberships": [_dated(held, held.get_kind_display()) for held in person.memberships.all()],
        "posts": [
            _dated(held, held.get_post_display()) | {"may_end": held.post in giving and held.last_day is None}
            for held in person.appointments.all()
        ],
        "groups": [_dated(held, held.group.name) for held in person.groups_worked.select_related("group")],
        "signed_in": sessions.of(person).count(),
        "absences": [f"{_('until')} {day(away.ends_at)}" for away in person.absences.at()],
        "may": _may(me, person, giving),
    }
    if access.may_see_relationships(me, person):
        page["related"] = close_to(person)
    return render(request, "people/person.html", page)


def close_to(person):
    """The relationships this person declared, in words. (A child's name stays on the page made for it.)"""
    standing = person.relationships.standing().select_related("other")
    return [
        {"pk": held.pk, "what": held.get_kind_display(), "who": held.other.name if held.other else _("a young person")}
        for held in standing
    ]


def _dated(held, what):
    when = _("from %(first)s") % {"first": day(held.starts_on)}
    if held.last_day:
        when = _("%(first)s to %(last)s") % {"first": day(held.starts_on), "last": day(held.last_day)}
    return {"pk": held.pk, "what": what, "when": when, "stands": held.stands(), "open": held.ends_on is None}


def _may(me, person, giving):
    suspend, invites = access.may_suspend(me, person), access.may_invite(me)
    return {
        "see_people": access.may_see_people(me),
        "change": access.may_change_details(me, person),
        "appoint": bool(giving) and person.status != "left",
        "membership": access.may_change_membership(me, None) and person.status != "left",
        "suspend": suspend and person.status == "active",
        "vouch": person.status == "active" and access.may_vouch(me, person),
        "restore": suspend and person.status == "suspended",
        "leave": suspend and person.status != "left",
        "invite_again": invites and person.status == "invited",
        "come_back": invites and person.status == "left",
        "away": access.may_keep_rota(me) and person.status == "active" and me.pk != person.pk,
    }


@allowed(access.may_invite)
@confirmed
def invite_person(request):
    form, made = filled(InviteForm, request, by=request.user), []
    if answered(request, form) and form.take(lambda **told: made.extend(invite(**told)), by=request.user):
        _send(request, *made)
        return redirect("people:person", made[0].pk)
    asked = {"form": form, "heading": _("Invite somebody"), "button": _("Send the invitation")}
    return render(request, "people/ask.html", asked | {"back": reverse("people:people")}, status=form.status)


@require_POST
@opens(User, may=access.may_invite)
def send_again(request, person):
    if person.status == User.Status.INVITED:
        _send(request, person, invite_again(person, by=request.user))
    return redirect("people:person", person.pk)


def _send(request, user, link):
    try:
        send_invitation(user, link)
    except (OSError, SMTPException):
        log.exception("an invitation could not be sent")
        messages.error(request, _("The e-mail could not be sent. Check the mail settings, then send it again."))
    else:
        messages.success(request, _("The invitation is on its way. The link works for a week."))


@opens(User, may=access.may_change_details)
def details(request, person):
    form = filled(DetailsForm, request, initial={"name": person.name, "phone": person.phone})
    return ask(
        request,
        form,
        person.change_details,
        heading=_("Name and phone"),
        button=_("Save the details"),
        then=_page(person),
    )


@opens(User, may=access.may_suspend)
def suspend(request, person):
    return ask(
        request,
        filled(WhyForm, request),
        person.suspend,
        heading=_("Suspend %(name)s?") % {"name": person.name},
        says=_("They are signed out everywhere at once, and cannot sign in. Nothing of theirs is lost."),
        button=_("Suspend this account"),
        then=_page(person),
        done=_("The account is suspended."),
    )


@opens(User, may=access.may_suspend)
@confirmed
def restore(request, person):
    return ask(
        request,
        filled(WhyForm, request),
        person.restore,
        heading=_("Let %(name)s sign in again?") % {"name": person.name},
        button=_("Restore this account"),
        then=_page(person),
        done=_("They can sign in again."),
    )


@opens(User, may=access.may_suspend)
def leave(request, person):
    work = between.handover(person, asked_by=request.user)
    form = filled(LeaveForm, request, work=work)
    return ask(
        request,
        form,
        lambda by, last_day, why, **_takers: leaving.leave(person, given=form.given, last_day=last_day, why=why, by=by),
        heading=_("%(name)s leaves") % {"name": person.name},
        says=_("Their sign-in ends at once. Posts, groups and rota slots end after the last day."),
        warns=" ".join(
            _("Nobody can take this over: %(what)s.") % {"what": piece.what} for piece in work if not piece.takers
        ),
        button=_("Record that they left"),
        then=_page(person),
        done=_("Their account has ended."),
    )


@opens(User, may=access.may_invite)
@confirmed
def come_back(request, person):
    form = filled(ComeBackForm, request)
    if answered(request, form) and form.take(person.come_back, by=request.user):
        _send(request, person, invite_again(person, by=request.user))
        return redirect(_page(person))
    asked = {"form": form, "heading": _("Invite %(name)s again") % {"name": person.name}, "back": _page(person)}
    return render(request, "people/ask.html", asked | {"button": _("Send the invitation")}, status=form.status)


def _page(person):
    return reverse("people:person", args=[person.pk])
