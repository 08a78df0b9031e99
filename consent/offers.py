"""What this room gives to others: what is out on a channel that is stopped is taken down; and what went wrong with a
picture, written into a new report for whoever tells of it."""

from django.core import signing
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from harmony import between
from harmony.look.words import clock_time, day

from .breach import TELL_WITHIN, publication_of
from .models.publications import take_down_all_on


@between.channel_stopped.offer
def take_down_what_is_out(channel, at):
    take_down_all_on(channel, at)
    return ()


@between.prefill.offer
def a_wrong_publication(token, user):
    """What it was, where and since when, who is in it, and by when it is decided whether the regulator is told."""
    try:
        publication = publication_of(token, user)
    except signing.BadSignature:
        return
    if not publication:
        return
    task = publication.take_downs.order_by("opened_at").first()
    known = task.opened_at if task else None
    lines = [
        _("A picture of young people was out, and not everybody in it had agreed to that."),
        _("What it shows: %(what)s") % {"what": publication.image.what},
        _("Where it was: %(use)s, %(place)s") % {"use": publication.use, "place": publication.place},
        _("Since: %(day)s") % {"day": day(publication.published_on)},
        _("Why it may not be there: %(why)s") % {"why": task.get_because_display()} if task else "",
        _("Taken down: %(when)s") % {"when": clock_time(publication.ended_at)}
        if publication.ended_at
        else _("Taken down: not yet"),
        _("This may be a data breach. We decide whether to tell the regulator (the ICO) by %(by)s.")
        % {"by": clock_time(known + TELL_WITHIN)}
        if known
        else "",
    ]
    people = [shown.young_person.name for shown in publication.image.appearances.select_related("young_person")]
    yield between.Prefilled(
        {
            "who": ", ".join(sorted(people)),
            "facts": "\n".join(filter(None, lines)),
            "doors": "our-own",
            "happened_on": min(publication.published_on, localdate()),
        },
        _("What we know of the picture is written into your report already. You can change it before you send it."),
    )
