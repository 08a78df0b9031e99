"""Who may have the organisation's own report, sees the first steps, and says that they hold a key sheet."""

from django.db.models import Q
from django.utils.timezone import localdate

from harmony.notifications.access import WORKER
from harmony.organisation.access import SETTERS
from harmony.organisation.models import Organisation
from harmony.people.access import LEADS, is_the_operator, may_vouch
from harmony.people.models import Membership, Post, User

REPORTERS = (
    *(Post.OFFICE, Post.AUDITOR, Post.TRAINING, Post.DSO, Post.DEPUTY),
    *(Post.LEAD, Post.TRUSTEE, Post.CHAIR, Post.VICE),  # the vice stands in for the chair
)
BACKUPS = "manage.py record_backup"
ANSWERS_FOR_IT = (Post.LEAD, Post.TRUSTEE, Post.CHAIR, Post.VICE)
REVIEWERS = (Post.OFFICE, Post.LEAD, Post.CHAIR)
ANCHORS = (Post.TRUSTEE, Post.CHAIR, Post.VICE)
CASE_READERS = (Post.DSO, Post.DEPUTY)  # they read the cases themselves: no figure is hidden from them


def organisations_visible_to(user):
    """The one row, for whoever may have its report."""
    return Organisation.objects.all() if may_report(user) else Organisation.objects.none()


def may_report(user, organisation=None):
    return user.is_active and user.holds(*REPORTERS)


def may_see_promises(user):
    """How each promise of the policy statement stands: for whoever may have the organisation's report."""
    return may_report(user)


def may_see_small_figures(user):
    return user.holds(*CASE_READERS)


def may_see_numbers(user):
    """How the promises were kept, without a case: for whoever answers for the organisation or manages allegations."""
    return user.holds(*ANSWERS_FOR_IT, Post.ALLEGATIONS)


def may_see_week(user):
    """The weekly summary: whoever works cases day by day."""
    return user.is_active and user.holds(*CASE_READERS)


def may_get_numbers(user):
    """The seal and the numbers of the week, by e-mail: an anchor outside, with whoever answers for the whole."""
    return user.is_active and user.holds(*ANCHORS)


def may_see_first_steps(user):
    return user.holds(*SETTERS)


def may_see_keys(user):
    """How the sheet is printed, and whether it was: for those who are asked to see to it."""
    return may_see_first_steps(user) or may_see_to_the_machine(user) or may_confirm_keys(user)


def trustees(day):
    """Whoever holds a trustee's post on this day, or is a trustee here, and can sign in."""
    members = Membership.objects.standing(day).filter(kind=Membership.Kind.TRUSTEE)
    return User.objects.active().filter(
        Q(pk__in=User.objects.holding(*ANCHORS, on=day)) | Q(pk__in=members.values("user"))
    )


def may_confirm_keys(user, sheet=None):
    """Two trustees hold each sheet and say so, each for themselves, of a key that there is. The keys are never on a page."""
    theirs = sheet is None or (sheet.stored_by_id == user.pk and sheet.version > 0)
    return theirs and trustees(localdate()).filter(pk=user.pk).exists()


def may_make_keys(by, key):
    """Whoever may run commands on the server; no page does."""
    return is_the_operator(by)


def may_see_components(user):
    """What pages are made of: no secret, but in the way of whoever does not set up or look after them."""
    return may_see_first_steps(user) or may_see_to_the_machine(user)


def may_see_health(user):
    """Whether everything runs and what is lacking: whoever can see to it, depends on it most, or answers for it."""
    return user.holds(Post.IT, Post.OFFICE, Post.DSO, Post.DEPUTY, *ANSWERS_FOR_IT)


def lacks_visible_to(user):
    return Q() if user.is_active and may_see_health(user) else Q(pk__in=())


def may_look_for_lacks(by, lack):
    """Nobody says that something is lacking, or mended: the clock looks."""
    return by == WORKER


def may_record_backup(by, backup):
    """Whoever may run commands on the server took it; no page does."""
    return by == BACKUPS


def may_review_access(user, review=None):
    """Each quarter, who may do what: whoever looks after accounts, and who leads."""
    return user.is_active and user.holds(*REVIEWERS)


def reviews_visible_to(user):
    return Q() if may_review_access(user) else Q(pk__in=())


def may_decide_access(user, line):
    """Of everybody but oneself."""
    return may_review_access(user) and user.pk != line.user_id


def may_open_review(by, review):
    """The clock, with each quarter."""
    return by == WORKER


def lost_devices_visible_to(user):
    """Those of others, for whoever leads; one's own is told to oneself, in words."""
    return ~Q(user=user) if user.is_active and user.holds(*LEADS) else Q(pk__in=())


def may_say_lost(by, lost):
    return may_vouch(by, lost.user)


def may_confirm_lost(by, lost):
    """The second of two, by person."""
    return by.pk != lost.said_by_id and may_vouch(by, lost.user)


def may_stop_lost(by, lost):
    """Any of those who may confirm it, alone: whoever began it too."""
    return may_vouch(by, lost.user)


def may_reset_lost(by, lost):
    """Only the clock, when the day of notice is over."""
    return by == WORKER


def may_see_the_book(user):
    """Whether the audit book is sealed and was found whole; never a line of it."""
    return user.holds(Post.AUDITOR, Post.TRUSTEE, Post.IT)


def may_see_to_people(user):
    """Who is asked to see to invitations and to accounts whose time is over."""
    return user.holds(Post.OFFICE)


def may_see_to_the_machine(user):
    return user.holds(Post.IT)
