"""Three questions about a policy, as they are written down with it: one a line, the right answer first.

    A young person writes to your own account. = Tell the safeguarding officer today | Answer kindly | Block them

They are asked in another order for each person, and nobody is shown which is right before they have tried.
"""

from dataclasses import dataclass
from hashlib import sha256

MOST = 3


@dataclass(frozen=True)
class Question:
    asks: str
    right: str
    others: tuple

    def answers(self, seed):
        """All of them, in an order that hangs on who is asked."""
        return sorted((self.right, *self.others), key=lambda said: sha256(f"{seed}{said}".encode()).digest())


def read(text):
    """The questions of a version. ValueError with the line that cannot be read."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise ValueError(lines[MOST])
    return [_question(line) for line in lines]


def _question(line):
    asks, sign, said = line.partition("=")
    answers = [one.strip() for one in said.split("|")]
    if not sign or not asks.strip() or len(answers) < 2 or not all(answers) or len(set(answers)) != len(answers):
        raise ValueError(line)
    return Question(asks.strip(), answers[0], tuple(answers[1:]))
