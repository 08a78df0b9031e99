"""A version of a policy: written, looked at, approved by somebody else, published. Once approved, its words stay (S2, S26).

Its SHA-256 is that of the file it is exported as, so that anybody can hold a copy against it.
"""

from datetime import timedelta
from hashlib import sha256

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from harmony.audit.guards import Guard
from harmony.audit.models import Recorded
from harmony.audit.transitions import GONE, NEW, Refused, StateMoved, transition
from harmony.encryption.fields import EncryptedTextField, RootField
from harmony.people.models import User

from .. import access, markdown
from .policies import Policy

SETTLED = "('approved', 'published', 'superseded', 'withdrawn')"
TO_READ = timedelta(days=14)
LINES = 3  # in which whoever wrote it says what changed


class VersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(access.versions_visible_to(user))

    def in_force(self):
        return self.filter(status=Version.Status.PUBLISHED)


class Version(Recorded):
    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("Being looked at")
        CHANGES = "changes", _("Changes asked for")
        APPROVED = "approved", _("Approved, not out yet")
        PUBLISHED = "published", _("In force")
        SUPERSEDED = "superseded", _("Replaced")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    WRITABLE = {Status.DRAFT, Status.CHANGES}
    OPEN = {*WRITABLE, Status.IN_REVIEW, Status.APPROVED}

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="versions")
    root = RootField("policy")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)  # counts who has saved it: nobody writes over another's words

    text = models.TextField(_("the policy"), blank=True)  # Markdown; {S4} at the end of a line: what it promises
    for_staff = models.TextField(_("for staff"), blank=True)
    for_young = models.TextField(_("for young people"), blank=True)
    for_parents = models.TextField(_("for parents"), blank=True)
    what_changed = models.TextField(_("what changed"), blank=True)
    is_material = models.BooleanField(_("people have to read it again"), default=True)
    quiz = models.TextField(_("questions"), blank=True)  # see quiz.py
    left_out = models.TextField(blank=True)  # what was dropped when it was brought in from a file, a line each

    sha256 = models.CharField(max_length=64, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    read_by = models.DateTimeField(null=True, blank=True)  # by when people are to agree
    counts_from = models.PositiveSmallIntegerField(default=1)  # a word given to this version or a later one holds
    ended_at = models.DateTimeField(null=True, blank=True)

    PLAIN = ("for_staff", "for_young", "for_parents")
    objects = VersionQuerySet.as_manager()
    in_clear = {
        **dict.fromkeys(("text", *PLAIN, "quiz", "what_changed"), "published, or meant to be"),
        "left_out": "lines of the same text",
        "sha256": "a hash",
    }
    guards = [
        Guard(
            on=("UPDATE",),
            refuse_when=f"""OLD.status IN {SETTLED} AND (NEW.text <> OLD.text OR NEW.sha256 <> OLD.sha256
                OR NEW.for_staff <> OLD.for_staff OR NEW.for_young <> OLD.for_young
                OR NEW.for_parents <> OLD.for_parents OR NEW.quiz <> OLD.quiz OR NEW.what_changed <> OLD.what_changed
                OR NEW.is_material <> OLD.is_material OR NEW.number <> OLD.number OR NEW.policy_id <> OLD.policy_id
                OR NEW.approved_by_id <> OLD.approved_by_id OR NEW.approved_at <> OLD.approved_at
                OR NEW.status NOT IN {SETTLED})""",
            say=gettext_noop("This version is approved, so its words stay as they are. Begin a new version."),
        ),
        Guard(
            on=("DELETE",),
            refuse_when="OLD.status NOT IN ('draft', 'changes')",
            say=gettext_noop("Only a draft can be thrown away."),
        ),
        Guard(
            on=("INSERT", "UPDATE"),
            refuse_when="""NEW.approved_by_id IS NOT NULL AND (NEW.approved_by_id = NEW.author_id OR EXISTS (
                SELECT 1 FROM policies_writer AS wrote
                WHERE wrote.version_id = NEW.id AND wrote.user_id = NEW.approved_by_id))""",
            say=gettext_noop("Whoever wrote in a policy does not approve it. Ask somebody else."),
        ),
    ]

    class Meta:
        ordering = ["policy", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="one_version_a_number"),
            models.UniqueConstraint(
                fields=["policy"], condition=models.Q(status="published"), name="one_version_in_force"
            ),
            models.UniqueConstraint(
                fields=["policy"],
                condition=models.Q(status__in=["draft", "in_review", "changes", "approved"]),
                name="one_version_in_the_making",
            ),
            models.CheckConstraint(
                name="approved_by_somebody_at_some_time_in_these_words",
                condition=models.Q(status__in=["draft", "in_review", "changes"], approved_by=None, approved_at=None)
                & models.Q(sha256="")
                | models.Q(status__in=["approved", "published", "superseded", "withdrawn"])
                & models.Q(approved_by__isnull=False, approved_at__isnull=False, sha256__regex="^[0-9a-f]{64}$"),
            ),
        ]

    def __str__(self):
        return f"{self.policy}, version {self.number}"

    def as_file(self):
        """As it is exported, in Markdown: the whole text with its marks, then what each audience reads."""
        told = [(self._meta.get_field(name).verbose_name, getattr(self, name)) for name in self.PLAIN]
        plain = [f"# {_now('In plain words')}: {label}\n\n{words}" for label, words in told if words]
        if self.quiz:
            plain.append(f"# {_now('Questions')}\n\n{self.quiz}")
        return "\n\n---\n\n".join([self.text.strip(), *plain]) + "\n"

    @property
    def is_as_approved(self):
        """Whether its words are still those that were approved; of a draft there is nothing to say."""
        return not self.sha256 or self.sha256 == _digest(self)

    @property
    def before(self):
        """The version that was in force before this one, or None."""
        once = self.policy.versions.filter(number__lt=self.number, published_at__isnull=False)
        return once.order_by("-number").first()

    def missing(self):
        """Those who are asked to agree and have not."""
        from .acknowledgements import missing

        return missing(self)

    def asks(self, user):
        """Whether this person is asked to agree to it, now."""
        return self.status == self.Status.PUBLISHED and self.missing().filter(pk=user.pk).exists()

    @transition(source=NEW, to=Status.DRAFT, may=access.may_write, done=_("began this"))
    def begin(self, *, by, at):
        """With the words of the version before it."""
        last = self.policy.versions.order_by("-number").first()
        if last and last.status in self.OPEN:
            raise StateMoved(_now("A new version is in the making already."))
        self.number, self.author, self.begun_at = (last.number if last else 0) + 1, by, at
        for name in ("text", *self.PLAIN, "quiz") if last else ():
            setattr(self, name, getattr(last, name))

    @transition(source=WRITABLE, to=None, may=access.may_write, done=_("wrote in this"))
    def write(self, text, revision, *, by, **told):
        """Whoever opened it before somebody else saved it is shown their words first."""
        if revision != self.revision:
            raise StateMoved(_now("Somebody else saved this draft after you opened it. Look below at what they wrote."))
        self.text = text
        for name, value in told.items():
            setattr(self, name, value)
        self._written_by(by)

    @transition(source=WRITABLE, to=None, may=access.may_write, done=_("wrote in this"))
    def bring_in(self, found, *, by):
        """The words of a file instead of those that stood here (bringing.py), with what was left out of it."""
        self.text, self.left_out = found.text, "\n".join(found.left_out)
        self._written_by(by)

    @transition(source=WRITABLE, to=None, may=access.may_write, done=_("marked this"))
    def tag(self, tags, revision, *, by):
        """Which promise each paragraph makes true: `tags` is {number of the paragraph: codes}."""
        if revision != self.revision:
            raise StateMoved(_now("Somebody else saved this draft after you opened it. Mark it again."))
        self.text = markdown.tagged(self.text, tags)
        self._written_by(by)

    def _written_by(self, by):
        self.revision += 1
        self.writers.get_or_create(user=by)

    @transition(source=WRITABLE, to=Status.IN_REVIEW, may=access.may_write, done=_("sent this to be looked at"))
    def send(self, *, by):
        if not self.text.strip():
            raise Refused(_now("There is nothing to look at yet. Write the policy first."))
        if self.policy.live and not self.what_changed.strip():
            raise Refused(_now("Say in up to three lines what changed, for those who know the version before."))

    @transition(source={Status.IN_REVIEW}, to=None, may=access.may_comment)
    def comment(self, words, *, by, at):
        self.comments.create(by=by, words=words, said_at=at)

    @transition(source={Status.IN_REVIEW}, to=Status.CHANGES, may=access.may_comment, done=_("asked for changes"))
    def ask_for_changes(self, words, *, by, at):
        self.comments.create(by=by, words=words, said_at=at)

    @transition(source={Status.IN_REVIEW}, to=Status.APPROVED, may=access.may_approve, done=_("approved this"))
    def approve(self, *, by, at):
        """From here on its words stay: the database sees to it."""
        from .reviews import begin_reviews

        self.approved_by, self.approved_at, self.sha256 = by, at, _digest(self)
        begin_reviews(self.policy, by=by, at=at)

    @transition(source={Status.APPROVED}, to=Status.PUBLISHED, may=access.may_publish, done=_("published this"))
    def publish(self, *, by, at):
        """In force from now on; the one before it is kept, as what applied until then. What is new has to be read."""
        before = self.policy.versions.filter(status=self.Status.PUBLISHED).first()
        if before:
            before.supersede(by=by, at=at)
        goes_on = before and not self.is_material
        self.counts_from = before.counts_from if goes_on else self.number
        self.published_at, self.read_by = at, before.read_by if goes_on else at + TO_READ

    @transition(source={Status.PUBLISHED}, to=Status.SUPERSEDED, may=access.may_publish, done=_("replaced this"))
    def supersede(self, *, by, at):
        self.ended_at = at

    @transition(
        source={Status.APPROVED, Status.PUBLISHED},
        to=Status.WITHDRAWN,
        may=access.may_approve,
        reason=True,
        done=_("withdrew this"),
    )
    def withdraw(self, *, by, at):
        """It does not apply any more, and nothing takes its place yet."""
        self.ended_at = at

    @transition(source=WRITABLE, to=GONE, may=access.may_write)
    def throw_away(self, *, by):
        self.comments.all().delete()
        self.writers.all().delete()


def _digest(version):
    return sha256(version.as_file().encode()).hexdigest()


class Writer(Recorded):
    """Somebody whose words are in a version: they do not approve it."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="writers")
    root = RootField("version")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="a_writer_once")]

    def __str__(self):
        return f"{self.user} wrote in {self.version}"


class Comment(Recorded):
    """What somebody said of a version while it was looked at."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="comments")
    root = RootField("version")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    words = EncryptedTextField()

    guards = [
        Guard(on=("UPDATE",), refuse_when="1 = 1", say=gettext_noop("What was said of a draft stays as it was said."))
    ]

    class Meta:
        ordering = ["said_at"]

    def __str__(self):
        return f"Comment of {self.by} on {self.version}"
