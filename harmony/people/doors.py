"""Doors: the one way from a request to a record, and to a page that not everybody may open.

@opens(Case)          signed in, and may see it: the view gets the record, the reading is noted
@opens(Case, may=may_triage)  and may take this step; whoever only sees it is told so (403)
@keeps(HelpContact, may_set_up) for what stands on public pages and lists: whoever may change it gets it, nothing is noted
@opens_by(Invitation) whoever holds the link
@allowed(may_invite)  signed in, and may: for pages that are not about one record
@confirmed            under one of these: whoever has not shown again lately that it is them does so first
@open_to_all          strangers too; every other page is shut (tests/test_house.py)
"""

import time
from functools import wraps
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from harmony.audit.events import note

# Wrong links from one address. A token has 256 bits: this only keeps the noise down.
GUESSES = {"app": "harmony", "action": "link", "config": {"link": "20/10m/ip"}, "limit_get": True}
CONFIRMED_FOR = 30 * 60  # seconds to fill in a form that was opened after showing again that it is you


def open_to_all(view):
    """Mark a page that strangers may open. Other decorators copy the mark."""
    view.open_to_all = True
    return view


def is_a_door(view):
    """Mark what hands a view its record only if the reader may have it: every record of an address comes through one.

    For doors made elsewhere, with rules of their own; those below are marked already (tests/test_doors.py).
    """
    view.is_a_door = True
    return view


def opens(model, may=None, *, joined=(), unseen=None):
    """Hand the view a record its reader may see, and note in the book that they read it.

    Cannot see it, or there is none: the same 404. Cannot be noted: no page. `joined` is read along with
    it. `unseen(request, pk)` may answer in words whoever knows of the record without seeing it.
    """

    def decorate(view):
        @is_a_door
        @login_required
        @wraps(view)
        def door(request, pk, **kwargs):
            try:
                record = _joined(model.objects.visible_to(request.user), joined).get(pk=pk)
            except model.DoesNotExist:
                return _not_for_them(request, pk, unseen)
            if may and not may(request.user, record):
                raise PermissionDenied(_("You can see this, but this step is not yours to take."))
            response = view(request, record, **kwargs)
            if shows(response):
                note("read", by=request.user, about=record)
            return response

        return door

    return decorate


def _joined(records, joined):
    return records.select_related(*joined) if joined else records  # given no name, Django would follow every key


def _not_for_them(request, pk, unseen):
    if answer := unseen and unseen(request, pk):
        return answer
    raise Http404


def opens_by(model, asks="opened_by"):
    """Hand the view what a token opens. Unknown, used and expired links meet one page, after one query.

    `asks`: which question of its queryset, where a link opens something after it was used too.
    """

    def decorate(view):
        @is_a_door
        @open_to_all
        @wraps(view)
        def door(request, token, **kwargs):
            # refused for guessing too often, or nothing behind it: nobody learns which
            within = ratelimit.consume(request, **GUESSES, dry_run=True)
            record = getattr(model.objects, asks)(token).first() if within else None
            response = view(request, record, **kwargs) if record else no_such_link(request)
            if record and shows(response):
                note("read", by="holder of link", about=record)
            return _without_referrer(response)

        return door

    return decorate


def allowed(may):
    """For pages that are not about one record: whoever may not open it gets the 404 of a missing page."""

    def decorate(view):
        @login_required
        @wraps(view)
        def door(request, *args, **kwargs):
            if not may(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        door.may = may
        return door

    return decorate


def leads(user, address):
    """Whether a link to this page, which is not about one record, would open: one that would not is not shown."""
    may = getattr(resolve(address.split("?")[0]).func, "may", None)
    return may is None or may(user)


def confirmed(view):
    """Before a record leaves the building, or a right or key changes hands, its user proves again who they are.

    Innermost, under the door: whoever may not open a page meets what it answers, not this. Asked when
    the form is opened, so that no typed word has to wait in a session meanwhile.
    """

    @wraps(view)
    def door(request, *args, **kwargs):
        if did_recently_reauthenticate(request):
            request.session["confirmed_at"] = time.time()
        elif request.method == "GET" or time.time() - request.session.get("confirmed_at", 0) > CONFIRMED_FOR:
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return door


def keeps(model, may):
    """Hand the view a record in which nothing is secret, to whoever keeps it right: to everybody else it is not there."""

    def decorate(view):
        @is_a_door
        @allowed(may)
        @wraps(view)
        def door(request, pk, **kwargs):
            return view(request, get_object_or_404(model, pk=pk), **kwargs)

        return door

    return decorate


def shows(response):
    """Whether this shows the record: a redirect after a change does not, a form shown again does."""
    return not 300 <= response.status_code < 400 and response.status_code not in (204, 404)


def no_such_link(request):
    ratelimit.consume(request, **GUESSES)
    return render(request, "people/no_such_link.html", status=404)


def _without_referrer(response):
    # Not "no-referrer": browsers then send "Origin: null" with the form, which Django refuses (decision 0030).
    response["Referrer-Policy"] = "strict-origin"
    return response
