"""May I use it? A word, a sentence and a colour for each platform, the same on every page (R32)."""

from dataclasses import dataclass

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from harmony.look.words import day


@dataclass(frozen=True)
class Answer:
    word: str  # in the list
    says: str  # at the top of its page
    tone: str
    icon: str
    may: bool = False
    wait: bool = False  # nobody has decided yet


def answer(platform, on=None):
    """What holds on this day (today)."""
    on = on or localdate()
    status = platform.status
    if status in ("proposed", "assessing"):
        return Answer(
            _("Not yet"), _("Not yet. Nobody has decided, so do not use it for our work."), "amber", "clock", wait=True
        )
    if status == "refused":
        return Answer(_("No"), _("No. We looked at it and decided against it."), "red", "alert")
    if status == "retired":
        return Answer(_("No"), _("No. We do not use it any more."), "red", "alert")
    if platform.is_paused:
        return Answer(
            _("Not now"), _("Not now. It is under review, so nobody uses it until that is done."), "amber", "alert"
        )
    if platform.standing.ends_on < on:
        return Answer(
            _("Not now"), _("Not now. Its approval has run out, and nobody has looked at it again."), "red", "alert"
        )
    until = {"day": day(platform.standing.ends_on)}
    if status == "review":
        return Answer(
            _("Yes, under review"),
            _("Yes, while it is under review, if you keep to what stands here."),
            "green",
            "check",
            may=True,
        )
    return Answer(
        _("Yes"), _("Yes, until %(day)s, if you keep to what stands here.") % until, "green", "check", may=True
    )


def ages(assessment):
    """“13 to 17”, “16 and over”, or that no young person uses it."""
    first, last = assessment.age_from, assessment.age_to
    if first is None and last is None:
        return _("No young person uses it with us")
    if last is None:
        return _("%(first)s and over") % {"first": first}
    if first is None:
        return _("Up to %(last)s") % {"last": last}
    return _("%(first)s to %(last)s") % {"first": first, "last": last}
