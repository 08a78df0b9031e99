"""A young person of 14, the purposes somebody may ask about, and permission for them."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate, now

from consent.cover import Side
from consent.models import Consent, Image, Permission, Publication, Purpose
from harmony.organisation.models import Channel
from harmony.people.models import YoungPerson

from ..platforms.making import listed


def years_ago(years, on=None):
    """A date of birth: so old since a month ago."""
    day = (on or localdate()) - timedelta(days=30)
    return day.replace(day=min(day.day, 28), year=day.year - years)


@pytest.fixture
def noor(person):
    return person("Noor Aziz", "consent")


@pytest.fixture
def young(sol):
    """young("Zed", age=14)"""

    def make(name="Zed A", age=14, born=None):
        one = YoungPerson()
        one.add(name, "", born or (years_ago(age) if age else None), YoungPerson.Kind.YOUNG_PERSON, by=sol)
        return one

    return make


@pytest.fixture
def zed(young):
    return young()


@pytest.fixture
def channel(amara, ruth):
    def approve(name="Our website", until=None):
        return listed(name, until or localdate() + timedelta(days=200), amara, ruth)

    return approve


@pytest.fixture
def use(channel, amara, noor):
    """use("Website", "Our website", months=12)"""

    def make(purpose="Our website", on="Our website", months=12, lasting="online"):
        made = Purpose.objects.filter(name=purpose).first()
        if not made:
            made = Purpose()
            made.add(purpose, by=noor)
            made.word(f"May we use your picture for this: {purpose}?", months, by=noor)
        where = Channel.objects.filter(name=on).first() or channel(on)
        made.use_on(where, lasting, by=noor)
        return made.uses.get(channel=where)

    return make


@pytest.fixture
def website(use):
    return use()


@pytest.fixture
def say(noor):
    """say(zed, website, parent="yes", young="yes"): in writing, now or then."""

    def hear(young_person, use, at=None, until=None, **said):
        consent = Consent.objects.filter(young_person=young_person, use=use).first()
        if not consent:
            consent = Consent(young_person=young_person, use=use)
            consent.ask(by=noor, at=at)
        for side, says in said.items():
            how = Permission.How.PAPER if side == Side.PARENT else Permission.How.TOLD
            wording = use.purpose.wording
            consent.hear(
                side, says, wording, how=how, until=until, who="A name", evidence="Blue folder", by=noor, at=at
            )
        return consent

    return hear


@pytest.fixture
def agreed(say):
    return lambda young_person, use, at=None: say(young_person, use, at=at, parent="yes", young="yes")


@pytest.fixture
def picture(noor):
    def show(*people, at=None):
        image = Image()
        image.add("Canoe day", "The office drive", "Noor", date(2026, 1, 2), by=noor)
        for one in people:
            image.show(one, by=noor, at=at or now())
        return image

    return show


@pytest.fixture
def publish(noor):
    def out(image, use, at=None):
        return Publication.put_out(image, use, place="harmony.test/canoe", by=noor, at=at)

    return out
