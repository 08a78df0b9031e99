"""What is there in the end, held against what should be."""

from . import model

MUST_BE_NONE = (
    *("gave_up", "reports_lost", "cases_without_a_report"),
    *("notices_lost", "notices_duplicated", "notices_unasked"),
    *("mails_lost", "mails_unexplained", "mails_unknown", "mails_given_up_wrongly"),
)
WINDOW = 2  # seconds, in which a mail that was taken is written down as sent


def judge(filed, counted, run):
    """`filed`: what people were told; `counted`: what the database holds; `run`: what broke when, and the mail server."""
    return _reports(filed, counted) | notices(filed, counted, run) | _mails(counted, run)


def explain(filed, counted, run):
    """What was lost or should not be there, a line each, so that somebody can find out why. No more than ten of a kind."""
    told = {tuple(one[:4]) for one in counted["told"]}
    stored = counted["reports"]
    yield from [f"lost: report {one.reference}" for one in filed if stored.get(one.key) != one.reference][:10]
    for report in filed:
        missing, allowed = model.due(report, run.mended_at) - told, model.allowed(report, run.counted_at, run.ahead)
        unasked = {one for one in told if one[0] == report.key and one[2] in model.CLOCKS} - allowed
        for what, some in (("lost", missing), ("unasked", unasked)):
            yield from [f"{what}: {report.reference}, filed {report.since}, {one[1:]}" for one in sorted(some)]
    ours = counted["told"] + counted["other"]
    yield from [f"lost: mail {one[4]}" for one in ours if not one[5] and f"<{one[4]}@127.0.0.1>" not in run.taken][:10]
    for name, takes in run.taken.items():
        if any(take.answered and not _cut(take, run.cuts) for take in takes[:-1]):
            yield f"twice: mail {name}, at {[round(take.at, 1) for take in takes]}"


def _reports(filed, counted):
    stored = counted["reports"]
    return {
        "reports_acknowledged": len(filed),
        "reports_stored": len(stored),
        "reports_lost": sum(stored.get(one.key) != one.reference for one in filed),
        "cases_without_a_report": counted["cases"] - len(stored),
    }


def notices(filed, counted, run):
    told = [tuple(one[:4]) for one in counted["told"]]
    due = {one for report in filed for one in model.due(report, run.mended_at)}
    allowed = {one for report in filed for one in model.allowed(report, run.counted_at, run.ahead)}
    known = {report.key for report in filed}
    return {
        "notices_due": len(due),
        "notices_lost": len(due - set(told)),
        "notices_duplicated": len(told) - len(set(told)),
        "notices_unasked": sum(one not in allowed for one in told if one[0] in known and one[2] in model.CLOCKS),
    }


def _mails(counted, run):
    taken, cuts = run.taken, run.cuts
    notices = {f"<{one}@127.0.0.1>": settled for *_who, one, settled in counted["told"] + counted["other"]}
    everyone = [take for takes in taken.values() for take in takes]
    again = [take for takes in taken.values() for take in takes[:-1]]  # each of these was followed by another
    killed = [take for take in everyone if not take.answered and not take.silent]
    cut_off = [take for take in again if take.answered and _cut(take, cuts)]
    return {
        "mails_lost": sum(not settled and one not in taken for one, settled in notices.items()),
        "mails_duplicated": len(again),
        "mails_unanswered": sum(take.silent for take in everyone),
        "kills_in_window": len(killed) + len(cut_off),
        "mails_unexplained": sum(take.answered and not _cut(take, cuts) for take in again),
        "mails_unknown": len(set(taken) - set(notices)),
        "mails_given_up": len(run.given_up),
        "mails_given_up_wrongly": sum(address not in run.refused for address in run.given_up),
    }


def _cut(take, cuts):
    """Whether whoever sent it was cut off before it could be written down."""
    return any(since - WINDOW <= take.at <= until for since, until in cuts)


def is_well(result):
    """Asked of each engine by itself. A mail may go out twice only where it was taken and nobody could write that down."""
    twice = result["mails_duplicated"] <= result["mails_unanswered"] + result["kills_in_window"]
    return twice and not result["unmet"] and not any(result[name] for name in MUST_BE_NONE)
