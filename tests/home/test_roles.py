"""docs/roles.md is what the code says, and leaves no right out."""

import inspect

import pytest

from consent import access as consent
from harmony.audit import book
from harmony.documents import access as documents
from harmony.home import access as home
from harmony.home import deeds, roles
from harmony.home.management.commands import print_roles
from harmony.home.not_a_role import NOT_A_ROLE
from harmony.notifications import access as notifications
from harmony.organisation import access as organisation
from harmony.people import access as people
from harmony.people.models import Appointment, User
from harmony.retention import access as retention
from incidents import access as incidents
from incidents.speak import access as speak
from platforms import access as platforms
from policies import access as policies
from training import access as training

pytestmark = pytest.mark.django_db
PACKAGES = (
    consent,
    documents,
    home,
    incidents,
    notifications,
    organisation,
    people,
    platforms,
    policies,
    retention,
    speak,
    training,
)


def test_the_page_is_not_stale():
    assert print_roles.PAGE.read_text() == print_roles.page(), "run manage.py print_roles"


def test_every_right_is_asked():
    asked = {deed.may for line in deeds.DEEDS.values() for deed in line} | NOT_A_ROLE
    rights = {
        right
        for package in PACKAGES
        for name, right in inspect.getmembers(package, inspect.isfunction)
        if name.startswith(("may_", "needs_"))
    }
    assert rights == asked


def test_asking_leaves_no_trace_and_ends_no_post(amara, ruth):
    roles.tables()
    assert set(User.objects.all()) == {amara, ruth}
    assert Appointment.objects.standing().count() == 2
    assert list(book.breaks()) == []


def answers(says):
    (found,) = [may for rows in roles.tables().values() for said, may in rows if said == says]
    return {role for role, yes in found.items() if yes}


def test_nobody_reads_a_case_about_themselves():
    for post, words in (
        ("dso", "the DSO"),
        ("deputy", "the deputy"),
        ("lead", "the senior lead"),
        ("chair", "the chair"),
    ):
        assert post not in answers(f"Read a case about {words}")


def test_figures_of_the_whole_are_for_those_who_need_them():
    """Statistics alone for the allegations manager, the report for the training manager."""
    assert answers("Have the organisation’s audit report") == {
        *("dso", "deputy", "lead", "trustee", "chair", "vice", "office", "auditor", "training")
    }
    numbers = answers("See how promises were kept, in numbers")
    assert numbers == {"lead", "trustee", "chair", "vice", "allegations"}


def test_whoever_makes_figures_is_among_those_who_learn_nothing_by_comparing_them():
    """Decision 0133: a post that gets figures and is not in these lists would see a difference."""
    made = answers("Have the organisation’s audit report") | answers("See how promises were kept, in numbers")
    assert made <= {*incidents.COUNTING, *incidents.ANSWERING}


def test_everybody_with_an_account_may_report():
    assert answers("Report a concern") == {str(role) for role in roles.ROLES}


def test_the_office_and_it_read_no_case():
    for says in ("Read a case about a child", "Read a case about one of our workers", "See the list of cases"):
        assert not answers(says) & {"office", "it", "staff", "training", "consent"}
