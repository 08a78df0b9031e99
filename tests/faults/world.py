"""Inside the product: people to begin with, and what is there in the end. All print JSON.

python -m tests.faults.world begin          the cast, and sessions of whoever reports and whoever reads
python -m tests.faults.world late 5 2.0     five reports that have waited for hours already, one every two seconds
python -m tests.faults.world count          reports, cases, notices and mails
python -m tests.faults.world again          the button that sends once more what was given up
"""

import json
import sys
import time
from datetime import timedelta
from uuid import uuid4

import django

from .model import AMARA, CAST, SAM

PATIENCE = 180  # seconds, for one report
# (in danger, about the DSO, how long ago): so that every rung is due, or only the first ones
LATE = ((True, False, 9 * 60), (False, False, 22 * 60), (True, False, 50), (True, True, 9 * 60), (False, False, 190))


def begin():
    from django.utils.timezone import localdate, now

    from harmony.audit.events import event
    from harmony.organisation import beginning
    from harmony.people.models import Appointment, Membership, OnCall, User
    from tests.clients import TwoProofs

    beginning.begin(name="Harbour", hours="Mon-Sun 00:00-24:00", by="faults")
    people = {}
    with event("join", by="faults"):
        for name, post in CAST.items():
            address = f"{name.split()[0].lower()}@harbour.example"
            people[name] = user = User.objects.create_user(address, "a long password 9", name=name)
            Membership.objects.create(user=user, kind="staff", starts_on=localdate() - timedelta(days=9))
            if post:
                Appointment.objects.create(user=user, post=post, starts_on=localdate() - timedelta(days=9))
        since, until = now() - timedelta(days=3), now() + timedelta(days=20)
        OnCall.objects.create(user=people[AMARA], phone="01632 960 101", starts_at=since, ends_at=until)
    sessions = {}
    for role, name in (("staff", SAM), ("dso", AMARA)):
        client = TwoProofs()
        client.force_login(people[name])
        sessions[role] = client.cookies["sessionid"].value
    return sessions | {"dso_id": str(people[AMARA].pk), "dso_address": people[AMARA].email}


def late(number, pause):
    """A line for each that was filed, as soon as it was."""
    from django.utils.timezone import now

    from harmony.people.models import User

    sam, amara = (User.objects.get(name=name) for name in (SAM, AMARA))
    for turn in range(number):
        danger, about_dso, minutes = LATE[turn % len(LATE)]
        at = now() - timedelta(minutes=minutes)
        answers = {"danger": "yes" if danger else "no", "about_us": about_dso, "named": str(amara.pk) * about_dso}
        key = uuid4()
        reference = _until_it_is_filed(sam, key, at, answers | {"who": f"Late {turn} (12)", "facts": "Seen at noon."})
        filed = {"key": str(key), "reference": reference, "danger": danger, "about_dso": about_dso}
        sys.stdout.write(json.dumps(filed | {"at": at.isoformat()}) + "\n")
        sys.stdout.flush()
        time.sleep(pause)


def _until_it_is_filed(author, key, at, answers):
    from django.db import Error, close_old_connections

    from harmony.audit.transitions import StateMoved
    from incidents.models import Report

    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            report = Report.begin(author, key, **answers)
            if report.status == Report.Status.DRAFT:
                report.file(by=author, at=at)
            return report.case.reference
        except (Error, StateMoved):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)
            close_old_connections()


def count():
    from harmony.notifications.models import Delivery, Notice
    from incidents.models import Case, Report

    reports = Report.objects.filed().select_related("case")
    keys = {one.pk: str(one.form_key) for one in reports} | {one.case_id: str(one.form_key) for one in reports}
    unsent = set(Report.objects.drafts().values_list("pk", flat=True))
    told, other = [], []
    for notice in Notice.objects.select_related("recipient"):
        was_sent = notice.kind in ("draft", "unsent") and notice.about not in unsent  # nobody need be reminded any more
        settled = bool(notice.stopped_at or notice.read_at) or was_sent
        ours = told if notice.kind in ("case", "report") else other
        ours.append([keys.get(notice.about), notice.recipient.name, notice.clock, notice.rung, notice.pk.hex, settled])
    mails = Delivery.objects.filter(channel="mail")
    return {
        "reports": {str(one.form_key): one.case.reference for one in reports},
        "cases": Case.objects.count(),
        "told": told,
        "other": other,
        "under_way": mails.filter(status__in=Delivery.UNDER_WAY).count(),
        "given_up": list(mails.filter(status="dead").values_list("notice__recipient__email", flat=True)),
    }


def again():
    from harmony.notifications.models import Delivery

    return Delivery.objects.all().try_again()


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "late":
        late(int(sys.argv[2]), float(sys.argv[3]))
    else:
        sys.stdout.write(json.dumps({"begin": begin, "count": count, "again": again}[sys.argv[1]]()))
