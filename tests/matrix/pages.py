"""Whose each page is. Every address of the site map stands here once; what it says comes from practice.md 2.5.

A `Rule` says for which records a page is tried, and what this role should meet: OPEN (a page, a form, what it leads
to), REFUSED (403 in words: they see the record, the step is not theirs), MISSING (exactly what is not there at all).
"""

from collections.abc import Callable
from dataclasses import dataclass

from harmony.people.models import Post

from . import oracle
from .oracle import DSO_LINE, RECORDS, SIGNED_IN
from .world import OPENED, RELATIONS, STAFF, STRANGER, WORKER

OPEN, REFUSED, MISSING, ANYTHING = "open", "refused", "missing", "anything"
ABSENT = "absent"  # they see the record, and it has no such page: 404, and no need to look like anything else
SETTERS = (Post.DSO, Post.LEAD, Post.CHAIR, Post.OFFICE)
ANSWERS_FOR_IT = (Post.LEAD, Post.TRUSTEE, Post.CHAIR, Post.VICE)
CASE_LIST = (*DSO_LINE, *ANSWERS_FOR_IT, Post.ALLEGATIONS)
SEES_PEOPLE = (*CASE_LIST, Post.OFFICE, Post.IT, Post.AUDITOR, Post.TRAINING)
HEALTH = (Post.IT, Post.OFFICE, Post.DSO, Post.DEPUTY, *ANSWERS_FOR_IT)
KEEPS_ROTA = (*DSO_LINE, Post.CHAIR, Post.OFFICE)
KEEPS_RECORDS = (Post.DSO, Post.DEPUTY, Post.OFFICE)
CHECKS_PAPERS = (*CASE_LIST, Post.OFFICE, Post.AUDITOR, Post.TRAINING)
# the list of cases is offered to the posts that a case may call, and to whoever has one shared with them: all but "staff"
GRANTED = tuple(role for role in SIGNED_IN if role != STAFF)
KEEPS_PICTURES = (Post.CONSENT, Post.OFFICE)
KEEPS_TRAINING = (Post.DSO, Post.OFFICE, Post.TRAINING)
INDUCTORS = (Post.DSO, Post.OFFICE, Post.ALLEGATIONS)
KEEPS_ONLINE = (*KEEPS_TRAINING, Post.DEPUTY)
SEES_TRAINING = (*KEEPS_TRAINING, Post.DEPUTY, Post.LEAD, Post.TRUSTEE, Post.ALLEGATIONS, Post.AUDITOR)
GIVEN_UP = (*DSO_LINE, Post.OFFICE, Post.IT)


@dataclass(frozen=True)
class Rule:
    expects: Callable  # (world, role, relation) -> OPEN, REFUSED, MISSING
    args: Callable = lambda world, role, relation: ()  # what the address names
    relations: tuple = ("",)
    notes: str = ""  # "read": one line of the record; "list": one of the reader’s own, for what stood there
    takes: str = ""  # "POST": to look at it is refused before anybody is asked


def page(*roles, otherwise=MISSING, notes="", takes=""):
    """A page that is about no record."""

    def answer(world, role, relation):
        if role in roles:
            return OPEN
        return otherwise if role in SIGNED_IN else MISSING

    return Rule(answer, notes=notes, takes=takes)


def open_page():
    return Rule(lambda world, role, relation: ANYTHING)


def own(notes="", takes=""):
    """Everybody's own: whoever is signed in."""
    return page(*SIGNED_IN, notes=notes, takes=takes)


def _of_case(expects, inside=(), takes="", notes="read"):
    def args(world, role, relation):
        plot = world.plot(relation, role)
        return (plot.case.pk, *(plot.inside[name].pk for name in inside))

    def answer(world, role, relation):
        plot = world.plot(relation, role)
        if not oracle.sees(world, role, plot):
            # whoever reported it knows that there is one, and meets words at its door (decision 0111)
            return REFUSED if oracle.wrote(world, role, plot) else MISSING
        return OPEN if expects(world, role, plot) else REFUSED

    return Rule(answer, args, RELATIONS, notes, takes)


def sees(*inside, takes=""):
    return _of_case(oracle.sees, inside, takes)


def works(*inside, takes=""):
    return _of_case(oracle.works, inside, takes)


def answers(*inside, takes=""):
    """What takes two: its page is for the one who has the case too, who is told that somebody else answers."""
    return _of_case(oracle.answers, inside, takes)


def asks_in():
    return _of_case(oracle.asks_in)


def of_the_plan():
    """Of one of those the plan is for."""
    rule = works()
    return Rule(rule.expects, lambda *cell: (*rule.args(*cell), "ours"), RELATIONS, "read")


def file_of_case(expected=OPEN, second=REFUSED, notes="read", takes=""):
    """For those who work it, and for an adviser (`second`), as its end is asked for; not for those it is shared with.

    (Its bytes are no page, and none lie in the world.)
    """

    def answer(world, role, relation):
        plot = world.plot(relation, role)
        if oracle.works(world, role, plot):
            return expected
        return second if oracle.answers(world, role, plot) else MISSING

    def args(world, role, relation):
        return (world.plot(relation, role).inside["file"].pk,)

    return Rule(answer, args, RELATIONS, notes, takes)


def decides_on_record(inside, notes="read"):
    """For whoever decides what becomes of it, once its time is over; to everybody else it is not there."""

    def answer(world, role, relation):
        return OPEN if oracle.decides_on_record(world, role, world.plot(relation, role)) else MISSING

    def args(world, role, relation):
        plot = world.plot(relation, role)
        return (plot.inside[inside].pk,) if inside else ("case", plot.case.pk)

    return Rule(answer, args, RELATIONS, notes)


def step_of(inside, name):
    """One step of something inside a case: the last part of the address says which."""
    rule = works(inside)
    return Rule(rule.expects, lambda *cell: (*rule.args(*cell), name), RELATIONS, "read")


def of_one_of_us():
    """For whoever works a case about one of us; of a case about a child there is no such page."""

    def answer(world, role, relation):
        plot = world.plot(relation, role)
        if oracle.works(world, role, plot) and plot.track != "worker":
            return ABSENT
        return works().expects(world, role, relation)

    return Rule(answer, works().args, RELATIONS, "read")


def emergency():
    """For those who lead, kept out of it or not; in the world somebody without a role opened it."""

    def answer(world, role, relation):
        return OPEN if oracle.leads(world, role, world.plot(relation, role)) else MISSING

    return Rule(answer, lambda w, role, r: (w.plot(r, role).inside["emergency"].pk,), OPENED, "read")


def own_report(notes="", inside="", takes=""):
    def args(world, role, relation):
        plot = world.plot(relation, role)
        return (plot.report.pk, *([plot.inside[inside].pk] if inside else []))

    def answer(world, role, relation):
        return OPEN if oracle.wrote(world, role, world.plot(relation, role)) else MISSING

    return Rule(answer, args, RELATIONS, notes, takes=takes)


def own_draft(takes=""):
    def args(world, role, relation):
        mine = relation == "own" and role != STRANGER
        return ((world.drafts[role] if mine else world.others_draft).pk,)

    def answer(world, role, relation):
        return OPEN if relation == "own" and role in SIGNED_IN else MISSING

    return Rule(answer, args, ("own", "somebody else’s"), takes=takes)


def own_action():
    def which(world, role, relation):
        plot = world.plot(relation, role)
        return plot, plot.inside.get("own action", plot.inside["action"])

    def answer(world, role, relation):
        plot, action = which(world, role, relation)
        return OPEN if oracle.was_asked(world, role, plot, action.owner_id) else MISSING

    return Rule(answer, lambda *cell: (which(*cell)[1].pk,), RELATIONS, "read")


def own_duty():
    """What the law asks of somebody in person: theirs, and nobody else's."""

    def which(world, role, relation):
        plot = world.plot(relation, role)
        return plot, plot.inside.get("own duty", plot.inside["duty"])

    def answer(world, role, relation):
        plot, duty = which(world, role, relation)
        return OPEN if oracle.was_asked(world, role, plot, duty.user_id) else MISSING

    return Rule(answer, lambda *cell: (which(*cell)[1].pk,), RELATIONS, "read")


def second_look():
    def answer(world, role, relation):
        return OPEN if oracle.answers_look(world, role, world.plot(relation, role)) else MISSING

    return Rule(
        answer,
        lambda world, role, relation: (world.plot(relation, role).inside["look"].pk,),
        ("second look", "late look"),
        "read",
    )


def notice(takes="POST"):
    """One's own, of what one may still see."""

    def args(world, role, relation):
        return (world.notice(role, relation).pk,)

    def answer(world, role, relation):
        return OPEN if oracle.sees(world, role, world.plot(relation, role)) else MISSING

    return Rule(answer, args, RELATIONS, takes=takes)


def unsent():
    def answer(world, role, relation):
        return OPEN if role == Post.LEAD and relation == "child" else MISSING

    return Rule(answer, lambda w, r, relation: (w.unsent[relation].pk,), ("child", "about lead"), "read")


def own_export(needs=oracle.sees, takes=""):
    """One's own, while one may have it; somebody else's never."""

    def args(world, role, relation):
        return (world.export(role, relation).pk,)

    def answer(world, role, relation):
        plot = world.plot(relation, role)
        if not oracle.sees(world, role, plot) or world.export(role, relation).requested_by_id != world.people[role].pk:
            return MISSING
        return OPEN if needs(world, role, plot) else REFUSED

    return Rule(answer, args, RELATIONS, takes=takes)


def asks_for_chronology():
    def answer(world, role, relation):
        plot = world.plot(relation, role)
        if not oracle.sees(world, role, plot):
            return MISSING
        return OPEN if oracle.works(world, role, plot) else REFUSED

    return Rule(answer, lambda w, role, r: ("chronology", w.plot(r, role).case.pk), RELATIONS)


def young(changes=False, care=False, takes=""):
    def args(world, role, relation):
        return (world.young[relation].pk, world.care[relation].pk) if care else (world.young[relation].pk,)

    def answer(world, role, relation):
        if not oracle.reads_young(role, relation):
            return MISSING
        return REFUSED if changes and role not in KEEPS_RECORDS else OPEN

    return Rule(answer, args, ("theirs", "other", "family"), "read", takes)


def pictures(*roles):
    """What was said of pictures of a young person: for these, of those whose names they may read."""

    def answer(world, role, relation):
        if not oracle.reads_young(role, relation):
            return MISSING
        return OPEN if role in roles else REFUSED

    return Rule(
        answer, lambda world, role, relation: (world.young[relation].pk,), ("theirs", "other", "family"), "read"
    )


def register(*steps, what):
    """A record of the register of use: read by those who keep permission and by the DSO line."""

    def answer(world, role, relation):
        if role not in oracle.PICTURES:
            return MISSING
        return OPEN if role in (steps or oracle.PICTURES) else REFUSED

    return Rule(answer, lambda world, role, relation: tuple(one.pk for one in world.things[what]), notes="read")


def policy(*steps, what="policy"):
    """What is in force and public is read by all who sign in; a draft by those who make policies."""

    def answer(world, role, relation):
        if role not in (SIGNED_IN if what in ("policy", "in force") else oracle.DRAFTS):
            return MISSING
        return OPEN if role in (steps or SIGNED_IN) else REFUSED

    return Rule(answer, lambda world, role, relation: tuple(one.pk for one in world.things[what]), notes="read")


def app(*steps):
    """What may be used is read by all who work here."""
    return Rule(
        lambda world, role, relation: (
            MISSING if role not in SIGNED_IN else OPEN if role in (steps or SIGNED_IN) else REFUSED
        ),
        lambda world, role, relation: tuple(one.pk for one in world.things["app"]),
        notes="read",
    )


def looked_at(*steps, what="look"):
    """How it was assessed is read by those who assess, decide and check; nobody of the cast wrote this one."""
    return Rule(
        lambda world, role, relation: MISSING if role not in oracle.READS else OPEN if role in steps else REFUSED,
        lambda world, role, relation: tuple(getattr(one, "pk", one) for one in world.things[what]),
        notes="read",
    )


def trained(*changes, own=False, held="", not_own=False, notes="read"):
    """Somebody's training: one's own, and everybody's for those who read it. `changes`: who may take the step behind it."""

    def args(world, role, relation):
        who = world.people[role] if relation == "own" and role != STRANGER else world.rest
        return (who.pk, world.excused[who.pk].pk) if held else (who.pk,)

    def answer(world, role, relation):
        if role not in SIGNED_IN or not (relation == "own" or role in SEES_PEOPLE):
            return MISSING
        if relation == "own" and (held or not_own):
            return REFUSED  # nobody excuses themselves
        return OPEN if role in changes or (own and relation == "own") else REFUSED

    return Rule(answer, args, ("own", "somebody else’s"), notes)


def something_done(step):
    """Checked by a second person; struck out by whoever keeps it, or by oneself before that."""

    def args(world, role, relation):
        return (world.done[role if relation == "own" and role != STRANGER else "rest"].pk,)

    def answer(world, role, relation):
        if role not in SIGNED_IN or not (relation == "own" or role in SEES_TRAINING):
            return MISSING
        if step == "verify":
            return OPEN if relation != "own" and role in KEEPS_TRAINING else REFUSED
        return OPEN if relation == "own" or role in KEEPS_TRAINING else REFUSED

    return Rule(answer, args, ("own", "somebody else’s"), "read")


def shows_it(expected, notes="read"):
    """A file that shows what somebody did: for them and for those who read training; to lock it away, those who keep it."""

    def args(world, role, relation):
        return (world.evidence[role if relation == "own" and role != STRANGER else "rest"].pk,)

    def answer(world, role, relation):
        if role not in SIGNED_IN or not (relation == "own" or role in SEES_TRAINING):
            return MISSING
        return expected if notes == "" or relation == "own" or role in KEEPS_TRAINING else REFUSED

    return Rule(answer, args, ("own", "somebody else’s"), notes)


def group(changes=False, held=""):
    def args(world, role, relation):
        one = world.groups[relation]
        return (one.pk, getattr(one, held).pk) if held else (one.pk,)

    def answer(world, role, relation):
        if not oracle.reads_young(role, relation):
            return MISSING
        return REFUSED if changes and role not in KEEPS_RECORDS else OPEN

    return Rule(answer, args, ("theirs", "other"), "read")


def declared(takes=""):
    def args(world, role, relation):
        mine = relation == "own" and role != STRANGER
        return (world.declared[role if mine else Post.TRAINING].pk,)

    def answer(world, role, relation):
        mine = relation == "own" or role == Post.TRAINING
        if role not in SIGNED_IN or not (mine or role in DSO_LINE):
            return MISSING
        return OPEN if takes or role in DSO_LINE else REFUSED  # to end one's own; to link, the DSO line alone

    return Rule(answer, args, ("own", "somebody else’s"), "read", takes)


def person(*changes, own=False, held="", takes="", notes="read", not_own=False):
    """A colleague's page: for whoever sees people, and one's own. `changes`: who may take the step behind it."""

    def args(world, role, relation):
        who = world.people[role] if relation == "own" and role != STRANGER else world.rest
        return (who.pk, (getattr(who, held).first() or who).pk) if held else (who.pk,)

    def answer(world, role, relation):
        if role not in SIGNED_IN or not (relation == "own" or role in SEES_PEOPLE):
            return MISSING
        if relation == "own" and (own or not_own):
            return OPEN if own else REFUSED
        return OPEN if role in changes else REFUSED

    return Rule(answer, args, ("own", "somebody else’s"), notes, takes)


def exception(own=False):
    """What somebody asked to be allowed: for themselves, and for whoever leads. Nobody who leads decides on their own."""

    def answer(world, role, relation):
        if role not in SIGNED_IN or not (relation == "own" or role in LEADS):
            return MISSING
        return OPEN if own or relation != "own" else REFUSED

    def args(world, role, relation):
        whose = role if relation == "own" and role in world.exceptions else "rest"
        return (world.exceptions[whose].pk,)

    return Rule(answer, args, ("own", "somebody else’s"), "read")


def kept(*roles, what, takes=""):
    """A record with nothing secret in it, for whoever keeps it right; to everybody else it is not there."""
    return Rule(
        lambda world, role, relation: OPEN if role in roles else MISSING,
        lambda world, role, relation: tuple(one.pk for one in world.things[what]),
        takes=takes,
    )


def asked_to_sign():
    """Whoever sees the young person; asked by those who keep what is done online, and by who works with them."""

    def answer(world, role, relation):
        if not oracle.reads_young(role, relation):
            return MISSING
        return OPEN if role in KEEPS_ONLINE or role == WORKER else REFUSED

    return Rule(answer, lambda world, role, relation: (world.young[relation].pk,), ("theirs", "other"), "read")


def induct(*roles, what="induction"):
    """Of somebody new: read by those who see to it and by who leads; a step is taken by those who see to it."""
    return Rule(
        lambda world, role, relation: MISSING if role not in oracle.INDUCTS else OPEN if role in roles else REFUSED,
        lambda world, role, relation: tuple(one.pk for one in world.things[what]),
        notes="read",
    )


def stepped(*roles, what, notes=""):
    """What everybody who works here sees, and a step on it that is some people’s."""
    return Rule(
        lambda world, role, relation: OPEN if role in roles else REFUSED if role in SIGNED_IN else MISSING,
        lambda world, role, relation: tuple(one.pk for one in world.things[what]),
        notes=notes,
    )


ACCOUNT_PAGES = (
    "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_change_password", "mfa_index",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn", "usersessions_list",
)  # fmt: skip
OPEN_PAGES = (
    "account_login", "mfa_authenticate", "mfa_login_webauthn", "account_logout", "account_signup",
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "people:welcome", "home:front", "home:live", "home:ready", "home:help",
    "home:words", "home:after", "home:privacy", "home:accessibility", "home:stylesheet", "speak:tell", "speak:answer",
    "home:young", "home:parents", "home:topic", "home:telling", "policies:public_list", "policies:public",
    "policies:public_file", "platforms:public", "consent:family", "consent:sign",
    "training:agreement", "training:sign_agreement",
)  # fmt: skip
DRAFT_STEPS = (
    *("danger", "call_999", "about_us", "which_of_us", "teller", "who", "what"),
    *("others", "when", "kind", "told"),
)
CASE_STEPS = ("give", "triage", "kind", "review", "advice_only", "tell", "charity", "reopen", "add_person",
              "not_about_safety", "passed_on", "bring_back",
              "recuse", "step_aside", "print_case", "log_contact",
              "hate", "monitoring", "share_outside", "hand_on")  # fmt: skip
OUTSIDE = ("referrals", "add_referral", "add_meeting")
ABOUT_ONE_OF_US = ("allegation", "screen", "consult", "meanwhile", "support", "conclude", "dbs")
LEADS = (*DSO_LINE, Post.TRUSTEE, Post.CHAIR, Post.VICE)
ALL_ADMINS = (Post.OFFICE, Post.LEAD, Post.CHAIR, Post.DSO)

PAGES = {
    **dict.fromkeys(OPEN_PAGES, open_page()),
    **dict.fromkeys(ACCOUNT_PAGES, Rule(lambda w, role, r: ANYTHING if role in SIGNED_IN else MISSING)),
    **dict.fromkeys(
        ("mfa_edit_webauthn", "mfa_remove_webauthn"),
        Rule(lambda w, role, r: ANYTHING if role in SIGNED_IN else MISSING, lambda *cell: (7,)),
    ),
    # cases
    "incidents:contacted": own(),
    "incidents:cases": page(*GRANTED, notes="list"),
    **{f"incidents:{name}": sees() for name in ("case", "chronology", "plan", "case_steps", "actions", "people")},
    "incidents:open_in_emergency": page(Post.DEPUTY, Post.LEAD, Post.TRUSTEE, Post.CHAIR, Post.VICE),
    "incidents:emergency": emergency(),
    "incidents:fairness": page(Post.AUDITOR, Post.TRUSTEE),
    "incidents:register": page(Post.DSO, Post.LEAD, Post.ALLEGATIONS, Post.CHAIR, Post.VICE, notes="list"),
    **{f"incidents:{name}": of_one_of_us() for name in ABOUT_ONE_OF_US},
    "incidents:finish": sees("action"),
    **{f"incidents:{name}": works() for name in (*CASE_STEPS, *OUTSIDE, "files", "sharing", "access_log")},
    **{f"incidents:{name}": works(name) for name in ("referral", "meeting")},
    "incidents:transfer": works("transfer"),
    "incidents:transfer_step": step_of("transfer", "sent"),
    **{f"incidents:{name}": works("referral") for name in ("choose_facts", "black_out")},
    "incidents:referral_step": step_of("referral", "sent"),
    "incidents:meeting_step": step_of("meeting", "held"),
    **{f"incidents:{name}": file_of_case(second=OPEN) for name in ("file", "keep_locked")},
    "incidents:ask_to_destroy": file_of_case(),
    "incidents:lock_away": file_of_case(takes="POST"),
    "incidents:destroy": file_of_case(second=OPEN, takes="POST"),
    **{
        f"incidents:{name}": works(takes="POST")
        for name in ("acknowledge", "read_additions", "take_on", "agree_plan", "open_name")
    },
    "incidents:agree": answers(takes="POST"),
    **{f"incidents:{name}": answers() for name in ("level", "keep_level", "close", "keep_open")},
    "incidents:search": page(*GRANTED),
    "incidents:to_do": page(*CASE_LIST, notes="list"),
    "incidents:add_file": works(),
    "incidents:download": file_of_case(ANYTHING, ANYTHING, notes=""),
    "incidents:correct": works("entry"),
    "incidents:waive": works("action"),
    "incidents:case_step": works("step"),
    "incidents:not_needed": of_the_plan(),
    "incidents:agree_to_close": _of_case(oracle.agrees, takes="POST"),
    **{f"incidents:{name}": works("person") for name in ("change_person", "ask_voice")},
    "incidents:young_chronology": pictures(Post.DSO, Post.DEPUTY, Post.LEAD, Post.ALLEGATIONS),
    "incidents:let_in": answers("kept out"),
    "incidents:ask_in": asks_in(),
    "incidents:say_of_name": works("kept out", takes="POST"),
    "incidents:duties": works(),
    "incidents:set_duty_aside": works("duty"),
    "incidents:unshare": works("grantee", takes="POST"),
    # one's own reports, and what one was asked to do
    "incidents:begin": own(),
    **{f"incidents:report_{name}": own_draft() for name in (*DRAFT_STEPS, "check", "discard")},
    "incidents:report_send": own_draft(takes="POST"),
    "incidents:report_sent": own_report(),
    "incidents:my_reports": own(),
    "incidents:report": own_report("read"),
    "incidents:look_again": own_report("read"),
    "incidents:add_to_report": own_report("read"),
    "incidents:answer_question": own_report("read", "question"),
    "incidents:ask_for_support": own_report("read", takes="POST"),
    "incidents:second_look": second_look(),
    "incidents:unsent": unsent(),
    "incidents:my_actions": own(notes="list"),
    "incidents:my_action": own_action(),
    "incidents:my_duty": own_duty(),
    # how long things take
    "incidents:times": page(*GRANTED),
    "incidents:change_whole_times": page(Post.DSO, Post.LEAD),
    "incidents:change_times": Rule(
        lambda w, role, r: OPEN if role in (Post.DSO, Post.LEAD) else MISSING, lambda *cell: ("high",)
    ),
    # what has to be done in each kind of case
    "incidents:playbooks": page(*GRANTED),
    "incidents:trends": page(Post.DSO, Post.DEPUTY),
    "incidents:add_playbook": page(Post.DSO, Post.DEPUTY),
    "incidents:playbook": Rule(lambda w, role, r: OPEN if role in GRANTED else MISSING, lambda *cell: ("images",)),
    "incidents:change_playbook": Rule(
        lambda w, role, r: OPEN if role in (Post.DSO, Post.DEPUTY) else MISSING, lambda *cell: ("images",)
    ),
    # documents
    "documents:mine": own(notes="list"),
    "documents:check": page(*CHECKS_PAPERS, otherwise=REFUSED),
    "documents:ask": asks_for_chronology(),
    "documents:export": own_export(),
    "documents:download": own_export(oracle.works),
    "documents:delete": own_export(takes="POST"),
    # messages
    "notifications:inbox": own(),
    "notifications:read": notice(),
    "notifications:read_all": own(takes="POST"),
    "notifications:quiet": own(),
    "notifications:unsent": page(*DSO_LINE),
    # people
    "people:session": own(),
    "people:people": page(*SEES_PEOPLE),
    "people:invite": page(*ALL_ADMINS),
    "people:person": person(*SEES_PEOPLE, own=True),
    "people:details": person(*ALL_ADMINS, own=True),
    "people:send_again": person(*ALL_ADMINS, takes="POST"),
    "people:suspend": person(*ALL_ADMINS, not_own=True),
    "people:restore": person(*ALL_ADMINS, not_own=True),
    "people:leave": person(*ALL_ADMINS, not_own=True),
    "people:come_back": person(*ALL_ADMINS),
    "people:appoint": person(Post.LEAD, Post.TRUSTEE, Post.CHAIR, Post.OFFICE, not_own=True),
    "people:end_post": person(Post.LEAD, Post.TRUSTEE, Post.CHAIR, Post.OFFICE, not_own=True, held="appointments"),
    "people:add_membership": person(*ALL_ADMINS),
    "people:end_membership": person(*ALL_ADMINS, held="memberships"),
    "people:rota": own(),
    "people:add_slot": page(*KEEPS_ROTA),
    "people:change_slot": Rule(
        lambda w, role, r: MISSING if role not in SIGNED_IN else OPEN if role in KEEPS_ROTA else REFUSED,
        lambda w, *cell: (w.slot.pk,),
        notes="read",
    ),
    "people:remove_slot": Rule(
        lambda w, role, r: MISSING if role not in SIGNED_IN else OPEN if role in KEEPS_ROTA else REFUSED,
        lambda w, *cell: (w.slot.pk,),
        takes="POST",
    ),
    "people:away": own(),
    "people:away_now": own(takes="POST"),
    "people:away_for": person(*KEEPS_ROTA),
    "people:back": person(*SEES_PEOPLE, own=True, takes="POST"),
    "people:close_to_me": own(),
    "people:declared": page(*DSO_LINE, notes="list"),
    "people:end_relationship": declared(takes="POST"),
    "people:link_relationship": declared(),
    # young people
    "people:young_people": page(*RECORDS, Post.CONSENT, WORKER, notes="list"),
    **dict.fromkeys(("people:add_young_person", "people:import_young_people"), page(*KEEPS_RECORDS)),
    "people:young_person": young(),
    **{
        f"people:{name}": young(changes=True)
        for name in ("change_young_person", "young_person_leaves", "young_person_comes_back", "add_carer", "link_carer")
    },
    "people:change_carer": young(changes=True, care=True),
    "people:unlink_carer": young(changes=True, care=True, takes="POST"),
    "people:groups": page(*RECORDS, Post.CONSENT, WORKER),
    "people:add_group": page(*KEEPS_RECORDS),
    "people:group": group(),
    **{f"people:{name}": group(changes=True) for name in ("change_group", "finish_group", "add_member", "add_worker")},
    "people:end_member": group(changes=True, held="held"),
    "people:end_worker": group(changes=True, held="worker"),
    # pictures of young people
    "consent:check": own(notes="list"),
    "consent:event_sheet": group(),
    "consent:import_permission": page(*KEEPS_PICTURES),
    "consent:export_permission": page(*oracle.PICTURES, notes="list"),
    "consent:campaigns": page(*oracle.PICTURES),
    "consent:begin_campaign": page(*KEEPS_PICTURES),
    "consent:campaign": register(what="campaign"),
    "consent:end_campaign": register(*KEEPS_PICTURES, what="campaign"),
    "consent:records": page(*oracle.PICTURES, notes="list"),
    "consent:record": pictures(*oracle.PICTURES),
    **dict.fromkeys(("consent:say", "consent:make_link"), pictures(*KEEPS_PICTURES)),
    "consent:end_link": register(*KEEPS_PICTURES, what="family link"),
    **dict.fromkeys(("consent:flag", "consent:unflag"), pictures(*oracle.KNOWS_WHY)),
    **dict.fromkeys(("consent:images", "consent:take_downs"), page(*oracle.PICTURES, notes="list")),
    "consent:add_image": page(*KEEPS_PICTURES),
    "consent:image": register(what="image"),
    **dict.fromkeys(("consent:who", "consent:publish", "consent:found"), register(*KEEPS_PICTURES, what="image")),
    "consent:take_down": register(what="take down"),
    "consent:give": register(*KEEPS_PICTURES, what="take down"),
    **dict.fromkeys(("consent:purposes", "consent:coverage"), page(*oracle.PICTURES)),
    "consent:add_purpose": page(Post.CONSENT, Post.DSO),
    **dict.fromkeys(
        ("consent:word_purpose", "consent:add_use", "consent:end_purpose"), kept(Post.CONSENT, Post.DSO, what="purpose")
    ),
    # policies
    "policies:library": own(),
    "retention:schedule": own(),
    "retention:past": page(*oracle.DECIDES_ON_RECORDS, Post.AUDITOR, notes="list"),
    **{f"retention:{name}": decides_on_record("proposal") for name in ("proposal", "agree", "longer")},
    "retention:lift": decides_on_record("hold"),
    "retention:hold": decides_on_record("", notes=""),
    **dict.fromkeys(("policies:add", "policies:first"), page(*oracle.WRITES)),
    "policies:policy": policy(),
    **{f"policies:{name}": policy(*oracle.WRITES) for name in ("change", "companions", "begin")},
    **{f"policies:{name}": policy(what="draft") for name in ("version", "changes", "export")},
    **{
        f"policies:{name}": policy(*oracle.WRITES, what="draft")
        for name in ("write", "bring", "tag", "send", "throw_away")
    },
    **{
        f"policies:{name}": policy(*oracle.WRITES, *oracle.PUBLISHES, what="draft")
        for name in ("comment", "ask_for_changes")
    },
    **{f"policies:{name}": policy(*oracle.APPROVES, what="draft") for name in ("approve", "withdraw")},
    "policies:publish": policy(*oracle.PUBLISHES, what="draft"),
    # platforms
    **dict.fromkeys(("platforms:register", "platforms:propose"), own()),
    "platforms:platform": app(),
    **dict.fromkeys(("platforms:show", "platforms:go_live"), app(*oracle.KEEPS)),
    "platforms:assess": app(*oracle.ASSESSES),
    **dict.fromkeys(("platforms:look_again", "platforms:pause"), app(*oracle.KEEPS, Post.IT, Post.TRUSTEE)),
    "platforms:retire": app(*oracle.KEEPS, Post.TRUSTEE),
    "platforms:assessment": looked_at(*oracle.READS),
    "platforms:take_on": looked_at(*oracle.ASSESSES),
    **dict.fromkeys(("platforms:write", "platforms:add_hazard", "platforms:send"), looked_at()),
    **dict.fromkeys(
        ("platforms:change_hazard", "platforms:remove_hazard", "platforms:add_control"), looked_at(what="hazard")
    ),
    "platforms:remove_control": looked_at(what="risk control"),
    "platforms:hand_back": looked_at(*oracle.KEEPS, Post.TRUSTEE),
    **dict.fromkeys(("platforms:approve", "platforms:refuse", "platforms:send_back"), looked_at(*oracle.DECIDES)),
    "platforms:control": looked_at(*oracle.READS, what="control"),
    "platforms:control_done": looked_at(*oracle.KEEPS, what="control"),
    "platforms:give_control": looked_at(*oracle.KEEPS, Post.IT, Post.TRUSTEE, what="control"),
    "platforms:security": page(*oracle.READS),
    "platforms:begin_security": page(*oracle.CHECKS, *oracle.DECIDES),
    "platforms:security_review": looked_at(*oracle.READS, what="security"),
    "platforms:check": looked_at(*oracle.CHECKS, what="theme"),
    "platforms:find": looked_at(*oracle.CHECKS, what="security"),
    "platforms:sign": looked_at(*oracle.DECIDES, what="security"),
    "platforms:finding": looked_at(*oracle.READS, what="finding"),
    "platforms:mended": looked_at(Post.IT, Post.OFFICE, what="finding"),
    "platforms:give_finding": looked_at(*oracle.KEEPS, Post.IT, Post.TRUSTEE, what="finding"),
    # training
    "training:mine": own(),
    "training:record_mine": own(),
    "training:courses": own(),
    "training:matrix": page(*SEES_TRAINING, notes="list"),
    "training:topics": page(*SEES_TRAINING, Post.CHAIR, Post.VICE),
    "training:to_check": page(*KEEPS_TRAINING, notes="list"),
    "training:person": trained(*SEES_TRAINING, own=True),
    "training:record": trained(*KEEPS_TRAINING),
    "training:excuse": trained(*KEEPS_TRAINING, not_own=True),
    "training:end_exemption": trained(*KEEPS_TRAINING, held="excused"),
    "training:verify": something_done("verify"),
    "training:add_evidence": something_done("add a file"),
    "training:evidence": shows_it(ANYTHING, notes=""),
    "training:lock_evidence": shows_it(OPEN),
    "training:owed": Rule(
        lambda w, role, r: (
            OPEN if role in SIGNED_IN and (r == "own" or role in (*SEES_TRAINING, Post.CHAIR, Post.VICE)) else MISSING
        ),
        lambda w, role, r: (w.owed[role if r == "own" and role != STRANGER else "rest"].pk,),
        ("own", "somebody else’s"),
        "read",
    ),
    **dict.fromkeys(("training:supervisions", "training:my_supervision"), own()),
    **dict.fromkeys(
        ("training:supervise", "training:offer_support"),
        Rule(
            lambda w, role, r: (
                MISSING
                if role not in SIGNED_IN or r == "own" or role not in (*SEES_TRAINING, Post.CHAIR)
                else OPEN
                if role in (Post.DSO, Post.DEPUTY, Post.LEAD, Post.CHAIR)
                else REFUSED
            ),
            lambda w, role, r: (w.people[role].pk if r == "own" and role != STRANGER else w.rest.pk,),
            ("own", "somebody else’s"),
        ),
    ),
    "training:support": Rule(
        lambda w, role, r: OPEN if role in SIGNED_IN and r == "own" else MISSING,
        lambda w, role, r: (w.offers[role if r == "own" and role != STRANGER else "rest"].pk,),
        ("own", "somebody else’s"),
        "read",
    ),
    "training:add_rhythm": page(*KEEPS_TRAINING),
    "training:end_rhythm": kept(*KEEPS_TRAINING, what="rhythm"),
    "training:hold_session": page(*KEEPS_TRAINING),
    "training:verify_session": Rule(
        lambda w, role, r: OPEN if role in KEEPS_TRAINING else REFUSED if role in SEES_TRAINING else MISSING,
        lambda w, *cell: (w.session.pk,),
        notes="read",
    ),
    "training:bring_in": page(*KEEPS_TRAINING),
    "training:briefing": Rule(
        lambda w, role, r: OPEN if role in SIGNED_IN else MISSING, lambda w, *cell: (w.briefing.pk,)
    ),
    "training:strike_out": something_done("strike out"),
    "training:add_course": page(*KEEPS_TRAINING),
    **{
        f"training:{name}": kept(*KEEPS_TRAINING, what="course")
        for name in ("change_course", "end_course", "require", "count_for", "write_briefing")
    },
    "training:end_requirement": kept(*KEEPS_TRAINING, what="requirement"),
    "training:end_equivalent": kept(*KEEPS_TRAINING, what="equivalent"),
    # who is new: those who see to it, and oneself; here somebody who holds no role
    "training:inductions": page(*oracle.INDUCTS, notes="list"),
    "training:begin_induction": page(*INDUCTORS),
    "training:induction": induct(*oracle.INDUCTS),
    **{
        f"training:{name}": induct(*INDUCTORS)
        for name in ("clear_induction", "end_induction", "decide_dbs", "ask_reference")
    },
    "training:hear_reference": induct(*INDUCTORS, what="reference"),
    "training:dbs": induct(*oracle.INDUCTS, what="dbs"),
    **dict.fromkeys(("training:renew_dbs", "training:destroy_copy"), induct(*INDUCTORS, what="dbs")),
    # what is done online with young people: by whoever works with the group, too
    **dict.fromkeys(("training:online", "training:talks_for_all", "training:library"), own()),
    **dict.fromkeys(("training:add_talk_for_all", "training:add_resource"), page(*KEEPS_ONLINE)),
    "training:agreements": own(),
    "training:write_agreement": page(*KEEPS_ONLINE),
    "training:agreements_in": group(),
    **dict.fromkeys(("training:agreement_link", "training:agreement_paper"), asked_to_sign()),
    "training:talks": kept(*SIGNED_IN, what="talks"),
    "training:add_talk": stepped(*KEEPS_ONLINE, WORKER, what="talks"),
    "training:talk": stepped(*SIGNED_IN, what="talk", notes="read"),
    "training:strike_talk": stepped(*KEEPS_ONLINE, what="talk", notes="read"),
    **dict.fromkeys(("training:check_resource", "training:end_resource"), kept(*KEEPS_ONLINE, what="resource")),
    "policies:agree": policy(what="in force"),
    "policies:who": policy(*oracle.DRAFTS, Post.TRAINING, what="in force"),
    "policies:reviews": page(*oracle.DRAFTS),
    "policies:review": policy(what="review"),
    **{f"policies:{name}_review": policy(*oracle.WRITES, what="review") for name in ("minute", "early")},
    "policies:sign_review": policy(*oracle.APPROVES, what="review"),
    "policies:lessons": page(*oracle.DRAFTS),
    "policies:add_lesson": page(*oracle.WRITES, Post.LEAD),
    "policies:lesson": policy(what="lesson"),
    **{
        f"policies:{name}": policy(*oracle.WRITES, Post.LEAD, what="lesson")
        for name in ("change_lesson", "lesson_changed", "act_on_lesson")
    },
    **{
        f"policies:{name}_lesson_action": policy(*oracle.WRITES, Post.LEAD, what="lesson action")
        for name in ("finish", "drop")
    },
    # the organisation
    "home:start": own(),
    "home:week": page(Post.DSO, Post.DEPUTY),
    "home:promises": page(*DSO_LINE, Post.TRUSTEE, Post.CHAIR, Post.VICE, Post.OFFICE, Post.AUDITOR, Post.TRAINING),
    "home:running": page(*HEALTH),
    "home:test_message": page(*HEALTH, takes="POST"),
    "home:send_all_again": page(*GIVEN_UP, takes="POST"),
    **dict.fromkeys(
        ("home:send_again", "home:set_aside"),
        Rule(lambda w, role, r: OPEN if role in GIVEN_UP else MISSING, lambda w, *cell: (w.given_up.pk,), takes="POST"),
    ),
    **{
        f"home:{name}": page(*SETTERS)
        for name in (
            "organisation",
            "colours",
            "add_closure",
            "contacts",
            "add_contact",
            "council",
            "add_council",
            "duty",
            "add_guidance",
        )
    },
    "home:access_reviews": page(Post.OFFICE, Post.LEAD, Post.CHAIR, notes="list"),
    "home:access_review": kept(Post.OFFICE, Post.LEAD, Post.CHAIR, what="review"),
    "home:decide_access": kept(Post.OFFICE, Post.LEAD, Post.CHAIR, what="review line", takes="POST"),
    "home:sign_access_review": kept(Post.OFFICE, Post.LEAD, Post.CHAIR, what="review", takes="POST"),
    "home:lost": person(*LEADS, not_own=True),
    "home:stop_lost": person(*LEADS, not_own=True),
    "home:components": page(*SETTERS, Post.IT),
    "home:keys": page(*SETTERS, Post.IT, Post.TRUSTEE, Post.VICE),
    "home:remove_closure": kept(*SETTERS, what="closure", takes="POST"),
    "home:change_contact": kept(*SETTERS, what="contact"),
    "home:check_contact": kept(*SETTERS, what="contact", takes="POST"),
    "home:change_council": kept(*SETTERS, what="council"),
    "home:check_council": kept(*SETTERS, what="council", takes="POST"),
    "home:guidance": own(),
    "home:source": kept(*SIGNED_IN, what="guidance"),
    **{f"home:{name}_guidance": kept(*SETTERS, what="guidance") for name in ("change", "replace", "again")},
    "home:check_guidance": kept(*SETTERS, what="guidance", takes="POST"),
    "home:channels": own(),
    "home:contact": own(),
    "home:ask_exception": own(),
    "home:add_contact_rule": kept(*DSO_LINE, what="a group"),
    **{f"home:{name}_contact_rule": kept(*DSO_LINE, what="contact rule") for name in ("change", "end")},
    "home:contact_exception": exception(own=True),
    **{f"home:{name}_exception": exception() for name in ("allow", "refuse")},
    "home:end_exception": exception(own=True),
    **{f"home:{name}": kept(*SETTERS, Post.DEPUTY, what="channel") for name in ("channel", "add_holder")},
    "home:end_holder": kept(*SETTERS, Post.DEPUTY, what="holder"),
}
# addresses that name something other than a record: what to write there
WRITTEN = {
    "people:welcome": ["some-words"],
    **{
        key: ["some-words"]
        for key in ("consent:family", "consent:sign", "training:agreement", "training:sign_agreement")
    },
    "account_reset_password_from_key": ["abc", "def-0"],
    "home:stylesheet": ["112233", "445566"],
    "speak:tell": ["young"],
    "home:topic": ["photo"],
    "policies:public": ["a-policy"],
    "policies:public_file": ["a-policy"],
}
