"""What this room gives to others: counts for the yearly review, and whether what it promises is kept."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from harmony import between
from harmony.between import Proof

from .first_drafts import CODE, FIRST, STATEMENT
from .models import Acknowledgement, Policy, Review, Version
from .models.acknowledgements import missing, with_a_day


@between.facts.offer
def counts(since, until):
    span = {"gte": since, "lte": until}

    def within(model, field):
        return model.objects.filter(**{f"{field}__date__{how}": day for how, day in span.items()}).count()

    yield between.Line(_("Versions published"), within(Version, "published_at"))
    yield between.Line(_("Times somebody agreed to a policy"), within(Acknowledgement, "at"))
    yield between.Line(_("Reviews signed off"), within(Review, "signed_at"))


@between.proofs.offer
def policies_are_read(user, at):
    """S2: whoever was asked to agree by now has."""
    page, live = reverse("policies:library"), list(with_a_day().select_related("policy"))
    late = sum(missing(version).count() for version in live if version.read_by <= at)
    if not live:
        yield Proof("S2", "red", _("No policy is in force."), page)
    elif late:
        says = ngettext(
            "%(count)d time somebody has not agreed to a policy whose day has passed.",
            "%(count)d times somebody has not agreed to a policy whose day has passed.",
            late,
        )
        yield Proof("S2", "amber", says % {"count": late}, page)
    else:
        yield Proof("S2", "green", _("Whoever was asked to agree to a policy by now has."), page)


@between.proofs.offer
def the_six_are_in_force(user, at):
    """S5 and S30: the policies that the statement names, each in words that somebody approved."""
    page = reverse("policies:library")
    live = set(Version.objects.in_force().values_list("policy__slug", flat=True))
    lacking = [str(told[0]) for slug, told in FIRST.items() if slug not in live]
    if lacking:
        yield Proof("S30", "red", _("Not in force: %(titles)s.") % {"titles": ", ".join(lacking)}, page)
    else:
        yield Proof(
            "S30", "green", _("The statement, the code and the four policies that belong with it are in force."), page
        )
    statement = Policy.objects.filter(slug=STATEMENT).first()
    beside = list(statement.companions) if statement else []
    away = sum(1 for one in beside if not one.live)
    if not beside or away:
        yield Proof("S5", "amber", _("What is read beside the statement is missing or not in force."), page)
    else:
        yield Proof("S5", "green", _("Each policy that is read beside the statement is in force."), page)


@between.proofs.offer
def the_code_is_known(user, at):
    """S15: in force, and agreed to by everybody who acts for us."""
    code = Version.objects.in_force().select_related("policy").filter(policy__slug=CODE).first()
    if not code:
        yield Proof("S15", "red", _("No code of conduct is in force."), reverse("policies:library"))
        return
    count, page = missing(code).count(), reverse("policies:who", args=[code.pk])
    if count:
        says = ngettext(
            "%(count)d person has not agreed to the code yet.",
            "%(count)d people have not agreed to the code yet.",
            count,
        )
        yield Proof("S15", "amber" if code.read_by > at else "red", says % {"count": count}, page)
    else:
        yield Proof("S15", "green", _("Everybody who acts for us has agreed to the code."), page)


@between.proofs.offer
def families_can_read_it(user, at):
    """S4: the statement is open to strangers."""
    statement = Version.objects.in_force().filter(policy__slug=STATEMENT, policy__is_public=True).first()
    if statement:
        page = reverse("policies:public", args=[STATEMENT])
        yield Proof("S4", "green", _("Anybody can read the statement, without signing in."), page)
    else:
        yield Proof("S4", "red", _("Nobody outside can read the statement."), reverse("policies:library"))


@between.proofs.offer
def reviews_are_done(user, at):
    """S32: none is late, and every policy in force has one ahead."""
    page, late = reverse("policies:reviews"), Review.objects.late(at).count()
    if late:
        says = ngettext(
            "%(count)d policy was not reviewed within its year.",
            "%(count)d policies were not reviewed within their year.",
            late,
        )
        yield Proof("S32", "red", says % {"count": late}, page)
    elif not Review.objects.exists():
        yield Proof("S32", "red", _("No policy has a review ahead of it."), page)
    else:
        yield Proof("S32", "green", _("Every policy was approved or reviewed within the year."), page)
