"""The young people, who cares for them, and the groups they come to. All of them are invented.

Ages are chosen so that rules fire: one turns 13 next month, one turns 18 in three weeks, one lives in a
foster family, two are cared for by somebody without parental responsibility, one is an adult learner.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.timezone import localtime

from harmony.people.models import Care, Carer, Group, GroupMember, GroupWorker, Relationship, YoungPerson

from .clock import years_before

MAKERS, STUDIO, PATHWAYS, ONLINE = "Tuesday Makers", "Studio", "Pathways learners", "Online Club"
GROUPS = {MAKERS: "11-13", STUDIO: "14-17", PATHWAYS: "16-18", ONLINE: "13+"}
WORKERS = {
    MAKERS: ("leah", "ed"),
    STUDIO: ("jamie", "hana"),
    PATHWAYS: ("callum", "ed"),
    ONLINE: ("priya", "hana"),
}


@dataclass(frozen=True)
class Child:
    """First name and initial, whole years today, pronoun, groups, and who cares for them."""

    name: str
    age: int
    pronoun: str
    groups: tuple = ()
    carers: tuple = ()  # (name, relation, has parental responsibility)
    turns_in: int = 150  # days until the next birthday

    @property
    def first(self):
        return self.name.split()[0].lower()

    def born(self, today):
        return years_before(today + timedelta(days=self.turns_in), self.age + 1)

    def age_on(self, day, today):
        born = self.born(today)
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def mum(name):
    return (name, "mother", True)


def dad(name):
    return (name, "father", True)


FOSTER = ("Pauline Trent", "foster carer", False)
CHILDREN = [
    Child("Zed A", 12, "he", (MAKERS,), (dad("Kofi Agyeman"), mum("Denise Agyeman"))),
    Child("Owen T", 15, "he", (STUDIO,), (mum("Carol Tait"),)),
    Child("Mia D", 14, "she", (STUDIO,), (mum("Sandra Doyle"), dad("Neil Doyle")), turns_in=20),
    Child("Sana K", 13, "she", (ONLINE,), (mum("Rukhsana Karim"), dad("Imran Karim"))),
    Child("Lily R", 12, "she", (MAKERS,), (mum("Joanne Rudd"),), turns_in=200),
    Child("Kai P", 16, "he", (STUDIO, PATHWAYS), (dad("Steve Pell"),)),
    Child("Tia M", 9, "she", (), (FOSTER,)),
    Child("Ben S", 14, "he", (STUDIO, ONLINE), (mum("Alison Shaw"),)),
    Child("Ella W", 14, "she", (STUDIO, ONLINE), (mum("Bronwen Wills"), dad("Peter Wills"))),
    Child("Anwen H", 14, "she", (ONLINE,), (mum("Catrin Howell"),)),
    Child("Tobias M", 15, "he", (STUDIO,), (dad("Ed Marsh"), mum("Fiona Marsh")), turns_in=90),
    Child("Nkechi B", 17, "she", (PATHWAYS,), (mum("Ngozi Bello"),)),
    Child("Rhodri L", 16, "he", (PATHWAYS, ONLINE), (dad("Huw Lewis"),)),
    Child("Zainab Q", 14, "she", (ONLINE,), (mum("Shazia Qadir"),)),
    Child("Marek V", 17, "he", (PATHWAYS,), (mum("Irena Vavra"),), turns_in=21),
    Child("Freya N", 12, "she", (MAKERS,), (mum("Ingrid Norris"), dad("Paul Norris"))),
    Child("Idris C", 12, "he", (MAKERS,), (mum("Selam Carter"),), turns_in=28),
    Child("Poppy L", 11, "she", (MAKERS,), (("Margaret Lunn", "grandmother", True),)),
    Child("Samira J", 16, "she", (STUDIO, PATHWAYS), (mum("Leyla Jaber"),)),
    Child("Dylan F", 17, "he", (PATHWAYS,), (dad("Mark Foley"),)),
    Child("Bilal Y", 14, "he", (STUDIO, ONLINE), (dad("Yusuf Younis"), mum("Hafsa Younis"))),
    Child("Orla G", 15, "she", (STUDIO,), (mum("Niamh Gill"),)),
    Child("Theo W", 12, "he", (MAKERS,), (mum("Bronwen Wills"), dad("Peter Wills"))),
    Child("Jasmin E", 15, "she", (STUDIO, ONLINE), (mum("Tracey Eaves"),)),
    Child("Lucas P", 12, "he", (MAKERS,), (mum("Ana Prado"), dad("Rui Prado"))),
    Child("Abena O", 16, "she", (PATHWAYS,), (mum("Efua Ofori"),)),
    Child("Connor D", 17, "he", (PATHWAYS, ONLINE), (("Sharon Dunn", "aunt", False),)),
    Child("Hollie B", 12, "she", (MAKERS,), (mum("Kerry Birch"),)),
    Child("Kieran U", 19, "he", (PATHWAYS,)),
]


def gather(cast, begun, now):
    """Groups with their workers, every young person in theirs, and the adults who care for them."""
    register = Register(cast, begun, now)
    for name, ages in GROUPS.items():
        register.open(name, ages)
    for child in CHILDREN:
        register.enter(child)
    ed = cast["ed"]
    Relationship(user=ed).declare(Relationship.Kind.FAMILY, young_person=register.young["tobias"], by=ed, at=begun)
    return register.young


class Register:
    """What the office wrote down when the organisation began here."""

    def __init__(self, cast, begun, now):
        self.cast, self.today, self.since = cast, localtime(now).date(), localtime(begun).date()
        self.step = {"by": cast["sol"], "at": begun}
        self.groups, self.carers, self.young = {}, {}, {}

    def open(self, name, ages):
        group = self.groups[name] = Group()
        group.add(name, ages, **self.step)
        for worker in WORKERS[name]:
            GroupWorker(user=self.cast[worker], group=group).join(self.since, **self.step)

    def enter(self, child):
        kinds = YoungPerson.Kind
        young = self.young[child.first] = YoungPerson()
        kind = kinds.ADULT_LEARNER if child.age >= 18 else kinds.YOUNG_PERSON
        young.add(child.name, "", child.born(self.today), kind, **self.step)
        for name in child.groups:
            GroupMember(young_person=young, group=self.groups[name]).join(self.since, **self.step)
        for name, relation, responsible in child.carers:
            care = Care(young_person=young, carer=self.carers.get(name) or self._carer(name))
            care.link(relation, responsible, **self.step)

    def _carer(self, name):
        carer = self.carers[name] = Carer(user=self.cast["ed"] if name == "Ed Marsh" else None)
        carer.add(name, f"01632 960 {200 + len(self.carers)}", "", **self.step)
        return carer
