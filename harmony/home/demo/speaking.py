"""The demo: a young person who told us something from outside, and whose last message waits to be read."""

from datetime import timedelta
from uuid import UUID

from incidents.kinds import Kind
from incidents.speak.receiving import Sender, come_back, receive, write

FORM = UUID("6f0d3c9a-53a1-4a55-9c3e-0b8f5a7f2d11")  # the same words each time: whoever tries the demo can put them in


def tell(cast, now):
    """The six words of the young person."""
    told = receive(
        FORM,
        sender=Sender.YOUNG,
        door="bullying",
        danger="no",
        words="theres a group chat where people from makers put pics of this girl. edited to look bad. i didnt do it but i"
        " laughed and now i feel bad",
        age="11-13",
        safe_times="not before school, my sister has my phone",
        must_not_know="the others in the chat",
        code_word="otter",
        at=now - timedelta(hours=26),
    )
    thread, case = told.report.thread, told.report.case
    case.acknowledge(by=cast["amara"], at=now - timedelta(hours=25))
    case.triage(
        severity="medium",
        kind=Kind.BULLYING,
        rationale="Pictures of one of us, altered and passed round in a chat. We do not know yet who she is.",
        parents="later",
        parents_reason="We do not know who wrote to us, and they are afraid of being found out.",
        refer=False,
        refer_reason="Nothing yet that a council would act on. We look again when we know who she is.",
        caused_by="peer",
        by=cast["amara"],
        at=now - timedelta(hours=24, minutes=30),
    )
    case.tell_reporter(
        "Thank you for telling us. It takes guts. You won’t be in trouble with us. We want to help her, and everyone in that"
        " chat. One question, only if you want to answer: is the chat still going?",
        by=cast["amara"],
        at=now - timedelta(hours=24),
    )
    thread.refresh_from_db()
    come_back(thread, at=now - timedelta(hours=20))
    write(thread, "yeah. its on snap. called dm lols", at=now - timedelta(hours=19))
    return told.words
