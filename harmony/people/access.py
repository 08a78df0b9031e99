"""Who may invite, appoint, suspend and see people, keep the rota, and see young people.

The only place where it is decided. Rights are those of practice.md 2.5; decision 0040 says what was added.
"""

from django.db.models import Q
from django.utils.timezone import now

from harmony import between

ADMINS = ("office", "lead", "chair", "dso")  # posts that may invite and end accounts
CASE_LINE = ("dso", "deputy", "lead", "trustee", "chair", "vice", "allegations", "auditor")  # posts that open cases
LEADS = ("dso", "deputy", "lead", "trustee", "chair", "vice")  # two of them let somebody set up another second proof
APPOINTERS = ("lead", "trustee", "chair")  # who gives and ends those posts
OTHER_POSTS = ("office", "it", "consent", "training")
OTHER_APPOINTERS = ("office", "lead", "chair")
READERS = ("deputy", "trustee", "vice", "allegations", "auditor", "training", "it")  # see people, change nothing
ROTA_KEEPERS = ("dso", "deputy", "lead", "chair", "office")
RECORD_KEEPERS = ("dso", "deputy", "office")  # write what we know of young people, carers and groups
# posts that open other people's data: signing in to them takes two proofs
NEEDS_SECOND_FACTOR = (*CASE_LINE, "office", "it", "consent")
DSO_LINE = ("dso", "deputy", "lead")
KNOW_ALL_NAMES = (*DSO_LINE, "office", "consent")  # of young people; permission for pictures is written down by name


def needs_second_factor(user):
    """By post; and whoever sees one case for another reason, as with a worker with whom it is shared."""
    return user.holds(*NEEDS_SECOND_FACTOR) or any(between.opens_records(user))


def is_the_operator(by):
    """Words instead of a person: a command on the server, before anybody is here. Whoever runs it could write the database."""
    return isinstance(by, str)


def may_invite(user, someone=None):
    return is_the_operator(user) or user.holds(*ADMINS)


def may_use(user, invitation):
    """The link is its holder's, who comes in as the person it was made for."""
    return user.pk == invitation.user_id


def may_accept(user, someone):
    """Only the person invited, through the link that was sent to them."""
    return user.pk == someone.pk


def may_suspend(user, someone):
    """Never oneself: a lost laptop is reported to somebody else, and nobody locks the last door from inside.

    Whoever holds a post of the case line is suspended by those who appoint to it, so that an office
    account, or one concern about the office, cannot take away the people who answer.
    """
    if user.pk == someone.pk:
        return False
    return user.holds(*(APPOINTERS if someone.holds(*CASE_LINE) else ADMINS))


def who_leads(someone):
    """All who lead and can sign in, but for this person."""
    return someone.__class__.objects.holding(*LEADS).exclude(pk=someone.pk).order_by("name")


def close_to(someone):
    """The keys of those here who are family, friend, partner or manager of this person, whoever of the two declared it."""
    close = someone.__class__.relationships.rel.related_model.objects.standing().exclude(other=None)
    return {one.other_id if one.user_id == someone.pk else one.user_id
            for one in close.filter(Q(user=someone) | Q(other=someone))}  # fmt: skip


def who_vouches(someone):
    """Who may say that somebody has lost their phone or key: of those who lead, nobody who is close to them."""
    apart = close_to(someone)
    return [user for user in who_leads(someone) if user.pk not in apart]


def may_vouch(user, someone):
    """Never for oneself."""
    return user.holds(*LEADS) and someone.is_active and user in who_vouches(someone)


def may_let_sleep(by, someone):
    """No person: the clock, which has warned them."""
    return is_the_operator(by)


def may_appoint(user, appointment):
    """Case posts by lead, lead trustee or chair, the others by the office too; nobody gives themselves a post."""
    is_own = not is_the_operator(user) and user.pk == appointment.user_id
    return not is_own and appointment.post in posts_to_give(user)


def posts_to_give(user):
    """The posts that this person may give to somebody else, and end."""
    if is_the_operator(user):
        return CASE_LINE + OTHER_POSTS
    case_line = CASE_LINE if user.holds(*APPOINTERS) else ()
    return case_line + (OTHER_POSTS if user.holds(*OTHER_APPOINTERS) else ())


def may_change_membership(user, membership):
    return is_the_operator(user) or user.holds(*ADMINS)


def may_change_details(user, someone):
    """Name and work phone: one's own, and for whoever looks after accounts, anybody's."""
    return user.pk == someone.pk or user.holds(*ADMINS)


def may_see_people(user):
    """Whether the list of people is offered at all."""
    return user.holds(*ADMINS, *READERS)


def people_visible_to(user):
    """Everybody, for those who look after people; oneself, always."""
    return Q() if may_see_people(user) else Q(pk=user.pk)


def may_see_rota(user):
    """Whoever works here may know who answers."""
    return user.works_here()


def may_keep_rota(user, slot=None):
    return user.holds(*ROTA_KEEPERS)


def rota_visible_to(user):
    return Q() if may_see_rota(user) else Q(user=user)


def may_change_slot(user, slot):
    """Not once it has gone by: clocks were counted by who answered then."""
    return may_keep_rota(user) and slot.ends_at > now()


def may_pass_on_slot(user, slot):
    """Whoever keeps the rota; and whoever ends accounts, for a slot of somebody who goes."""
    return user.holds(*ROTA_KEEPERS, *ADMINS, *APPOINTERS)


def may_say_away(user, away):
    """Oneself, in one tap; and those who keep the rota, for somebody who is ill."""
    return user.pk == away.user_id or user.holds(*ROTA_KEEPERS)


def may_see_young_people(user):
    """Whether the list of young people is offered at all."""
    return user.holds(*KNOW_ALL_NAMES) or user.groups_worked.standing().exists()


def young_people_visible_to(user):
    """All, for the DSO line, the office and the image consent officer; for a worker, those now in the groups they now
    work with.

    Trustees see no child's name here: a case that is theirs shows whom it is about.
    """
    if user.holds(*KNOW_ALL_NAMES):
        return Q()
    return Q(pk__in=user.groups_worked.standing().young_people())


def groups_visible_to(user):
    if user.holds(*KNOW_ALL_NAMES):
        return Q()
    return Q(pk__in=user.groups_worked.standing().values("group"))


def may_keep_records(user, record=None):
    """Write down young people, their carers, and who is in which group."""
    return user.holds(*RECORD_KEEPERS)


def may_see_household(user, young_person=None):
    """Who cares for a child and how they are related; a worker sees only whom to ring."""
    return user.holds(*DSO_LINE, "office")


def may_declare(user, relationship):
    """Everybody for themselves."""
    return user.pk == relationship.user_id


def may_end_relationship(user, relationship):
    return may_declare(user, relationship) or may_see_relationships(user)


def may_see_relationships(user, someone=None):
    """Who is close to whom decides who is kept out of a case: the DSO line, and oneself."""
    return user.holds(*DSO_LINE) or (someone is not None and user.pk == someone.pk)


def may_link(user, relationship):
    """Say which young person somebody meant."""
    return user.holds(*DSO_LINE)


def relationships_visible_to(user):
    return Q() if user.holds(*DSO_LINE) else Q(user=user)


def contact_rules_visible_to(user):
    """Whoever works here has to know by what ways young people may be reached, and by what not."""
    return Q() if user.works_here() else Q(pk__in=())


def may_keep_contact_rules(user, rule=None):
    """Say by what ways the workers of a group may reach young people: whoever leads on safeguarding (S25)."""
    return user.holds(*DSO_LINE)


def may_ask_exception(user, exception):
    """Everybody who works here, for themselves."""
    return user.pk == exception.user_id and user.works_here()


def contact_exceptions_visible_to(user):
    return Q() if user.holds(*LEADS) else Q(user=user)


def may_decide_exception(user, exception):
    """Whoever leads: never for oneself, nor for somebody close."""
    return user.holds(*LEADS) and exception.user_id not in {user.pk, *close_to(user)}


def may_end_exception(user, exception):
    """Whoever asked for it needs it no more; or whoever may decide thinks again."""
    return user.pk == exception.user_id or may_decide_exception(user, exception)
