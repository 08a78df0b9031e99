"""Who may see and keep who has learned what. The only place where it is decided (practice.md 2.5).

Everybody sees their own and may say what they have done. Safeguarding officer, office and training manager keep the
records; those who lead, the allegations manager and the auditor read them; chair and vice-chair read figures without names.
"""

from django.db.models import Q

from harmony.organisation.models import Organisation
from harmony.people.models import Post, Relationship, User

CLOCK = "the clock"
BY_LINK = "holder of link"  # a young person, who has no account
KEEPERS = (Post.DSO, Post.OFFICE, Post.TRAINING)
READERS = (*KEEPERS, Post.DEPUTY, Post.LEAD, Post.TRUSTEE, Post.ALLEGATIONS, Post.AUDITOR)
SUPERVISORS = (Post.DSO, Post.DEPUTY, Post.LEAD, Post.CHAIR)
COUNTERS = (*READERS, Post.CHAIR, Post.VICE)
INDUCTORS = (Post.DSO, Post.OFFICE, Post.ALLEGATIONS)  # see to it that somebody new is safe to begin
ONLINE = (*KEEPERS, Post.DEPUTY)  # keep what is done with young people and parents online


def may_keep(user, record=None):
    """Say which courses there are, who needs them, and what was done."""
    return user.holds(*KEEPERS)


def may_see_training(user):
    """Who is covered and who is not, by name."""
    return user.is_active and user.holds(*READERS)


def may_see_figures(user):
    """How many are covered; for most of them with names, see above."""
    return user.is_active and user.holds(*COUNTERS)


def may_have_training(user):
    """A page of one's own: whoever works here."""
    return user.is_active and user.works_here()


def may_see_person(user, person):
    return user.pk == person.pk or may_see_training(user)


def may_record(user, completion):
    """Oneself, of oneself; those who keep it, of anybody. Neither counts before somebody else has checked it."""
    return may_keep(user) or (user.is_active and user.pk == completion.user_id)


def may_read_here(user, completion):
    """A course of our own, for oneself alone."""
    return user.pk == completion.user_id and may_have_training(user)


def may_check_session(user, session):
    """A second person: not whoever wrote it down."""
    return may_keep(user) and user.pk != session.recorded_by_id


def may_add_evidence(user, evidence):
    """Whose it is, and those who keep it."""
    return may_keep(user) or (user.is_active and user.pk == evidence.completion.user_id)


def may_lock_away(user, evidence):
    return may_add_evidence(user, evidence)


def evidence_visible_to(user):
    """What was locked away is opened by nobody."""
    return Q(status="kept") & (Q() if may_see_training(user) else Q(completion__user=user))


def sessions_visible_to(user):
    return Q() if may_see_training(user) else Q(pk__in=())


def may_supervise(user, supervision):
    """Whoever leads on safeguarding, or leads them; nobody themselves."""
    leads = user.holds(*SUPERVISORS) or supervision.user_id in set(people_led_by(user).values_list("other", flat=True))
    return user.is_active and user.pk != supervision.user_id and leads


def may_offer_support(user, support):
    """Whoever may supervise them; never a word of why."""
    return may_supervise(user, support)


def may_answer_support(user, support):
    return user.is_active and user.pk == support.user_id


def support_visible_to(user):
    """The two, whatever anybody else is."""
    return Q(user=user) | Q(offered_by=user)


def may_see_supervision(user):
    """When people had it last: whoever reads training, leads on safeguarding, or leads somebody."""
    return may_see_training(user) or (user.is_active and (user.holds(*SUPERVISORS) or people_led_by(user).exists()))


def people_led_by(user):
    """What they declared of whom they manage."""
    return user.relationships.standing().filter(kind=Relationship.Kind.MANAGER, other__isnull=False)


def supervised_by(user):
    """Of whom this person sees when they had it, themselves left out."""
    everybody = may_see_training(user) or user.holds(*SUPERVISORS)
    found = User.objects.all() if everybody else User.objects.filter(pk__in=people_led_by(user).values("other"))
    return found.exclude(pk=user.pk)


def supervisions_visible_to(user):
    """What was said: the two who talked, and nobody else whatever they are."""
    return Q(user=user) | Q(supervisor=user)


def may_verify(user, completion):
    """A second person: neither whose training it is, nor who wrote it down."""
    return may_keep(user) and user.pk not in (completion.user_id, completion.recorded_by_id)


def may_strike_out(user, completion):
    """Written down by mistake: those who keep it, and oneself before it was checked."""
    own = user.pk == completion.user_id and completion.verified_by_id is None
    return own or may_keep(user)


def may_excuse(user, exemption):
    """Nobody excuses themselves."""
    return may_keep(user) and user.pk != exemption.user_id


def may_remind(by, owed):
    """What is due is worked out, by nobody."""
    return by == CLOCK


def training_of(user):
    """Whose record this person may have: their own, and everybody's for those who read them."""
    return Q() if may_see_training(user) else Q(pk=user.pk)


def organisations_visible_to(user):
    """The one row, for whoever may have its papers about training."""
    return Organisation.objects.filter(Q() if may_see_training(user) else Q(pk__in=()))


def organisation_counted_by(user):
    """The same, for whoever may have figures without names."""
    return Organisation.objects.filter(Q() if may_see_figures(user) else Q(pk__in=()))


def owed_visible_to(user):
    """One's own; what is due of those whom one leads; and what a role asks for, for chair and vice-chair (N13)."""
    if may_see_training(user):
        return Q()
    theirs = Q(user=user) | Q(user__in=people_led_by(user).values("other"))
    return theirs | Q(for_role=True) if user.holds(Post.CHAIR, Post.VICE) else theirs


def completions_visible_to(user):
    return Q() if may_see_training(user) else Q(user=user)


def may_see_online(user):
    """What was done about online safety, with which group, and what there is to read: counts, and no names."""
    return may_have_training(user)


def talks_visible_to(user):
    """Who was ticked is shown to those who see these young people, and to nobody else."""
    return Q() if may_see_online(user) else Q(pk__in=())


def may_hold_talk(user, talk):
    """Whoever keeps these; and whoever works with the group."""
    if not user.is_active or user.holds(*ONLINE):
        return user.is_active
    return talk.group_id is not None and user.groups_worked.standing().filter(group=talk.group_id).exists()


def may_talk_to_all(user):
    """Write down an evening for all parents."""
    return user.is_active and user.holds(*ONLINE)


def may_strike_talk(user, talk):
    """Whoever wrote it down, and whoever keeps these."""
    return user.is_active and (user.pk == talk.recorded_by_id or user.holds(*ONLINE))


def may_keep_library(user, resource=None):
    """Say what may be used with young people and parents, and look at it again."""
    return user.is_active and user.holds(*ONLINE)


def may_agree_for(user, young_person):
    """Ask a young person to sign, and write down that they did: those who keep this, and who works with a group of theirs."""
    if not user.is_active or user.holds(*ONLINE):
        return user.is_active
    return user.groups_worked.standing().young_people().filter(young_person=young_person.pk).exists()


def may_send_agreement(user, link):
    return may_agree_for(user, link.young_person)


def may_use_agreement(by, link):
    """A link is its holder's."""
    return by == BY_LINK


def may_hear_agreement(by, agreement):
    """The young person by their own link; on paper, whoever may ask them."""
    if by == BY_LINK:
        return agreement.link_id is not None
    return agreement.link_id is None and may_agree_for(by, agreement.young_person)


def may_see_inductions(user):
    """Who is new, what they still need, and the decision on their DBS check: who sees to it, and who leads."""
    return user.is_active and user.holds(*INDUCTORS, Post.LEAD)


def inductions_visible_to(user):
    """And one’s own."""
    return Q() if may_see_inductions(user) else Q(user=user)


def may_begin_inductions(user):
    return user.is_active and user.holds(*INDUCTORS)


def may_induct(user, induction):
    """Nobody their own."""
    return may_begin_inductions(user) and user.pk != induction.user_id


def may_decide_dbs(user, record):
    """Decide on a DBS check, ask for a reference and read it: of anybody but oneself."""
    return may_begin_inductions(user) and user.pk != record.user_id
