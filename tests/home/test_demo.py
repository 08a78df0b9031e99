"""The demo is made through the product's own steps, so making it is a test of them."""

import re
import subprocess
from datetime import datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, localtime, now

from harmony.audit import book
from harmony.audit.models import Entry
from harmony.documents import kinds
from harmony.documents.models import Export
from harmony.encryption.fields import load_keys
from harmony.home import demo
from harmony.home.demo import making, stories
from harmony.home.demo.cast import CAST, PASSWORD
from harmony.home.demo.year import BY_FIRST_NAME, year
from harmony.home.demo.young_people import CHILDREN, GROUPS, WORKERS
from harmony.home.models import KeySheet
from harmony.organisation.models import HelpContact, Organisation
from harmony.people import rota
from harmony.people.models import User, YoungPerson
from incidents.facts import period
from incidents.models import Case, Report
from tests import emptying

COUNT = len(making.in_order(now())) + 1  # and one that came in from outside
ALLOWED = {  # minutes until it is acknowledged, and until it is triaged (practice.md 2.3)
    "critical": (30, 120),
    "high": (120, 480),
    "medium": (120, 480),  # until triage nobody knows that it is not High
    "low": (120, 480),
}

CANARIES = {  # distinctive words of reports, triage, chronology, actions and closings
    *("zed is dead", "packing up", "buzzing", "ten o'clock", "stairs", "retail park"),
    *("sleeve", "slogan", "Facebook", "foster", "last things", "vape", "Telegram", "summer event"),
    *("CAMHS", "safety plan", "toast", "soaked", "poorly", "swimming things", "boyfriend", "minibus", "graze"),
    *("yn Gymraeg", "mod_helper7", "puddles", "hot chocolate", "union", "Strategy discussion", "trainers"),
}


pytestmark = pytest.mark.once("sqlite")  # on PostgreSQL the walk over every page makes it


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The demo, committed once for all tests of this file, then taken away as after a transactional test."""
    with django_db_blocker.unblock():
        said = StringIO()
        call_command("demo", stdout=said)
        yield said.getvalue()
        emptying.empty()


@pytest.fixture
def cast(made, db):
    return {user.email.split("@")[0]: user for user in User.objects.active()}


def filed_about(**words):
    """The reports whose words say so; they are encrypted, so all are read."""
    reports = list(Report.objects.exclude(case=None).select_related("case"))
    load_keys(reports)
    return [report for report in reports if all(part in getattr(report, name) for name, part in words.items())]


def test_it_says_each_step_and_the_password(made, cast):
    assert made.count("\n") >= 5 and f"{COUNT - 1} cases" in made and PASSWORD in made


def test_the_book_holds_it(cast):
    assert list(book.breaks()) == []
    assert Entry.objects.filter(verb="file").count() >= 2 * COUNT


def test_recorded_at_is_now_whenever_it_happened(cast):
    lines = Entry.objects.filter(verb="triage").values_list("happened_at", "recorded_at")
    today = now() - timedelta(hours=1)
    assert min(happened for happened, _ in lines) < (today - timedelta(days=300)).isoformat()
    assert min(recorded for _, recorded in lines) > today.isoformat()


def test_people_came_in_and_read_all_through_the_year(cast):
    """With the moment at which it happened; when it was recorded, the database says."""
    for verb, least in (
        ("read", 400),
        ("sign in (password, mfa)", 200),
        ("sign in (password)", 50),
        ("sign in refused", 9),
    ):
        lines = Entry.objects.filter(verb=verb, changes=None)
        assert lines.count() > least, verb
        assert lines.earliest("happened_at").happened < now() - timedelta(days=250)
        assert lines.earliest("recorded_at").recorded > now() - timedelta(hours=1)
        assert lines.latest("happened_at").happened <= now()


def test_nobody_read_what_they_may_not(cast):
    roots = {case.root.hex: case for case in Case.objects.all()}
    may = {user.pk.hex: {case.root.hex for case in Case.objects.visible_to(user)} for user in cast.values()}
    for line in Entry.objects.filter(verb="read", changes=None, root__in=roots):
        assert line.root in may[line.actor_id], (line.actor_name, roots[line.root])


def test_documents_were_taken_out_fetched_and_are_gone(cast):
    exports = Export.objects.all()
    assert {one.kind for one in exports} == {"chronology", "audit-report"}
    assert {one.status for one in exports} == {"expired"}
    assert Entry.objects.filter(verb="download").count() == len(exports) == Entry.objects.filter(verb="expire").count()
    assert all(one.made_at < now() - timedelta(days=1) and one.expires_at < now() for one in exports)


def test_the_report_of_the_year_shows_who_looked_and_what_was_taken_out(cast):
    export = Export(requested_by=cast["sol"], since=localdate() - timedelta(days=364), until=localdate())
    shown = kinds.get("audit-report").gather(Organisation.current(), export, now())
    assert {name for _when, name, _cases, _times in shown["opened"]} >= {"Amara Okafor", "Tom Ellery"}
    assert {row[1] for row in shown["exports"]} >= {"Amara Okafor", "Sol Reyes"}
    assert int(dict(shown["sign_ins"])["People who signed in"]) == len(CAST)


def test_no_first_step_is_left_and_the_book_was_checked(cast, client):
    for who in ("sol", "gwen", "ruth", "amara"):
        client.force_login(cast[who])
        page = client.get(reverse("home:front"))
        assert "home/part_steps.html" not in [template.name for template in page.templates], who
    assert not KeySheet.objects.lacking(now())
    assert book.newest_check().verb == book.HOLDS


@pytest.mark.parametrize("story", stories.named(), ids=lambda story: story.key)
def test_every_named_report_stands_with_its_words(cast, story):
    [report] = filed_about(facts=story.facts if story.key != "long-paste" else "mod_helper7", who=story.who)
    assert report.author == cast[story.by] and report.childs_words == story.childs_words
    assert {user.email.split("@")[0] for user in report.about} == set(story.about)


def test_the_paste_is_four_thousand_words_long(cast):
    [report] = filed_about(who="mod_helper7")
    assert len(report.facts.split()) > 3500 and "what time does your mum go to bed" in report.facts


def test_every_state_is_there(cast):
    assert set(Case.objects.values_list("status", flat=True)) == set(Case.Status.values)
    assert set(Case.objects.exclude(severity="").values_list("severity", flat=True)) == set(ALLOWED)
    assert Report.objects.filter(status="draft").count() == 1
    assert Case.objects.count() == COUNT
    assert now() - Case.objects.earliest("filed_at").filed_at > timedelta(days=300)


def test_the_concern_about_the_dso_never_reaches_her(cast):
    [report] = filed_about(facts="gave a 17-year-old learner a lift home alone")
    amara, case = cast["amara"], report.case
    for cases in (Case.objects.visible_to(amara), Case.objects.countable_by(amara)):
        assert case not in cases and len(cases) > 60
    assert report not in Report.objects.visible_to(amara)
    assert not Entry.objects.filter(root=case.root.hex, actor_id=amara.pk.hex).exists()
    assert case in Case.objects.visible_to(cast["ruth"]) and case in Case.objects.visible_to(cast["maya"])
    assert not cast["amara"].actions.filter(case=case).exists()


def test_a_concern_about_a_worker_is_out_of_his_sight_and_his_own_reports_stay_his(cast):
    callum = cast["callum"]
    [about_him] = filed_about(facts="Callum messages her on Snapchat")
    [his] = filed_about(facts="Owen T (15) messaged the club number")
    assert about_him.case in [recusal.case for recusal in callum.recusals.all()]
    assert his in Report.objects.visible_to(callum) and about_him not in Report.objects.visible_to(callum)
    assert not Case.objects.visible_to(callum).exists()


def test_a_concern_about_the_lead_is_the_chairs(cast):
    [report] = filed_about(facts="another LADO month")
    assert Case.objects.visible_to(cast["gwen"]).get() == report.case
    assert report.case not in Case.objects.visible_to(cast["ruth"])


@pytest.mark.parametrize("day", range(7))
def test_no_step_lies_ahead_whatever_day_it_is_made(day):
    """At midnight, when the least of the day is over."""
    monday = localtime().date() - timedelta(days=localtime().weekday())
    moment = datetime.combine(monday + timedelta(days=day), time(0, 1), get_current_timezone())
    for story in making.in_order(moment):
        filed_at, steps = story.timed(moment)
        times = [filed_at, *(at for at, _step in steps)]
        assert times == sorted(times), story.key
        assert times[-1] < moment, story.key


@pytest.mark.parametrize("story", making.in_order(now()), ids=lambda story: story.key)
def test_practice_keeps_its_own_clocks(story):
    filed_at, steps = story.timed(now())
    reached = {step["does"]: (at - filed_at, step) for at, step in steps if step["does"] in ("acknowledge", "triage")}
    if "triage" not in reached or story.late:
        return
    _until_triaged, weighed = reached["triage"]
    allowed = ALLOWED["critical" if story.danger != "no" else weighed["severity"]]
    for minutes, (took, _step) in zip(allowed, reached.values(), strict=True):
        assert took <= timedelta(minutes=minutes)
    assert weighed["rationale"] and weighed["refer_reason"] and weighed["parents_reason"]


def test_the_queue_has_one_that_is_late_and_most_promises_were_kept(cast):
    """What a DSO finds in the morning: something to do, and a year in which people did their work."""
    [late] = Case.objects.overdue(now())
    assert late.status == "acknowledged" and late.reports.get().author == cast["hana"]
    assert 3 <= Case.objects.visible_to(cast["amara"]).needing_somebody(now()).count() <= 6
    kept = period(now() - timedelta(days=370), now(), for_whom=cast["gwen"]).kept
    assert all(found.kept / found.of > 0.9 and found.of > 20 for name, found in kept.items() if name != "contact")
    missed = late.contact_due < now()  # by the one that is late: from some hour of the day on
    assert kept["contact"].of == kept["contact"].kept + missed > 10


@pytest.mark.parametrize("story", year(now()), ids=lambda story: story.key)
def test_what_stays_open_for_a_month_has_been_reviewed(story):
    does = {step["does"]: step for step in story.step}
    assert "close" in does or does["triage"]["severity"] == "low" or does["review"]["words"]


def test_the_sign_in_page_lists_everybody_who_can_sign_in(cast, settings):
    page = render_to_string("home/demo_people.html")
    for user in cast.values():
        assert f"<strong>{user.name}</strong>" in page and user.email in page
    assert {role.email for role in demo.sign_ins()} == {user.email for user in cast.values()}
    assert all(check_password(PASSWORD, cast[role.first].password) for role in CAST[:2])
    settings.PRODUCTION = True
    assert demo.sign_ins() == [] and PASSWORD not in render_to_string("home/demo_people.html")


@pytest.mark.parametrize("name", ["amara", "hana"])
def test_one_press_signs_in_as_one_of_them(cast, client, name):
    answer = client.post(reverse("account_login"), {"login": cast[name].email, "password": PASSWORD})
    assert answer.status_code == 302 and client.session["_auth_user_id"] == str(cast[name].pk)


def test_somebody_answers_now_and_for_weeks(cast):
    assert rota.on_call() and rota.on_call(now() + timedelta(weeks=5))
    assert {"lado", "edt", "mash", "999"} <= set(HelpContact.objects.values_list("code", flat=True))
    assert Organisation.current().is_demo


def test_ages_in_the_words_are_the_ages_of_the_register(cast):
    born = {young.name: young for young in YoungPerson.objects.all()}
    for report in Report.objects.exclude(case=None):
        for name, age in re.findall(r"([A-Z][a-z]+ [A-Z]) \((\d+)\)", report.who):
            assert born[name].age(localtime(report.filed_at).date()) == int(age), report.who


@pytest.mark.parametrize("story", year(now()), ids=lambda story: story.key)
def test_a_worker_writes_about_somebody_of_a_group_of_theirs_who_is_old_enough(story):
    child = BY_FIRST_NAME[story.key.rpartition("-")[2]]
    theirs = [group for group, workers in WORKERS.items() if story.by in workers and group in child.groups]
    age = int(re.search(r"\((\d+)\)", story.who)[1])
    assert story.by == "sol" or any(int(GROUPS[group][:2]) <= age for group in theirs), (story.by, story.who)


def test_it_is_made_once(cast):
    with pytest.raises(CommandError, match="people here already"):
        call_command("demo")
    said = StringIO()
    call_command("demo", if_empty=True, stdout=said)
    assert said.getvalue() == "" and Case.objects.count() == COUNT


def stored(cursor):
    """Everything the database holds, as its thief would read it."""
    if connection.vendor == "sqlite":
        # read by another process: closing the file in this one would drop the locks of its open connections
        path = Path(connection.settings_dict["NAME"])
        return subprocess.check_output(["cat", *path.parent.glob(f"{path.name}*")])
    text = BytesIO()
    for table in connection.introspection.table_names():
        cursor.copy_expert(f'COPY "{table}" TO STDOUT', text)
    return text.getvalue()


def test_a_copy_of_the_database_holds_no_word_and_no_childs_name(cast):
    with connection.cursor() as cursor:
        text = stored(cursor)
    assert b"Amara Okafor" in text and b"Tuesday Makers" in text  # it is the right file
    names = {name for child in CHILDREN if len(name := child.name.split()[0]) >= 5}
    told = "\n".join(f"{story}" for story in making.in_order(now())) + stories.pasted()
    assert all(canary in told for canary in CANARIES) and len(names) > 15
    found = {word for word in CANARIES | names if re.search(rb"\b%s\b" % word.encode(), text)}
    assert found == set()
