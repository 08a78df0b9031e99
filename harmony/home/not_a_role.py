"""Rights that no role has by itself, so that docs/roles.md has no line for them.

They are asked of an export, which only its maker has, of a message, or of the clock; or they are part of another step, and the
right to that stands among the deeds (deeds.py).
"""

from consent import access as consent
from harmony.documents import access as documents
from harmony.notifications import access as notifications
from harmony.organisation import access as organisation
from harmony.people import access as people
from incidents import access as incidents
from platforms import access as platforms
from policies import access as policies
from training import access as training

from . import access as home

NOT_A_ROLE = {
    documents.may_have,
    documents.may_delete,
    documents.may_end,
    home.may_look_for_lacks,
    home.may_record_backup,
    home.may_make_keys,
    home.may_reset_lost,
    home.may_open_review,
    people.may_let_sleep,
    notifications.may_answer,
    notifications.may_set_aside,
    consent.may_hear,
    consent.may_use_link,
    consent.may_send_link,
    training.may_remind,
    training.may_use_agreement,
    training.may_hear_agreement,
    training.may_send_agreement,
    organisation.may_list_channels,
    organisation.may_look_up,
    platforms.may_write_hazard,
    platforms.may_write_control,
    platforms.may_open_assessment,
    platforms.may_carry_out,
    platforms.may_drop,
    policies.may_open_review,
    incidents.may_escalate,
    incidents.may_keep_family_out,
}
