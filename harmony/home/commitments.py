"""What the policy statement promises, S1 to S32, and how each promise stands now.

The words are in our own short form; who proves a promise now says so through `between.proofs`, by a rule. A promise that
nobody here can prove is red, and says so: better than a green that nobody has looked at.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from harmony import between
from harmony.between import Proof

TONES = ("red", "amber", "green")  # the worst first: one that is not kept is not made good by others


@dataclass(frozen=True)
class Commitment:
    code: str
    says: str | Promise
    kept_by: str | Promise  # the part of the system that does


@dataclass(frozen=True)
class Standing:
    commitment: Commitment
    tone: str
    proofs: tuple


def _commitments(part, rows):
    return [Commitment(code, says, part) for code, says in rows.items()]


CASES, PICTURES = gettext_lazy("Reports and cases"), gettext_lazy("Pictures")
POLICIES, GROUND = gettext_lazy("Policies"), gettext_lazy("People and organisation")
TRAINING, PLATFORMS = gettext_lazy("Training"), gettext_lazy("Apps and systems")
COMMITMENTS = sorted(
    [
        *_commitments(
            CASES,
            {
                "S1": gettext_lazy("The safety of a child comes first"),
                "S7": gettext_lazy("No abuse of any kind"),
                "S10": gettext_lazy("Adults are protected too"),
                "S11": gettext_lazy("It counts wherever it happened"),
                "S12": gettext_lazy("Everybody is protected alike"),
                "S13": gettext_lazy("We work with parents and other agencies"),
                "S18": gettext_lazy("We respond, whether an adult or a young person caused it"),
                "S21": gettext_lazy("What we know is held securely and shared only as it should be"),
                "S26": gettext_lazy("We follow clear steps when something happens"),
                "S28": gettext_lazy("We think of whoever was harmed, of bystanders and of us all"),
                "S29": gettext_lazy("We come back to the plan until it is solved"),
            },
        ),
        *_commitments(
            POLICIES,
            {
                "S2": gettext_lazy("Everybody knows the principles"),
                "S3": gettext_lazy("In line with our values and the law"),
                "S5": gettext_lazy("Read beside our other policies"),
                "S6": gettext_lazy("It rests on law and guidance"),
                "S15": gettext_lazy("A code says what to do and what not to do"),
                "S30": gettext_lazy("The policies that belong with it are in force"),
                "S32": gettext_lazy("Reviewed every year"),
            },
        ),
        *_commitments(
            GROUND,
            {
                "S4": gettext_lazy("It is for everybody who takes part"),
                "S14": gettext_lazy("Somebody leads on online safety"),
                "S20": gettext_lazy("Accounts and passwords protect people"),
                "S31": gettext_lazy("Help lines that answer"),
            },
        ),
        *_commitments(
            PICTURES,
            {
                "S17": gettext_lazy("Parents and carers are supported"),
                "S22": gettext_lazy("Pictures only with written permission, and only for that"),
            },
        ),
        *_commitments(
            TRAINING,
            {
                "S16": gettext_lazy("Young people are supported online"),
                "S23": gettext_lazy("Staff get supervision, support and training"),
                "S27": gettext_lazy("Everybody is trained in all forms of abuse"),
            },
        ),
        *_commitments(
            PLATFORMS,
            {
                "S8": gettext_lazy("Good uses of the internet, with safeguards"),
                "S9": gettext_lazy("Risks are looked at"),
                "S19": gettext_lazy("The security of our systems is reviewed"),
                "S24": gettext_lazy("New apps are assessed before they are used"),
                "S25": gettext_lazy("No private contact with young people online"),
            },
        ),
    ],
    key=lambda one: int(one.code[1:]),
)


def standing(user=None, at=None):
    """Each of them, with the worst of what was found; of cases, what this person may count."""
    found = defaultdict(list)
    for proof in between.proofs(user, at or now()):
        found[proof.of].append(proof)
    return [_standing(one, tuple(found.get(one.code, ()))) for one in COMMITMENTS]


def _standing(commitment, proofs):
    proofs = proofs or (Proof(commitment.code, "red", _unproven(commitment)),)
    return Standing(commitment, min((one.tone for one in proofs), key=TONES.index), proofs)


def _unproven(commitment):
    return _("Nothing here can prove this yet. It belongs to: %(part)s.") % {"part": commitment.kept_by}
