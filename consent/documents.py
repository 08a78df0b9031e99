"""What the room puts on paper: all that was said about pictures of one young person, and the sheet for an event."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmony.documents import kinds
from harmony.encryption.fields import load_keys
from harmony.look.words import clock_time, day
from harmony.people.models import Group, YoungPerson

from . import access, sheets
from .models import Publication, Use


def register():
    kinds.register(
        kinds.Kind(
            code="permission",
            title=gettext_lazy("Permission for pictures of a young person"),
            label=lambda one: _("one young person"),
            records=_young_people,
            may=lambda user, one: access.may_see_consents(user),
            gather=permission,
            template="consent/permission_pdf.html",
            about=gettext_lazy(
                "All that was said about pictures of one young person: by whom, when, how we know, to which words. "
                "And each picture of them that is or was out. It names them."
            ),
            classification=gettext_lazy("Confidential: permission for pictures"),
        )
    )
    kinds.register(
        kinds.Kind(
            code="event-sheet",
            title=gettext_lazy("Sheet for an event"),
            label=lambda group: group.name,
            records=lambda user: Group.objects.visible_to(user).running(),
            may=lambda user, group: access.may_ask(user),
            gather=lambda group, export, at: sheets.sheet(group, at),
            passing=("made", "until"),
            template="consent/sheet_pdf.html",
            about=gettext_lazy(
                "Each young person of a group, and what a picture of them may be used for. It ends after 24 hours. It names them."
            ),
            classification=gettext_lazy("Confidential: ends after 24 hours"),
        )
    )


def _young_people(user):
    found = YoungPerson.objects.visible_to(user)
    return found if access.may_see_consents(user) else found.none()


def permission(one, export, at):
    """Never why somebody is not to be shown: whoever may read that reads it on the page."""
    never, age = one.never_shown.standing().first(), one.age(localdate(at))
    return {
        "name": one.name,
        "age": "" if age is None else str(age),
        "never": day(never.since) if never else "",
        "uses": list(_uses(one)),
        "out": list(_out(one)),
    }


def _uses(one):
    known = {consent.use_id: consent for consent in one.consents.prefetch_related("permissions__wording")}
    load_keys([said for consent in known.values() for said in consent.permissions.all()])
    for use in Use.objects.open_or(known).select_related("purpose", "channel"):
        consent = known.get(use.pk)
        yield {
            "use": str(use),
            "stands": str(consent.get_status_display()) if consent else _("Never asked"),
            "until": day(consent.last_day) if consent and consent.covers_until else "",
            "said": [_said(said) for said in consent.permissions.all()] if consent else [],
        }


def _said(said):
    return {
        "when": clock_time(said.said_at),
        "side": str(said.get_side_display()),
        "who": said.who,
        "says": str(said.get_says_display()),
        "how": ", ".join(filter(None, [str(said.get_how_display()), said.evidence])),
        "words": _("Words no. %(version)s") % {"version": said.wording.version},
        "terms": ", ".join(filter(None, [str(said.get_name_shown_display()), said.conditions])),
    }


def _out(one):
    found = Publication.objects.showing(one).select_related("image", "use__purpose", "use__channel")
    found = list(found.prefetch_related("take_downs"))
    load_keys([record for publication in found for record in (publication, publication.image)])
    for publication in found:
        yield {
            "what": publication.image.what,
            "where": f"{publication.use}, {publication.place}",
            "since": day(publication.published_on),
            "until": clock_time(publication.ended_at) if publication.ended_at else _("It is out"),
        }
