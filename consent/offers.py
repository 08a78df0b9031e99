"""What this room gives to others: what is out on a channel that is stopped is taken down; what went wrong with a picture,
written into a new report for whoever tells of it; whether pictures are out only where everybody in them agreed."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from harmony import between
from harmony.between import Proof, Rule
from harmony.look.words import clock_time, day

from .breach import TELL_WITHIN, publication_of
from .models import FamilyLink, Permission, Publication, TakeDown, Use

A_WHILE = timedelta(hours=2)  # in which a letter goes out


@between.channel_stopped.offer
def take_down_what_is_out(channel, at):
    """It is used no longer: whatever is out there is looked at by somebody."""
    for use in Use.objects.select_for_update().filter(channel=channel).order_by("pk"):  # nothing is published meanwhile
        for publication in use.publications.standing():
            publication.is_to_be_taken_down(TakeDown.Because.CHANNEL, at=at)
    return ()


@between.retention_classes.offer
def kept():
    yield between.KeptFor(
        "consent",
        _lazy("Permission for pictures"),
        3,
        _lazy("The day the last picture was taken down, or the permission was withdrawn."),
        _lazy("A family may ask later who agreed to what."),
        ("ico-storage",),
    )


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


@between.facts.offer
def counts(since, until):
    span = (since, until)
    said = Permission.objects.filter(said_at__date__range=span).count()
    yield between.Line(_("Times somebody said yes or no to pictures"), said)
    out = Publication.objects.filter(published_on__range=span).count()
    yield between.Line(_("Pictures published"), out)
    ended = TakeDown.objects.filter(ended_at__date__range=span).count()
    yield between.Line(_("Pictures to take down that were dealt with"), ended)


@between.proofs.offer
def only_with_permission(user, at):
    """S22: nothing is out that somebody in it does not agree to, and what has to come down does in time."""
    page = reverse("consent:take_downs")
    late, open_ = TakeDown.objects.waiting(at).count(), TakeDown.objects.open().count()
    if late or Publication.objects.without_a_task(localdate(at)).exists():
        yield Proof("S22", "red", _("A picture is still out that should have been taken down by now."), page)
    elif open_:
        says = ngettext(
            "%(count)d picture is being taken down, and there is still time.",
            "%(count)d pictures are being taken down, and there is still time.",
            open_,
        )
        yield Proof("S22", "amber", says % {"count": open_}, page)
    else:
        yield Proof("S22", "green", _("Every picture that is out has permission from everybody in it."), page)


@between.proofs.offer
def parents_answer_themselves(user, at):
    """S17: parents say yes or no by a link of their own; no letter that carries one lies about unsent."""
    page = reverse("consent:campaigns")
    unsent = FamilyLink.objects.standing(at).filter(campaign__isnull=False, sent_at=None, made_at__lt=at - A_WHILE)
    if unsent.exists():
        yield Proof("S17", "amber", _("A letter to a parent has not gone out."), page)
    else:
        says = _("Parents answer by a link of their own, and see and take back by it what they said.")
        yield Proof("S17", "green", says, page)


@between.rules.offer
def rules():
    """What each rests on (S3)."""
    yield Rule("R37", _lazy("A picture needs a written yes, for one purpose and one channel."), ("S22",))
    yield Rule("R38", _lazy("A no of anybody who is asked counts, and can be said at any time."), ("S22",))
    yield Rule("R39", _lazy("Permission is asked for again after a year, and at 13, 16 and 18."), ("S22",))
    yield Rule(
        "R40", _lazy("Whether the regulator is told of a wrong picture is decided within 72 hours."), ("data-breaches",)
    )
    yield Rule("R41", _lazy("Why a young person is never shown is read by nobody who makes pictures."), ("S22",))
