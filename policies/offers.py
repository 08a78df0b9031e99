"""What this room gives to others: counts for the yearly review, which policies rest on which guidance, what somebody who
leaves was to do because of a lesson, the clauses of the code that a report can cite, and whether what it promises is kept."""

from django.core import signing
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from harmony import between
from harmony.between import Proof
from harmony.people.models import User

from . import access, citing, clauses, markdown
from .first_drafts import CODE, FIRST, STATEMENT
from .models import Acknowledgement, Lesson, LessonAction, Policy, Review, Version
from .models.acknowledgements import missing, with_a_day


@between.facts.offer
def counts(since, until):
    span = {"gte": since, "lte": until}

    def within(model, field):
        return model.objects.filter(**{f"{field}__date__{how}": day for how, day in span.items()}).count()

    yield between.Line(_("Versions published"), within(Version, "published_at"))
    yield between.Line(_("Times somebody agreed to a policy"), within(Acknowledgement, "at"))
    yield between.Line(_("Reviews signed off"), within(Review, "signed_at"))
    lessons, actions = reverse("policies:lessons"), LessonAction.objects
    yield between.Line(_("Lessons written down"), Lesson.objects.learned_within(since, until).count(), lessons)
    changed = Lesson.objects.learned_within(since, until).exclude(changed_in=None).count()
    yield between.Line(_("Of these, a policy changed because of"), changed, lessons)
    ended = actions.filter(status=LessonAction.Status.DONE, ended_at__date__range=(since, until)).count()
    yield between.Line(_("Things done because of what we learned"), ended, lessons)
    yield between.Line(_("Things still to be done because of it"), actions.open().count(), lessons)


@between.rules.offer
def rules():
    """What it rests on (S3)."""
    says = gettext_lazy("Every policy is reviewed within a year, and sooner when something happens.")
    yield between.Rule("R47", says, ("S32",))


@between.retention_classes.offer
def kept():
    yield between.KeptFor(
        "policies",
        gettext_lazy("Each version of a policy"),
        None,
        gettext_lazy("The day it was published."),
        gettext_lazy("Years later somebody may ask which rules applied when something happened."),
        ("ico-storage", "working-together"),
    )


@between.citations.offer
def cited_by_policies(sources, user):
    """Each policy whose words link to the address of a source, in the version that is in force."""
    for source, version in citing.found(sources, Version.objects.visible_to(user).in_force()):
        what = _("%(title)s, version %(number)d") % {"title": version.policy.title, "number": version.number}
        yield source, between.Citation(what, reverse("policies:policy", args=[version.policy_id]))


@between.clauses.offer
def of_the_code(promise):
    for version, number, words in clauses.in_force(promise):
        yield between.Clause(words, clauses.where(version, number), clauses.token_of(version, number))


@between.learn.offer
def a_lesson(user):
    if access.may_keep_lessons(user):
        yield reverse("policies:add_lesson")


@between.plain.offer
def in_plain_words(audience):
    """Of what anybody may read, as it was approved."""
    field = {"young": "for_young", "parents": "for_parents"}[audience]
    live = Version.objects.in_force().filter(policy__is_public=True).exclude(**{field: ""})
    for version in live.select_related("policy").order_by("policy__title"):
        if version.is_as_approved:
            yield between.Plain(
                version.policy.title, markdown.html(getattr(version, field), under=version.policy.title)
            )


@between.prefill.offer
def a_rule_not_kept(token, user):
    """A report that cites what was not kept; who it was and what happened, its author writes."""
    try:
        found = clauses.cited(token, user)
    except signing.BadSignature:
        return
    if found:
        says = _("Your report will say which rule was not kept: “%(words)s” You write what happened.")
        answers = {"doors": "one-of-us", "rule": clauses.citation(*found)}
        yield between.Prefilled(answers, says % {"words": found[2]})


@between.handover.offer
def lessons_to_act_on(user, asked_by):
    """For somebody else to do; otherwise they go to whoever wrote the lesson down."""
    held = LessonAction.objects.open().filter(owner=user)
    if count := held.count():
        says = ngettext("%(count)d thing we learned to do", "%(count)d things we learned to do", count)
        yield between.Work(
            key="lessons",
            what=says % {"count": count},
            takers=User.objects.active().exclude(pk=user.pk),
            give=lambda taker, by: [action.hand_over(taker, by=by) for action in held.select_related("lesson")],
        )


@between.proofs.offer
def guidance_was_followed(user, at):
    """S3: no policy in force rests on an edition that was replaced after somebody last looked at the policy."""
    old = citing.behind()
    if old:
        says = ngettext(
            "%(count)d policy rests on guidance that has changed since the policy was looked at.",
            "%(count)d policies rest on guidance that has changed since they were looked at.",
            old,
        )
        yield Proof("S3", "amber", says % {"count": old}, reverse("policies:reviews"))


@between.proofs.offer
def lessons_are_acted_on(user, at):
    """S29: what was to be done because of a lesson is done by its day."""
    late, page = LessonAction.objects.late(localdate(at)).count(), reverse("policies:lessons")
    if late:
        says = ngettext(
            "%(count)d thing that was to be done because of what we learned is late.",
            "%(count)d things that were to be done because of what we learned are late.",
            late,
        )
        yield Proof("S29", "amber", says % {"count": late}, page)


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


@between.before_they_begin.offer
def the_code_comes_first(users, at):
    """Whoever is new agrees to the code in force before they work with young people (S15). Two queries."""
    code = Version.objects.in_force().filter(policy__slug=CODE).first()
    if code:
        agreed = set(Acknowledgement.objects.filter(version=code, user__in=users).values_list("user", flat=True))
        for user in users:
            yield between.BeforeBegin(user.pk, _("Agreed to the code of conduct"), user.pk in agreed)


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
def parents_read_it_plainly(user, at):
    """S17: the statement in force has a page in plain words for parents and carers."""
    statement = Version.objects.in_force().filter(policy__slug=STATEMENT).exclude(for_parents="").first()
    if statement:
        page = reverse("policies:version", args=[statement.pk])
        yield Proof("S17", "green", _("The statement has a page in plain words for parents and carers."), page)
    else:
        says = _("No statement in plain words for parents is in force.")
        yield Proof("S17", "amber", says, reverse("policies:library"))


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
