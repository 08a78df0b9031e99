"""What this room gives to others: figures for the week, whose role training has run out, and whether people are trained."""

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from harmony import between

from . import access, agreeing, delivery
from .facts import told
from .models import Agreed, Audience, Completion, Induction, Owed, Requirement, Resource, Rhythm, Topic
from .needs import Coverage
from .times import standing


@between.week.offer
def week(user, at):
    """The digest of those who keep training: how many have a gap, and what waits to be checked."""
    if access.may_keep(user):
        late = Owed.objects.late(localdate(at)).exclude(course=None).values("user").distinct().count()
        yield between.Line(_("People whose training has run out or is not done"), late, reverse("training:matrix"))
        late = Owed.objects.late(localdate(at)).filter(course=None).count()
        yield between.Line(_("People whose supervision is late"), late, reverse("training:supervisions"))
        waiting = Completion.objects.to_check().count()
        yield between.Line(_("Training that waits to be checked"), waiting, reverse("training:to_check"))
        late = Induction.objects.open().filter(starts_on__lte=localdate(at)).count()
        yield between.Line(_("New people who are not ready, though their day has come"), late)
        stale = Resource.objects.to_check(localdate(at)).count()
        yield between.Line(_("Things in the library to look at again"), stale, reverse("training:library"))


@between.competence.offer
def competence(user, at=None):
    """What their role asks them to have learned and has run out: its title and its last day. One query."""
    late = Owed.objects.late(localdate(at)).filter(user=user, for_role=True).select_related("course")
    for owed in late:
        yield between.Lapse(owed.course.title, owed.due_on)


@between.rules.offer
def rules():
    """What each rests on (S3)."""
    yield between.Rule(
        "R42", _lazy("Nobody new works with young people before all that has to be there is there."), ("kcsie", "S23")
    )
    yield between.Rule(
        "R44", _lazy("Everybody is taught each form of abuse that the statement names."), ("kcsie", "S27")
    )
    yield between.Rule(
        "R46", _lazy("Whoever works cases has supervision, and it is written down."), ("working-together", "S23")
    )


@between.retention_classes.offer
def kept():
    yield between.KeptFor(
        "training",
        _lazy("Who has learned what, and supervision"),
        6,
        _lazy("The day they leave us."),
        _lazy("We may have to show that people were prepared. Claims can be made for six years."),
        ("ico-storage",),
    )
    yield between.KeptFor(
        "dbs",
        _lazy("The decision on a DBS check, and that references were had"),
        6,
        _lazy("The day they leave us."),
        _lazy("We may have to show that people were checked. Of the certificate itself we keep nothing."),
        ("ico-storage",),
    )
    yield between.KeptFor(
        "talks",
        _lazy("What was done on online safety with each group"),
        6,
        _lazy("The day it was held."),
        _lazy("We may have to show that young people were taught how to be safe. Claims can be made for six years."),
        ("ico-storage",),
    )
    yield between.KeptFor(
        "agreement",
        _lazy("The online agreement that a young person signed"),
        3,
        _lazy("The day they leave us."),
        _lazy("It shows what they were told. After that nobody needs it."),
        ("ico-storage",),
    )


@between.proofs.offer
def people_are_trained(user, at):
    """S23: whoever has to learn something has, and whoever has supervision had it in time; worked out for this day."""
    page, on = reverse("training:topics"), localdate(at)
    if not Requirement.objects.standing(on).exists():
        yield between.Proof("S23", "red", _("Nobody here is asked to do any training."), page)
        return
    if not Rhythm.objects.standing(on).exists():
        yield between.Proof("S23", "amber", _("Nobody here is asked to have supervision."), page)
    coverage = Coverage(told().facts, on)
    gaps = {who: {what for what, cell in coverage.row(who).items() if cell.gap} for who in coverage.people}
    behind = sum(map(bool, gaps.values()))
    for_role = any(coverage.is_for_role(who, what) for who, lacking in gaps.items() for what in lacking)
    unsupervised = sum(one.due_on < on for one in standing(on))
    if behind:
        says = ngettext(
            "The training of %(count)d person has run out or was not done.",
            "The training of %(count)d people has run out or was not done.",
            behind,
        )
        yield between.Proof("S23", "red" if for_role else "amber", says % {"count": behind}, page)
    if unsupervised:
        says = ngettext(
            "%(count)d person has not had supervision in time.",
            "%(count)d people have not had supervision in time.",
            unsupervised,
        )
        yield between.Proof("S23", "amber", says % {"count": unsupervised}, page)
    if not behind and not unsupervised:
        says = _("Everybody has the training they need, and those who have supervision had it in time.")
        yield between.Proof("S23", "green", says, page)


@between.proofs.offer
def each_form_of_abuse_is_taught(user, at):
    """S27: everybody who works here has learned about each form of abuse that the statement names."""
    page, coverage = reverse("training:topics"), Coverage(told().facts, localdate(at))
    found = {topic: coverage.topic(topic) for topic in Topic if topic != Topic.RADICALISATION}
    missing = [str(topic.label) for topic, on in found.items() if on.missing]
    if missing or not coverage.people:
        says = _("Not everybody has learned about: %(topics)s.") % {"topics": ", ".join(missing)}
        yield between.Proof("S27", "red", says, page)
    elif any(on.to_come for on in found.values()):
        yield between.Proof("S27", "amber", _("Some who are new have not learned about each form of abuse yet."), page)
    else:
        yield between.Proof("S27", "green", _("Everybody here has learned about each of the six forms of abuse."), page)


@between.proofs.offer
def online_safety_is_talked_about(user, at):
    """S16, S17: each group heard about each topic within the year, and so did the parents."""
    page, year = reverse("training:online"), delivery.Year(delivery.told(), localdate(at))
    heard, of_all = delivery.figures(year)[Audience.YOUNG]
    lacking = sum(bool(delivery.gaps(cells)) for _key, _name, cells in year.rows(Audience.YOUNG))
    if not heard:
        yield between.Proof("S16", "red", _("Nobody has talked with a group about online safety this year."), page)
    elif lacking:
        says = ngettext(
            "%(count)d group has not heard about every online topic this year.",
            "%(count)d groups have not heard about every online topic this year.",
            lacking,
        )
        yield between.Proof("S16", "amber", says % {"count": lacking}, page)
    else:
        yield between.Proof("S16", "green", _("Each group has heard about every online topic this year."), page)
    if of_all and not delivery.figures(year)[Audience.PARENTS][0]:
        yield between.Proof("S17", "amber", _("No parents were invited to hear about online safety this year."), page)
    elif of_all:
        yield between.Proof("S17", "green", _("Parents were invited to hear about online safety this year."), page)


@between.proofs.offer
def young_people_have_agreed(user, at):
    """S16: there is an agreement in their words, and each young person in a group has signed it."""
    page = reverse("training:agreements")
    if not Agreed.newest():
        yield between.Proof("S16", "amber", _("There is no online agreement for young people yet."), page)
    elif lacking := agreeing.without(localdate(at)):
        says = ngettext(
            "%(count)d young person has not signed the online agreement.",
            "%(count)d young people have not signed the online agreement.",
            lacking,
        )
        yield between.Proof("S16", "amber", says % {"count": lacking}, page)
    else:
        yield between.Proof("S16", "green", _("All young people in our groups have signed the online agreement."), page)
