"""Who works at the invented organisation, what they are there, and what a visitor can try as each of them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from harmony.people.models import Membership

PASSWORD = "lookaround2026"  # everybody's, in the demo alone; it is shown on the sign-in page
DOMAIN = "harmony.example"


@dataclass(frozen=True)
class Role:
    """One of the cast: what they are, and what a visitor can try as them."""

    name: str
    what: str
    attempt: str
    posts: tuple = ()
    kinds: tuple = (Membership.Kind.STAFF,)
    phone: str = ""
    years: int = 3  # how long they have been here

    password = PASSWORD

    @property
    def given(self):
        return self.name.split()[0]

    @property
    def first(self):
        return self.given.lower()

    @property
    def email(self):
        return f"{self.first}@{DOMAIN}"


VOLUNTEER, TRUSTEE, CONTRACTOR, PARENT = (
    Membership.Kind.VOLUNTEER,
    Membership.Kind.TRUSTEE,
    Membership.Kind.CONTRACTOR,
    Membership.Kind.PARENT,
)
CAST = [
    Role(
        "Amara Okafor",
        _("Designated safeguarding officer"),
        _("Read what came in today, decide how serious it is, and work the open cases."),
        posts=("dso",),
        phone="01632 960 101",
    ),
    Role(
        "Tom Ellery",
        _("Deputy safeguarding officer"),
        _("Take the concern that Callum rang in at night. See what was done in the first hour."),
        posts=("deputy",),
        phone="01632 960 102",
        years=6,
    ),
    Role(
        "Ruth Hale",
        _("Senior lead"),
        _("Open the concern about Amara, which she cannot find."),
        posts=("lead",),
        phone="01632 960 103",
        years=8,
    ),
    Role(
        "Dev Banerjee",
        _("Lead trustee for safeguarding"),
        _("See what a trustee sees: no child’s name and no case."),
        posts=("trustee", "vice"),
        kinds=(TRUSTEE,),
        years=4,
    ),
    Role(
        "Gwen Price",
        _("Chair of trustees"),
        _("Open the one concern that is about the senior lead."),
        posts=("chair",),
        kinds=(TRUSTEE,),
        years=5,
    ),
    Role(
        "Maya Lindqvist",
        _("HR and allegations manager"),
        _("Follow a concern about one of us, from the first call to the council."),
        posts=("allegations",),
    ),
    Role(
        "Sol Reyes",
        _("Office administrator"),
        _("Invite somebody, and make the audit report. You will find no case."),
        posts=("office", "training"),
    ),
    Role("Piotr Wrona", _("IT administrator"), _("Look for a case: there is none for you."), posts=("it",)),
    Role(
        "Kit Summers",
        _("Auditor from outside"),
        _("See what an auditor sees of the people and their posts."),
        posts=("auditor",),
        kinds=(CONTRACTOR,),
        years=1,
    ),
    Role(
        "Noor Aziz",
        _("Consent and communications"),
        _("Read your report about a picture used without permission, and where it stands."),
        posts=("consent",),
    ),
    Role("Jamie Frost", _("Youth worker, Studio"), _("Finish and send the report that you began.")),
    Role(
        "Leah Osei",
        _("Youth worker, Tuesday Makers"),
        _("Report a worry. Then see what became of the ones you sent before."),
        years=4,
    ),
    Role(
        "Callum Reid",
        _("Youth worker, Pathways"),
        _("You reported a concern, and one is about you. You see only what you wrote."),
        years=2,
    ),
    Role("Priya Nair", _("Youth worker, Online Club"), _("See your reports and add to one of them.")),
    Role(
        "Ed Marsh",
        _("Volunteer, and a parent"),
        _("See your reports. Your son’s group is not yours to look at."),
        kinds=(VOLUNTEER, PARENT),
        years=2,
    ),
    Role(
        "Hana Sato",
        _("Volunteer"),
        _("You filed a concern about Amara. Read it, then sign in as her and look for it."),
        kinds=(VOLUNTEER,),
        years=1,
    ),
]
