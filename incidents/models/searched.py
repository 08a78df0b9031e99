"""Which words lead to a case, and what each place is called where something is found.

What a reporter asked of somebody above, and what they were told, is not among them: not everybody who may open a case
reads that.
"""

from django.utils.translation import gettext_lazy as _

from harmony.encryption.search import Searched

from ..named import read

CASE = Searched(
    {
        "rationale": _("Triage"),
        "parents_reason": _("Triage"),
        "refer_reason": _("Triage"),
        "closing_reason": _("Closing"),
        "charity_why": _("Charity Commission"),
        "early_why": _("Closing"),
        "close_why": _("Closing"),
        "advice": _("Plan"),
        "lasts_because": _("Last review"),
        "childs_view": _("Last review"),
        "bystanders_now": _("Last review"),
        "lessons": _("Last review"),
    }
)
REPORT = Searched(
    {
        "who": _("Who the report is about"),
        "others": _("Who else is part of it"),
        "facts": _("What happened"),
        "childs_words": _("Their own words"),
        "view": _("What the reporter thinks"),
        "place": _("Where it happened"),
        "platform": _("App, game or site"),
        "handle": _("Username"),
        "told_999": _("Who rang 999"),
        "told_999_number": _("The number that 999 gave"),
        "asked": _("What was asked"),
        "told_whom": _("Who was told already"),
        "teller": _("Who told us"),
        "teller_is": _("Who told us"),
        "teller_words": _("What was told to us"),
    },
    of="case_id",
    read={"others": lambda text: "\n".join(one.name for one in read(text))},
)
ADDED = Searched({"words": _("Added to the report")}, of="report.case_id")
CHRONOLOGY = Searched(
    {"words": _("Chronology"), "with_whom": _("Chronology"), "how_they_were": _("Chronology")}, of="case_id"
)
NOT_NEEDED = Searched({"because": _("Plan")}, of="case_id")
STEP = Searched({"result": _("Required steps")}, of="case_id")
ACTION = Searched({"what": _("Actions"), "result": _("Actions")}, of="case_id")
PERSON = Searched(
    dict.fromkeys(("name", "handle", "age", "notes", "role", "reach", "not_to_tell", "collects"), _("People")),
    of="case_id",
)
VOICE = Searched({"words": _("What they want")}, of="case_id")
