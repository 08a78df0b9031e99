"""Inside the product: people to begin with, and what is there in the end. Both print JSON.

python -m tests.faults.world begin 4      sessions of four members of staff
python -m tests.faults.world count        reports, cases, notices and mails
"""

import json
import sys
from datetime import timedelta

import django


def begin(sessions):
    from django.test import Client
    from django.utils.timezone import localdate, now

    from harmony.audit.events import event
    from harmony.organisation import beginning
    from harmony.people.models import Appointment, Membership, OnCall, User

    beginning.begin(name="Harbour", hours="Mon-Sun 00:00-24:00", by="faults")
    with event("join", by="faults"):
        for name, post in (("Amara Okafor", "dso"), ("Tom Ellery", "deputy"), ("Sam", ""), ("Leah", "")):
            user = User.objects.create_user(
                f"{name.split()[0].lower()}@harbour.example", "a long password 9", name=name
            )
            Membership.objects.create(user=user, kind="staff", starts_on=localdate())
            if post:
                Appointment.objects.create(user=user, post=post, starts_on=localdate())
            if post == "dso":
                since = now() - timedelta(hours=1)
                OnCall.objects.create(
                    user=user, phone="01632 960 101", starts_at=since, ends_at=since + timedelta(days=9)
                )
    sam = User.objects.get(name="Sam")
    keys = []
    for _session in range(sessions):
        client = Client()
        client.force_login(sam)
        keys.append(client.cookies["sessionid"].value)
    return keys


def count():
    from harmony.notifications.models import Delivery, Notice
    from incidents.models import Case, Report

    mails = Delivery.objects.filter(channel="mail")
    notices = Notice.objects.filter(kind="case").values_list("about", "recipient__name", "clock", "rung")
    return {
        "reports": {str(one.form_key): one.case.reference for one in Report.objects.filed().select_related("case")},
        "cases": Case.objects.count(),
        "told": [[str(about), name, clock, rung] for about, name, clock, rung in notices],
        "under_way": mails.filter(status__in=Delivery.UNDER_WAY).count(),
        "wanted": [one.hex for one in mails.filter(status="sent").values_list("notice", flat=True)],
        "dead": mails.filter(status="dead").count(),
    }


if __name__ == "__main__":
    django.setup()
    answer = begin(int(sys.argv[2])) if sys.argv[1] == "begin" else count()
    sys.stdout.write(json.dumps(answer))
