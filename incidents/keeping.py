"""How long what this room writes is kept, and why (practice.md 1.5; R17). Defaults for trustees to adopt, not law."""

from django.utils.translation import gettext_lazy as _

from harmony import between
from harmony.between import KeptFor

NSPCC, KCSIE, STORAGE, INQUIRY = "nspcc-records", "kcsie", "ico-storage", "iicsa"
CLASSES = [
    KeptFor(
        "case",
        _("A case about a child"),
        25,
        _(
            "The birth of the youngest child in it, so until they turn 25. If a birth is not known, the day we were told."
        ),
        _("A grown-up may ask what was done for them as a child, and a court may ask us."),
        (NSPCC, STORAGE),
    ),
    KeptFor(
        "case-abuse",
        _("A case in which there may be sexual abuse of a child"),
        75,
        _("The day it was closed. Somebody looks at it every 10 years."),
        _("Many tell only after decades. The national inquiry asked that such records are kept long."),
        (INQUIRY, STORAGE),
    ),
    KeptFor(
        "allegation",
        _("An allegation about one of us that was not false or malicious"),
        10,
        _("The day its outcome was decided. It stays longer where they reach the usual retirement age later."),
        _("Somebody who asks for a reference, and children elsewhere, need to be able to rely on us."),
        (KCSIE,),
    ),
    KeptFor(
        "low-level",
        _("A low-level concern about one of us"),
        6,
        _("The day they leave us."),
        _("A pattern shows only over years. After they left, claims can still be made for six years."),
        (KCSIE, STORAGE),
    ),
    KeptFor(
        "report-other",
        _("A report from outside that was not about the safety of a child"),
        3,
        _("The day it was closed."),
        _("It may turn out to belong to something later. Longer than that nobody needs it."),
        (STORAGE,),
    ),
]


@between.retention_classes.offer
def classes():
    return CLASSES
