"""Make the demo, step by step, all of it or nothing."""

from datetime import timedelta
from random import Random
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now as right_now
from django.utils.translation import gettext as _

from harmony.notifications.models import Delivery, Notice
from incidents.models import Monitoring, Report
from incidents.models.monitoring import QUESTIONS

from . import (
    contact,
    exports,
    joining,
    keeping,
    learned,
    new_people,
    online,
    pictures,
    place,
    platforms,
    policies,
    security,
    speaking,
    stories,
    training,
    young_people,
)
from .traces import Traces
from .year import year

BEGAN = 370  # days ago


def make(say=lambda line: None, now=None):
    """`say` hears a line for each step that is done."""
    now = now or right_now()
    begun = now - timedelta(days=BEGAN)
    with transaction.atomic():
        place.found(begun)
        joining.join(begun)
        cast = joining.active()
        place.settle(cast, begun, now)
        joining.come_and_go(cast, begun, now)
        joining.rota(cast, now)
        say(_("The organisation, %(count)d people who sign in, and their rota.") % {"count": len(cast)})
        young = young_people.gather(cast, begun, now)
        say(_("%(count)d young people, their groups, and who cares for them.") % {"count": len(young)})
        contact.fill(cast, now - timedelta(days=25), now)
        pictures.permit(cast, young, begun, now)
        policies.publish(cast, begun, now)
        learned.learn(cast, now)
        learned.follow_guidance(cast, now)
        training.teach(cast, begun, now)
        online.talk(cast, young, now)
        new_people.welcome(cast, begun, now)
        told, traces = {}, Traces()
        for story in in_order(now):
            stories.tell(story, cast, young, told, traces, now)
        words = speaking.tell(cast, now)
        traces.of_the_others(cast, now)
        _ask_who_was_harmed(cast, told)
        platforms.review_after(told["ai-image"].case, cast, now)
        security.review(cast, now)
        keeping.look_at_rights(cast, now)
        _leave_a_draft(cast)
        _told_at_the_time(now)
        say(_("A year of concerns: %(count)d cases.") % {"count": len(told)})
        exports.take_out(cast, told, traces, now)
        say(
            _("A young person who told us something: put in “%(words)s” at /safe/answer/.") % {"words": " ".join(words)}
        )
        say(_("Who came in and looked, and what was taken out on paper."))


def in_order(now):
    """Every story, the oldest first."""
    return sorted([*stories.named(), *year(now)], key=lambda story: story.timed(now)[0])


def _told_at_the_time(now):
    """Messages of the year behind us went out and were read: nobody gets a hundred old ones today.

    How far a message got is no record (see UNRECORDED) and has no steps: the dispatcher writes it row by row, and
    so does this. Who was told is the notice, and that is in the book.
    """
    of_old = Notice.objects.filter(created_at__lt=now - timedelta(days=1))
    Delivery.objects.filter(notice__in=of_old).update(status=Delivery.Status.SENT, sent_at=F("next_try_at"))
    of_old.read(now)


def _ask_who_was_harmed(cast, told):
    """Of most cases about a child, as whoever was harmed answered: for the times by group."""
    chance = Random(7)
    for one in told.values():
        case = one.case
        if case.track == "child" and case.triaged_at and not case.recusals.filter(user=cast["amara"]).exists():
            answers = {name: chance.choice(["", *groups, *groups]) for name, (_title, groups) in QUESTIONS.items()}
            Monitoring.of(case).take(**answers, by=cast["amara"], at=case.triaged_at)


def _leave_a_draft(cast):
    """One report that was begun and not sent."""
    Report.begin(
        cast["jamie"],
        uuid4(),
        danger=Report.Danger.NO,
        about_us=False,
        who="Orla G (15)",
        facts="Orla was quiet again tonight and asked what time",
    )
