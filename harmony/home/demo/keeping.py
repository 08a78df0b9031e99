"""What the office does each quarter: it looked at who may do what three months ago, and is in the middle of it now."""

from datetime import timedelta

from harmony.home.reviews import make

HALF = 2  # of those whom the office may answer for, one in so many is looked at already


def look_at_rights(cast, now):
    sol, ruth = cast["sol"], cast["ruth"]
    before = now - timedelta(days=91)
    done = make(before)
    for line in done.lines.select_related("user", "review"):
        line.decide("confirmed", by=ruth if line.user == sol else sol, at=before + timedelta(days=2))
    done.sign_off(by=ruth, at=before + timedelta(days=3))
    under_way = make(now - timedelta(hours=3))
    if under_way:
        for line in under_way.lines.exclude(user=sol).select_related("user", "review")[::HALF]:
            line.decide("confirmed", by=sol, at=now - timedelta(hours=1))
