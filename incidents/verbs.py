"""The book’s verbs about a case, as people say them: “acknowledged this”, “gave out an action”."""

from functools import cache

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from harmony.audit.transitions import table

SAID = {
    "read": _("opened this case"),
    "open_in_emergency": _("opened this in an emergency, to read for an hour"),
    "print": _("opened it to print"),
    "file": _("reported this"),
    "acknowledge": _("acknowledged this"),
    "triage": _("triaged this"),
    "write": _("wrote in the chronology"),
    "answer_step": _("answered a required step"),
    "give": _("gave out an action"),
    "finish": _("finished an action"),
    "hand_back": _("said that an action could not be done"),
    "waive": _("said an action is not needed"),
    "close": _("closed this"),
    "redirect": _("passed this on, as not about safety"),
    "agree_to_redirect": _("looked again, and agreed that it is not about safety"),
    "bring_back": _("brought this back"),
    "reopen": _("reopened this"),
    "share": _("shared this with a colleague"),
    "ask_in": _("asked an adviser into this"),
    "unshare": _("stopped sharing this"),
    "recuse": _("kept a colleague out of this"),
    "say_of_name": _("said whether a name is that of a colleague"),
    "ask_to_let_in": _("asked to let a colleague in again"),
    "let_in": _("let a colleague in again"),
    "leave_out": _("left a colleague out of this"),
    "keep_family_out": _("kept somebody’s family out of this"),
    "step_aside": _("stepped aside: somebody in it is close to them"),
    "hand_over": _("gave this to somebody else"),
    "read_additions": _("read what was added"),
    "reweigh": _("changed the level"),
    "turn_out": _("changed the kind"),
    "ask_to_lower": _("asked to lower the level"),
    "agree": _("agreed to lower the level"),
    "decline": _("kept the level"),
    "review": _("reviewed this"),
    "tell_reporter": _("told the reporter"),
    "add": _("added to the report"),
    "add_person": _("added a person"),
    "change_person": _("changed what is known of a person"),
    "screen": _("answered the four questions about one of us"),
    "screen_again": _("answered the four questions again"),
    "consult": _("wrote down what the designated officer advised"),
    "decide_measure": _("decided what they do meanwhile"),
    "support": _("wrote down who is there for them"),
    "conclude": _("wrote down how the allegation ended"),
    "decide_dbs": _("decided whether the DBS is told"),
    "ask_to_tell": _("asked a colleague whether they told the police or the council"),
    "answer": _("said whether they told the police or the council"),
    "set_aside": _("wrote down why a colleague did not answer"),
    "request": _("asked for a PDF of this"),
    "make": _("had the PDF made"),
    "give_up": _("could not make the PDF"),
    "download": _("downloaded the PDF"),
    "check": _("checked a printed PDF of this"),
    "delete_file": _("deleted the PDF"),
    "expire": _("deleted the PDF: its day was over"),
    "find_image": _("found that there may be an image"),
    "log_contact": _("wrote down a contact or a welfare check"),
    "choose": _("chose what a referral says"),
    "black_out": _("blacked out words of a referral"),
    "keep": _("wrote down how somebody answered about equality"),
    "replace": _("changed what was answered about equality"),
    "escalate": _("opened this to others, as nobody had answered"),
    "reply": _("answered what was asked"),
    "ask_for_support": _("asked for somebody to talk to"),
    "say_not_needed": _("said why nothing is needed for somebody"),
    "begin": _("told us from outside"),
    "come_back": _("came back and read our answer"),
    "ask_to_open": _("asked to open the name of a sender"),
    "agree_to_open": _("agreed to open the name of a sender"),
    "open_in_danger": _("opened the name of a sender in danger"),
}
UNSEEN = {"ask_above", "pass_up"}  # goes past whoever works the case (N5); the book holds it


def said(verb):
    """In words of its own; or as the step says it to whoever comes second."""
    return SAID.get(verb) or _done().get(verb) or verb


@cache
def _done():
    models = apps.get_app_config("incidents").get_models()
    return {step.verb: step.done for model in models for step in table(model) if step.done}
