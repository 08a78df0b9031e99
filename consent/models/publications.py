"""Pictures, who is in them, where each was used, and taking it down again. The picture itself need not be kept here."""

from datetime import timedelta

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.events import event
from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import NEW, Refused, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.notifications.models import Notice
from harmony.organisation.models import Channel
from harmony.organisation.worktime import A_DAY, working_time
from harmony.people.models import User, YoungPerson

from .. import access
from ..ladders import TAKE_DOWN, begin
from .consents import Consent
from .purposes import Use

TAKEN_DOWN_WITHIN = 2 * A_DAY  # working days, online and in our rooms (R38)


class ImageQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.consents_visible_to(user))


class Image(Recorded):
    """One picture or film: what it is and where it is kept. Its name may be a child's, so its words are sealed."""

    what = EncryptedTextField(_("what it shows"))
    kept = EncryptedTextField(_("where it is kept"), blank=True)
    taken_by = EncryptedTextField(_("who took it"), blank=True)
    taken_on = models.DateField(_("when it was taken"), null=True, blank=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_on"]

    def __str__(self):
        return f"Image {str(self.pk)[:8]}"

    @transition(source=NEW, to=None, may=access.may_keep)
    def add(self, what, kept, taken_by, taken_on, *, by):
        self.what, self.kept, self.taken_by, self.taken_on = what, kept, taken_by, taken_on

    def show_all(self, people, *, by, at=None):
        """These are in it, while nobody takes back what they said."""
        with Use.held(), event("show", by=by, about=self, at=at):
            for one in people:
                self.show(one, by=by, at=at)

    @transition(source=None, to=None, may=access.may_keep)
    def show(self, young_person, *, by, at):
        """This young person is in it. Where it is out already and they did not agree, it is to be taken down."""
        _appearance, new = self.appearances.get_or_create(young_person=young_person)
        if new:
            for publication in self.publications.standing():
                if not publication.covers(young_person, localdate(at)):
                    publication.is_to_be_taken_down(TakeDown.Because.NOT_ASKED, at=at)


class Appearance(Recorded):
    """Somebody is in a picture."""

    image = models.ForeignKey(Image, models.PROTECT, related_name="appearances")
    root = RootField("image")
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="appearances")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "young_person"], name="in_a_picture_once")]

    def __str__(self):
        return f"{self.young_person} in {self.image}"


class PublicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.consents_visible_to(user))

    def standing(self):
        return self.filter(ended_at=None)

    def showing(self, young_person):
        return self.filter(image__appearances__young_person=young_person)

    def uncovered(self, on=None):
        """Those that are out and show somebody whom nothing covers on this day."""
        covering = Consent.objects.covering(on).filter(
            young_person=models.OuterRef("young_person"), use=models.OuterRef(models.OuterRef("use"))
        )
        alone = Appearance.objects.filter(image=models.OuterRef("image")).exclude(models.Exists(covering))
        return self.standing().filter(models.Exists(alone))

    def without_a_task(self, on=None):
        """Those of them, and those on a channel that is used no longer, that nobody has been asked to take down."""
        stopped = self.standing().filter(use__channel__status=Channel.Status.STOPPED)
        return self.filter(
            models.Q(pk__in=self.uncovered(on).values("pk")) | models.Q(pk__in=stopped.values("pk"))
        ).exclude(models.Exists(TakeDown.objects.open().filter(publication=models.OuterRef("pk"))))


class Publication(Recorded):
    """A picture, out on one use from a day on. The database refuses one that somebody in it did not agree to (S22)."""

    image = models.ForeignKey(Image, models.PROTECT, related_name="publications")
    root = RootField("image")
    use = models.ForeignKey(Use, models.PROTECT, related_name="publications")
    place = EncryptedTextField(_("where exactly"))
    proof = EncryptedTextField(_("how it looked"), blank=True)
    published_on = models.DateField()
    was_covered = models.BooleanField(default=True)  # else it was found out there, and is to be taken down
    ended_at = models.DateTimeField(null=True, blank=True)  # taken down; or printed, and not to be called back

    objects = PublicationQuerySet.as_manager()
    guards = [
        Guard(
            on=("INSERT",),
            refuse_when="""NEW.was_covered AND EXISTS (
                SELECT 1 FROM consent_appearance AS shown WHERE shown.image_id = NEW.image_id
                AND (EXISTS (
                    SELECT 1 FROM consent_nevershown AS never
                    WHERE never.young_person_id = shown.young_person_id AND never.lifted_at IS NULL)
                OR NOT EXISTS (
                    SELECT 1 FROM consent_consent AS given
                    WHERE given.young_person_id = shown.young_person_id AND given.use_id = NEW.use_id
                    AND given.covers_from <= NEW.published_on AND NEW.published_on < given.covers_until)))""",
            say=gettext_noop("Not everybody in this picture has agreed to this use, so it cannot be published there."),
            lock="consent_use",
            lock_by="use_id",
        ),
        Guard(
            on=("INSERT",),
            refuse_when="""NEW.was_covered AND NOT EXISTS (
                SELECT 1 FROM consent_use AS wanted
                JOIN consent_purpose AS purpose ON purpose.id = wanted.purpose_id AND purpose.status = 'in_use'
                JOIN organisation_channel AS channel ON channel.id = wanted.channel_id AND channel.status = 'approved'
                WHERE wanted.id = NEW.use_id
                AND NEW.published_on BETWEEN channel.approved_on AND channel.approved_until)""",
            say=gettext_noop("This channel or purpose is not approved today, so nothing can be published there."),
        ),
        Guard(
            on=("UPDATE",),
            refuse_when="""NEW.image_id <> OLD.image_id OR NEW.use_id <> OLD.use_id OR NEW.published_on <> OLD.published_on
                OR NEW.was_covered <> OLD.was_covered OR OLD.ended_at IS NOT NULL""",
            say=gettext_noop("What was published stays as it was written down."),
        ),
        Guard(
            on=("DELETE",),
            refuse_when="1 = 1",
            say=gettext_noop("What was published stays as it was written down."),
        ),
    ]

    class Meta:
        ordering = ["-published_on"]
        indexes = [models.Index(fields=["use"], condition=models.Q(ended_at=None), name="publications_that_stand")]

    def __str__(self):
        return f"{self.image} on {self.use}"

    @classmethod
    def put_out(cls, image, use, *, by, at=None, **told):
        """Written down that it is out, while nobody takes back what they said of it."""
        with Use.held(use.pk):
            publication = cls(image=image, use=use)
            publication.publish(**told, by=by, at=at)
        return publication

    def is_covered(self, on):
        """Whether everybody in it agrees to its use on this day."""
        return not type(self).objects.uncovered(on).filter(pk=self.pk).exists()

    def may_stay(self, on):
        """Everybody in it agrees, and its channel is approved."""
        return self.use.channel.is_approved(on) and self.is_covered(on)

    def covers(self, young_person, on):
        return Consent.objects.covering(on).filter(young_person=young_person, use=self.use_id).exists()

    @transition(source=NEW, to=None, may=access.may_keep)
    def publish(self, place, proof="", *, by, at):
        """It is out from today. Refused where it shows nobody we know of: then nobody can have agreed."""
        if not self.image.appearances.exists():
            raise Refused(_("Say first who is in it. If nobody is, it needs no permission and no line here."))
        self.place, self.proof, self.published_on = place, proof, localdate(at)

    @transition(source=NEW, to=None, may=access.may_keep)
    def find(self, place, published_on, *, by, at):
        """It is out there without permission: written down as it is, and to be taken down."""
        self.place, self.published_on, self.was_covered = place, published_on, False
        self.is_to_be_taken_down(TakeDown.Because.NOT_ASKED, at=at)

    @transition(source=None, to=None, may=access.may_hear)
    def look_again(self, *, by, at):
        """Does everybody in it agree still?"""
        if type(self).objects.without_a_task(localdate(at)).filter(pk=self.pk).exists():
            stopped = self.use.channel.status == Channel.Status.STOPPED
            self.is_to_be_taken_down(TakeDown.Because.CHANNEL if stopped else TakeDown.Because.EXPIRED, at=at)

    def is_to_be_taken_down(self, because, *, at):
        """Once, until it is down; those who keep permission are told. Part of the step that takes it away."""
        if self.ended_at is None and not self.take_downs.open().exists():
            begin(self.take_downs.create(because=because, opened_at=at, due_at=TakeDown.due(at)), at)


def take_down_what_is_not_covered(consent, at):
    """One consent covers nothing any more: what shows its young person on its use is to be taken down."""
    standing = Publication.objects.standing().filter(use=consent.use_id).showing(consent.young_person_id)
    because = TakeDown.Because.WITHDRAWN if consent.status == consent.Status.REFUSED else TakeDown.Because.EXPIRED
    for publication in standing.select_related("use"):
        publication.is_to_be_taken_down(because, at=at)


def take_down_all_of(young_person, at):
    """They are shown nowhere from now on."""
    for use in Use.objects.select_for_update().order_by("pk"):  # nothing is published meanwhile
        for publication in use.publications.standing().showing(young_person):
            publication.is_to_be_taken_down(TakeDown.Because.NEVER, at=at)


class TakeDownQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status=TakeDown.Status.OPEN)

    def waiting(self, at):
        """Those that should be down by then."""
        return self.open().filter(due_at__lte=at)

    def visible_to(self, user):
        return self.filter(access.take_downs_visible_to(user))


class TakeDown(Recorded):
    """Something that is out and may not be any more: whose task it is, by when, and what came of it."""

    class Status(models.TextChoices):
        OPEN = "open", _("To be taken down")
        DONE = "done", _("Taken down")
        STAYS = "stays", _("Cannot be called back")
        AGAIN = "again", _("May stay: all agree again")

    class Because(models.TextChoices):
        WITHDRAWN = "withdrawn", _("Permission was taken back")
        EXPIRED = "expired", _("Permission has run out")
        NEVER = "never", _("It may not be shown any more")
        NOT_ASKED = "not_asked", _("Nobody had agreed to it")
        CHANNEL = "channel", _("The channel is no longer used")

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="take_downs")
    root = RootField("publication")
    status = models.CharField(max_length=5, choices=Status, default=Status.OPEN)
    because = models.CharField(max_length=9, choices=Because)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="take_downs")
    ended_at = models.DateTimeField(null=True, blank=True)
    proof = EncryptedTextField(_("how you know that it is down"), blank=True)

    objects = TakeDownQuerySet.as_manager()
    guards = [
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="NEW.status <> 'open' AND NEW.proof = ''",
            say=gettext_noop("Say how you know that it is down."),
        )
    ]

    class Meta:
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication"], condition=models.Q(status="open"), name="one_open_take_down_each"
            ),
            models.CheckConstraint(
                name="a_take_down_that_ended_says_how",
                condition=models.Q(status="open", ended_at=None)
                | (~models.Q(status="open") & models.Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(status="open"), name="take_downs_by_when")]

    def __str__(self):
        return f"Taking down {self.publication}"

    @staticmethod
    def due(at):
        """Two working days; what is printed cannot be called back, and that is written down in the same time."""
        return working_time().add(at, TAKEN_DOWN_WITHIN) or at + timedelta(days=2)

    @transition(source={Status.OPEN}, to=None, may=access.may_keep)
    def give(self, owner, *, by):
        self.owner = owner

    @transition(source={Status.OPEN}, to=Status.DONE, may=access.may_take_down, done=_("took this down"))
    def done(self, proof, *, by, at):
        self._end(proof, at)
        Publication.objects.filter(pk=self.publication_id).update(ended_at=at)

    @transition(source={Status.OPEN}, to=Status.STAYS, may=access.may_take_down, done=_("closed this"))
    def stays(self, proof, *, by, at):
        """It is printed: it cannot be called back. What is left of it is not used again."""
        if self.publication.use.lasting != Use.Lasting.PAPER:
            raise Refused(_("This can be taken down. Take it down, or ask whoever runs the page to."))
        self._end(proof, at)
        Publication.objects.filter(pk=self.publication_id).update(ended_at=at)

    def let_stay(self, proof, *, by, at=None):
        """`agreed_again`, while nobody takes back what they said of it."""
        with Use.held(self.publication.use_id):
            self.agreed_again(proof, by=by, at=at)

    @transition(source={Status.OPEN}, to=Status.AGAIN, may=access.may_keep, done=_("let this stay"))
    def agreed_again(self, proof, *, by, at):
        """Meanwhile everybody in it agrees, and the channel is approved: it stands as if nothing had been."""
        if not self.publication.may_stay(localdate(at)):
            raise Refused(_("Not everybody in it agrees to this use today, so it cannot stay."))
        self._end(proof, at)

    def _end(self, proof, at):
        self.proof, self.ended_at = proof, at
        Notice.objects.of(self, TAKE_DOWN).stop(at)
