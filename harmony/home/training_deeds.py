"""What may be done in the room of training, by the right that is asked for each: a part of deeds.py."""

from harmony.people.models import YoungPerson
from training import access as training
from training.models import Completion, DbsCheck, Evidence, Exemption, Induction, Session, Supervision, Support, Talk

from .deed import Deed, somebody

TRAINING = [
    Deed("Have a page of one’s own training", training.may_have_training),
    Deed("See how many are covered, without names", training.may_see_figures),
    Deed("See who is covered and who is not", training.may_see_training),
    Deed("Read somebody else’s training", training.may_see_person, somebody),
    Deed("Keep courses, and say who needs them", training.may_keep),
    Deed("Write down what one has done", training.may_record, lambda w, user: Completion(user=user)),
    Deed("Write down what somebody else has done", training.may_record, lambda w, user: Completion(user=w.somebody)),
    Deed(
        "Check what somebody else wrote down of a third",
        training.may_verify,
        lambda w, user: Completion(user=w.somebody, recorded_by=w.colleague),
    ),
    Deed("Do a course that is read here", training.may_read_here, lambda w, user: Completion(user=user)),
    Deed(
        "Check a signed list of attendance",
        training.may_check_session,
        lambda w, user: Session(recorded_by=w.somebody),
    ),
    Deed(
        "Add a file that shows one’s own training",
        training.may_add_evidence,
        lambda w, user: Evidence(completion=Completion(user=user)),
    ),
    Deed(
        "Lock such a file of somebody else away",
        training.may_lock_away,
        lambda w, user: Evidence(completion=Completion(user=w.somebody)),
    ),
    Deed("See when people had supervision", training.may_see_supervision),
    Deed("Write down supervision of somebody", training.may_supervise, lambda w, user: Supervision(user=w.somebody)),
    Deed("Offer somebody support", training.may_offer_support, lambda w, user: Support(user=w.somebody)),
    Deed("Answer an offer to somebody else", training.may_answer_support, lambda w, user: Support(user=w.somebody)),
    Deed("Supervise oneself", training.may_supervise, lambda w, user: Supervision(user=user)),
    Deed("Check one’s own training", training.may_verify, lambda w, user: Completion(user=user)),
    Deed("Strike out what was checked", training.may_strike_out, lambda w, user: Completion(user=w.somebody)),
    Deed("Excuse somebody from a course", training.may_excuse, lambda w, user: Exemption(user=w.somebody)),
    Deed("See what is done about online safety with each group", training.may_see_online),
    Deed("Write down an evening for all parents", training.may_talk_to_all),
    Deed("Write down a session with a group one does not work with", training.may_hold_talk, lambda w, user: Talk()),
    Deed(
        "Strike out one that somebody else wrote down",
        training.may_strike_talk,
        lambda w, user: Talk(recorded_by=w.somebody),
    ),
    Deed("Keep the library of what to use, and the words of the online agreement", training.may_keep_library),
    Deed(
        "Ask a young person of a group one does not work with to sign it",
        training.may_agree_for,
        lambda w, user: YoungPerson(),
    ),
    Deed("Excuse oneself", training.may_excuse, lambda w, user: Exemption(user=user)),
    Deed("See who is new, and the decisions on DBS checks", training.may_see_inductions),
    Deed("Begin an induction", training.may_begin_inductions),
    Deed(
        "Say that somebody new may work with young people",
        training.may_induct,
        lambda w, user: Induction(user=w.somebody),
    ),
    Deed("Say so of oneself", training.may_induct, lambda w, user: Induction(user=user)),
    Deed(
        "Decide on somebody’s DBS check, and read their references",
        training.may_decide_dbs,
        lambda w, user: DbsCheck(user=w.somebody),
    ),
]
