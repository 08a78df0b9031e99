"""The rules that cases are worked by, and what each rests on (S3; practice.md 1). A number in our code, "(R11)", is one of these."""

from django.utils.translation import gettext_lazy as _

from harmony import between
from harmony.between import Rule

KCSIE, TOGETHER, SHARING, NUDES = "kcsie", "working-together", "information-sharing", "nudes"
RULES = [
    Rule("R1", _("In danger, 999 is rung first, and what was done is written down afterwards."), (TOGETHER, NUDES, "S1")),
    Rule("R2", _("A concern is told aloud and written down on the same day."), (KCSIE,)),
    Rule("R4", _("What was seen and said, what was asked and what somebody thinks are written down apart."), (KCSIE,)),
    Rule("R5", _("Each decision has its reason, not to refer included."), (KCSIE,)),
    Rule("R6", _("Records of child protection are kept apart from the ordinary file."), (KCSIE,)),
    Rule("R7", _("A child who is likely to come to serious harm is referred, by phone and in writing."), (TOGETHER,)),
    Rule("R8", _("A referral that nobody answers is chased when two working days have gone by."), (TOGETHER,)),
    Rule("R9", _("Where we disagree with an agency, we go up in three stages, each written down."), (TOGETHER,)),
    Rule("R10", _("Parents are told, unless that adds risk; then the reason is written down."), (SHARING, TOGETHER, "S13")),
    Rule("R11", _("An allegation about a worker is with the LADO within one working day."), (TOGETHER, KCSIE)),
    Rule("R12", _("Nobody works a concern about themselves: it goes to whoever stands above."), (KCSIE,)),
    Rule("R13", _("Whoever an allegation is about is not spoken to before the LADO has advised."), (KCSIE,)),
    Rule("R14", _("Nobody is suspended before each alternative was weighed, with a reason."), (KCSIE,)),
    Rule("R15", _("An allegation ends in one of five ways, each with its meaning beside it."), (KCSIE,)),
    Rule("R16", _("Whether the Disclosure and Barring Service is told is decided, with the reason."), ("dbs",)),
    Rule("R17", _("What was false or malicious stands in no reference and in no personnel file."), (KCSIE,)),
    Rule("R18", _("Low-level concerns are kept in a register, and looked at together each quarter."), (KCSIE,)),
    Rule("R21", _("Whether the Charity Commission is told of a serious incident is decided, with the reason."), ("serious-incidents",)),
    Rule("R22", _("From the day the law says so, whoever has to tell of sexual abuse says whether they did."), ("duty-to-tell",)),
    Rule("R23", _("Each online worry is one of content, contact, conduct and commerce."), (KCSIE, "nspcc-online")),
    Rule("R24", _("Nobody looks at, copies, keeps or sends an indecent image of a child."), (NUDES,)),
    Rule("R25", _("Where an adult is part of it, the police are told at once."), (NUDES,)),
    Rule("R26", _("Threats, force, a child under 13 or danger now: police and children’s services are told at once."), (NUDES,)),
    Rule("R27", _("A young person is helped to use Report Remove. They do it; nobody looks."), (NUDES, "S31")),
    Rule("R28", _("Grooming online is reported to CEOP, and the number of each report is kept."), (KCSIE, "S31")),
    Rule("R29", _("What the police decide is written down in words that call no child a criminal."), (NUDES,)),
    Rule("R34", _("What is shared outside goes by the seven golden rules, and so does what is not."), (SHARING,)),
    Rule("R35", _("Each time something is shared, the ground on which the law allows it is named."), ("ico-sharing",)),
    Rule("R36", _("To keep somebody safe is a ground of its own."), ("ico-sharing",)),
]  # fmt: skip


@between.rules.offer
def rules():
    return RULES
