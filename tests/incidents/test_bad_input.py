"""Every form of the room, fed with what no form expects: a sentence beside the field with the words kept, or the
404 that a missing thing gets. Never a 500, never a lost word, never a change.
"""

from datetime import date, timedelta
from urllib.parse import quote_from_bytes, unquote_to_bytes
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from harmony.audit.models import Entry
from incidents.forms.ending import KeepOpenForm
from incidents.forms.reporting import AddForm, Call999Form, WhatForm, WhoForm
from incidents.forms.working import EntryForm, FinishForm, ReopenForm
from incidents.models import Action, Case, ChronologyEntry, Report

from .conftest import WEIGHED
from .planning import end

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]

NUL, SURROGATE = "kept\x00words", "kept\ud800words"
BOUNDARY = "between-the-parts"
STRANGE = "a character here that we cannot keep"
TOMORROW = localdate() + timedelta(days=1)


def day(name, *parts):
    """The boxes of a day: day("due_on", 31, 2, 2026), with a time if there is a fourth."""
    return {f"{name}_{part}": str(value) for part, value in zip(("day", "month", "year", "time"), parts, strict=False)}


def soon(name):
    return day(name, TOMORROW.day, TOMORROW.month, TOMORROW.year)


ENTRY = {"kind": "note", "words": "Rang his dad.", **day("happened_at", 1, 9, 2026, "4:30pm")}
ACTION = {"what": "Ring home", "owner": "{leah}", **soon("due_on")}
KEPT = {"what": "A letter", "where": "Cabinet", "holder": "Tom"} | day("happened_at", 1, 9, 2026, "9:00am")
TRIAGE = WEIGHED | {"refer": "no", "parents_reason": "She knows."}
CLOSE = {
    "outcome": "safe", "closing_reason": "It has stopped.", "police_outcome": "none", "view_asked": "yes",
    "childs_view": "It is over.", "early_why": "He wants it closed.",
}  # fmt: skip
TOO_LONG = "word " * 9_000

# page, a good answer to it, and what to spoil in it: (field, bad value, the sentence beside it)
CASES = [
    (
        "begin",
        {"first": "neither"},
        [
            ("first", "", "Choose one. If nothing fits, choose the last one."),
            ("first", "maybe", "Choose one of these"),
            ("first", NUL, "Choose one of these"),
        ],
    ),
    (
        "report_danger",
        {"danger": "no"},
        [("danger", NUL, "Choose one of these"), ("danger", SURROGATE, "Choose one of these")],
    ),
    (
        "report_call_999",
        {"told_999": "x"},
        [
            ("told_999", NUL, STRANGE),
            ("told_999", "x" * 501, "Make this 1 character shorter"),
            ("told_999_number", NUL, STRANGE),
            ("told_999_number", "1" * 61, "Make this 1 character shorter"),
            ("told_999_at", day("told_999_at", 31, 2, 2026), "There is no such day."),
            ("told_999_at", day("told_999_at", 1, 1, 2150, "9:00am"), "This time has not come yet."),
        ],
    ),
    (
        "report_about_us",
        {"about_us": "no"},
        [("about_us", "", "Choose yes or no."), ("about_us", "perhaps", "Choose one of these")],
    ),
    (
        "report_which_of_us",
        {"named": "{leah}"},
        [
            ("named", None, "Choose at least one."),
            ("named", str(uuid4()), "Choose one of these"),
            ("named", "{left}", "Choose one of these"),
            ("named", "not-an-id", "Choose one of these"),
            ("named", NUL, "Choose one of these"),
            ("named", SURROGATE, "Choose one of these"),
        ],
    ),
    (
        "report_who",
        {"who": "Zed"},
        [
            ("who", "  ", "A first name is enough."),
            ("who", NUL, STRANGE),
        ],
    ),
    (
        "report_what",
        {"facts": "A bruise."},
        [
            ("facts", "", "Write what happened, in a sentence or two."),
            ("facts", NUL, STRANGE),
            ("facts", TOO_LONG, "Make this 4999 characters shorter. There is room for 40000."),
            ("view", NUL, STRANGE),
        ],
    ),
    (
        "report_when",
        {"platform": "Discord"},
        [
            ("happened_on", day("happened_on", 31, 2, 2026), "There is no such day."),
            ("happened_on", day("happened_on", 1, 1, 1899), "Add the year in full"),
            (
                "happened_on",
                day("happened_on", TOMORROW.day, TOMORROW.month, TOMORROW.year),
                "This day has not come yet.",
            ),
            ("happened_on", day("happened_on", "", 3, 2026), "Add the day"),
            ("happened_on", day("happened_on", NUL, "x", SURROGATE), "Add the day"),
            ("happened_time", "25:00", "Add the time"),
            ("happened_time", NUL, "Add the time"),
            ("place", "x" * 501, "Make this 1 character shorter"),
            ("handle", "x" * 201, "Make this 1 character shorter"),
            ("handle", NUL, STRANGE),
            ("settings", "moon", "Choose one of these"),
            ("network", NUL, "Choose one of these"),
        ],
    ),
    (
        "report_others",
        {"name_0": "Mia", "age_0": "14", "part_0": "witness", "name_1": ""},
        [
            ("name_0", "", "Write a name, or how we can tell who it is."),
            ("name_0", NUL, STRANGE),
            ("name_0", "x" * 201, "Make this 1 character shorter"),
            ("part_0", "dragon", "Choose one of these"),
            ("how_known", SURROGATE, "Choose one of these"),
        ],
    ),
    (
        "report_kind",
        {"worry": "very"},
        [
            ("doors", "trapdoor", "Choose one of these"),
            ("doors", NUL, "Choose one of these"),
            ("worry", "awful", "Choose one of these"),
            ("images", "maybe", "Choose one of these"),
        ],
    ),
    (
        "report_teller",
        {"teller_is": "Her aunt"},
        [
            ("teller", "x" * 201, "Make this 1 character shorter"),
            ("teller_words", TOO_LONG, "Make this 4999 characters shorter. There is room for 40000."),
            ("teller_reach", NUL, STRANGE),
            ("teller_at", day("teller_at", 31, 2, 2026), "There is no such day."),
        ],
    ),
    (
        "report_told",
        {"told_whom": "Tom"},
        [
            ("asked", TOO_LONG, "Make this 4999 characters shorter. There is room for 40000."),
            ("told_whom", NUL, STRANGE),
            ("told_at", day("told_at", 31, 2, 2026), "There is no such day."),
            (
                "told_at",
                day("told_at", TOMORROW.day, TOMORROW.month, TOMORROW.year) | {"told_at_time": "10:00"},
                "This time has not come yet.",
            ),
        ],
    ),
    (
        "report",
        {"words": "More"},
        [
            ("words", "", "Write what you want to add."),
        ],
    ),
    (
        "triage",
        TRIAGE,
        [
            ("severity", "", "Choose how serious it is."),
            ("severity", "urgent", "Choose one of these"),
            ("kind", "", "Choose the kind that is nearest."),
            ("kind", NUL, "Choose one of these"),
            ("secondary", "ON-NOTHING", "Choose one of these"),
            ("secondary", NUL, "Choose one of these"),
            ("caused_by", "", "Choose who caused it, or that it is not known yet."),
            ("caused_by", "dragon", "Choose one of these"),
            ("caused_by", SURROGATE, "Choose one of these"),
            ("rationale", "", "Say why you weigh it so"),
            ("parents", "", "Choose one of these answers."),
            ("refer", "", "Choose yes or no."),
            ("refer_reason", " ", "Say why you refer it, or why not."),
            ("refer_reason", "x" * 20_001, "Make this 1 character shorter"),
        ],
    ),
    ("triage", TRIAGE | {"parents": "no"}, [("parents_reason", "", "Say why they are not told now.")]),
    ("triage", TRIAGE | {"parents": "later"}, [("parents_reason", "\n", "Say why they are not told now.")]),
    (
        "close",
        CLOSE,
        [
            ("outcome", "", "Choose how it ended."),
            ("outcome", SURROGATE, "Choose one of these"),
            ("closing_reason", "", "Say why it can be closed"),
            ("closing_reason", NUL, STRANGE),
            ("police_outcome", "guilty", "Choose one of these"),
            ("view_asked", "", "Choose yes or no."),
            ("childs_view", " ", "Write what the child said"),
            ("early_why", SURROGATE, STRANGE),
        ],
    ),
    (
        "level",
        {"severity": "critical", "why": "Worse", "refer": "no", "refer_reason": "Told already"},
        [
            ("severity", "", "Choose how serious it is."),
            ("severity", "high", "Choose one of these"),  # it has this one
            ("severity", NUL, "Choose one of these"),
            ("why", " ", "Say why, in a sentence."),
            ("refer", "perhaps", "Choose one of these"),
            ("refer_reason", "", "Both are decisions."),
            ("refer_reason", NUL, STRANGE),
        ],
    ),
    (
        "kind",
        {"kind": "ON-BULLY", "secondary": "SHM", "caused_by": "child", "why": "He told us."},
        [
            ("kind", "", "Choose the kind that is nearest."),
            ("secondary", "ON-NOTHING", "Choose one of these"),
            ("caused_by", "", "Choose who caused it"),
            ("why", " ", "Say why, in a sentence."),
            ("why", NUL, STRANGE),
        ],
    ),
    ("review", {"words": "He is back."}, [("words", "", "Write how it is now"), ("words", NUL, STRANGE)]),
    (
        "tell",
        {"words": "Thank you."},
        [("words", " ", "Write what they can know"), ("words", "x" * 5_001, "Make this 1 character shorter")],
    ),
    ("reopen", {"why": "Again"}, [("why", " ", "Say why, in a sentence."), ("why", NUL, STRANGE)]),
    (
        "files",
        KEPT,
        [
            ("what", " ", "Say what it is."),
            ("where", NUL, STRANGE),
            ("holder", "x" * 501, "Make this 1 character shorter"),
            ("happened_at", day("happened_at", 1, 1, 2150, "9:00am"), "This time has not come yet."),
        ],
    ),
    (
        "chronology",
        ENTRY,
        [
            ("kind", "poem", "Choose one of these"),
            ("words", "", "Write what happened."),
            ("happened_at", day("happened_at", "", "", "", ""), "Say when it happened."),
            ("happened_at", day("happened_at", 1, 1, 2150, "9:00am"), "This time has not come yet."),
            ("happened_at", day("happened_at", 30, 2, 2026, "9:00am"), "There is no such day."),
            ("happened_at", day("happened_at", 1, 9, 2026, "4:30"), "Say am or pm"),
            ("happened_at", day("happened_at", NUL, SURROGATE, "²", "٤"), "Add the day"),
        ],
    ),
    ("correct", ENTRY, [("words", "", "Write what happened."), ("words", NUL, STRANGE)]),
    (
        "give",
        ACTION,
        [
            ("what", "", "Write what is to be done."),
            ("what", NUL, STRANGE),
            ("what", "x" * 501, "Make this 1 character shorter"),
            ("owner", "", "Choose who does it."),
            ("owner", str(uuid4()), "Choose one of these"),
            ("owner", "{left}", "Choose one of these"),
            ("owner", "{out}", "Choose one of these"),
            ("owner", "not-an-id", "Choose one of these"),
            ("owner", NUL, "Choose one of these"),
            ("owner", SURROGATE, "Choose one of these"),
            ("due_on", day("due_on", 1, 1, 2020), "This day has passed."),
            ("due_on", day("due_on", "", "", ""), "Say by what day."),
            ("due_on", day("due_on", 31, 4, 2100), "There is no such day."),
        ],
    ),
    (
        "finish",
        {"result": "Done"},
        [
            ("result", "", "Write what came of it"),
        ],
    ),
    ("waive", {"result": "No need"}, [("result", "", "Say why, in a sentence."), ("result", NUL, STRANGE)]),
    (
        "my_action",
        {"is_done": "yes", "result": "Done"},
        [("is_done", "", "Choose yes or no."), ("result", " ", "Write what came of it"), ("result", NUL, STRANGE)],
    ),
    (
        "sharing",
        {"colleague": "{leah}", "why": "x"},
        [
            ("colleague", "", "Choose a name."),
            ("colleague", "{out}", "Choose one of these"),
            ("colleague", "{left}", "Choose one of these"),
            ("colleague", SURROGATE, "Choose one of these"),
            ("why", "", "Say why, in a sentence."),
            ("why", NUL, STRANGE),
        ],
    ),
    (
        "recuse",
        {"colleague": "{leah}", "why": "x"},
        [("colleague", str(uuid4()), "Choose one of these"), ("why", "", "Say why")],
    ),
]
PAGES = [pytest.param(*case, id=f"{case[0]}-{number}") for number, case in enumerate(CASES)]


@pytest.fixture
def world(sam, amara, ruth, leah, report, person, sign_in):
    """A case at each stage, a draft, an action, an entry; somebody who left and somebody who is kept out."""
    out, left = person("Olly Out"), person("Lena Left")
    left.leave(localdate(), by=ruth, why="She moved away")
    new, triaged, closed = report().case, report().case, report().case
    for case in (triaged, closed):
        case.triage(**WEIGHED, by=amara)
    end(closed, "safe", "Over", by=amara)
    for case in (new, triaged):
        case.recuse(out, by=amara, why="It is about him")
    triaged.write("note", "As it was", now(), by=amara)
    other = report().case
    other.triage(**WEIGHED, by=amara)
    other.give("Elsewhere", leah, date(2100, 1, 1), by=amara)
    other.write("note", "Elsewhere", now(), by=amara)
    draft = Report(author=sam, form_key=uuid4(), danger="yes", about_us=True, named=str(leah.pk), who="Z", facts="F")
    draft.save()
    people = {"leah": str(leah.pk), "left": str(left.pk), "out": str(out.pk)}
    return {"new": new, "triaged": triaged, "closed": closed, "other": other, "draft": draft, "people": people}


def address(page, world, amara):
    if page == "begin":
        return reverse("incidents:begin")
    if page.startswith("report_"):
        return reverse(f"incidents:{page}", args=[world["draft"].pk])
    if page == "report":
        return Report.objects.filter(status="filed").first().get_absolute_url()
    case = {"triage": world["new"], "reopen": world["closed"]}.get(page, world["triaged"])
    more = []
    if page in ("finish", "waive", "my_action"):
        world["triaged"].give("Ring home", amara, date(2100, 1, 1), by=amara)
        more = [world["triaged"].actions.get().pk]
    if page == "correct":
        more = [world["triaged"].entries.get().pk]
    return reverse(f"incidents:{page}", args=more if page == "my_action" else [case.pk, *more])


def filled(answers, people):
    """With the ids of people where their names stand."""
    return {name: value.format(**people) if "{" in value else value for name, value in answers.items()}


@pytest.mark.once("postgresql")  # which takes fewer characters than SQLite
@pytest.mark.parametrize(("page", "good", "spoilt"), PAGES)
def test_bad_input_meets_a_sentence_and_keeps_every_word(page, good, spoilt, world, sign_in, sam, amara):
    url = address(page, world, amara)
    client = sign_in(sam if page.startswith(("report", "begin")) else amara)
    before = Entry.objects.exclude(changes=None).count()
    for field, bad, sentence in spoilt:
        answers = filled(spoil(good, field, bad), world["people"])
        told = f"{page}, {field}: {bad!r:.60}"
        answer = client.post(url, encoded(answers), content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 200, told
        shown = answer.content.decode().replace("&#x27;", "'")
        assert sentence in shown, told
        lost = [name for name, value in answers.items() if name != field and kept(value) and value not in shown]
        assert lost == [], told
        if sentence == STRANGE:
            assert "kept\ufffdwords" in shown, told
    assert Entry.objects.exclude(changes=None).count() == before, "nothing has changed"


def spoil(good, field, bad):
    """The good answers with one that is bad: another value, other boxes, or (None) not sent at all."""
    if isinstance(bad, dict):
        return {name: value for name, value in good.items() if not name.startswith(f"{field}_")} | bad
    return {name: value for name, value in (good | {field: bad}).items() if value is not None}


def kept(value):
    return "\x00" not in value and "\ud800" not in value


TEXTS = [
    pytest.param(page, good, field, id=f"{page}-{field}")
    for page, good, spoilt in CASES
    for field in sorted({field for field, _bad, sentence in spoilt if sentence == STRANGE})
]


WAYS = {
    "escaped": lambda answers: (encoded(answers), "application/x-www-form-urlencoded"),
    "as bytes": lambda answers: (unquote_to_bytes(encoded(answers)), "application/x-www-form-urlencoded"),
    "in parts": lambda answers: (parted(answers), f"multipart/form-data; boundary={BOUNDARY}"),
}


@pytest.mark.once("postgresql")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("page", "good", "field"), TEXTS)
def test_half_a_surrogate_pair_meets_a_sentence_and_the_rest_is_kept(
    page, good, field, way, world, sign_in, sam, amara
):
    """Sent as bytes that UTF-8 forbids. Nothing is written down in its place."""
    client = sign_in(sam if page.startswith(("report", "begin")) else amara)
    answers = {name: text for name, text in filled(good, world["people"]).items() if "&" not in str(text)}
    url = address(page, world, amara)
    before = Entry.objects.exclude(changes=None).count()
    body, kind = WAYS[way](answers | {field: SURROGATE})
    answer = client.post(url, body, content_type=kind)
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert STRANGE in shown and "kept\ufffd" in shown
    assert Entry.objects.exclude(changes=None).count() == before


@pytest.mark.parametrize(
    "form", [WhoForm, WhatForm, Call999Form, AddForm, EntryForm, KeepOpenForm, ReopenForm, FinishForm]
)
def test_half_a_surrogate_pair_in_a_form_meets_a_sentence(form):
    texts = [name for name, field in form.base_fields.items() if hasattr(field, "max_length")]
    form = form(dict.fromkeys(texts, SURROGATE))
    assert not form.is_valid()
    assert all(STRANGE in form[name].sentences[0] for name in texts)


def encoded(answers):
    """As a browser would send them, half surrogate pairs too (as the three bytes that UTF-8 forbids)."""
    answers = answers | {"csrfmiddlewaretoken": "no form comes without"}
    return "&".join(
        f"{name}={quote_from_bytes(str(value).encode('utf-8', 'surrogatepass'))}" for name, value in answers.items()
    )


def parted(answers):
    """The same, as a form with files is sent."""
    parts = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in (answers | {"csrfmiddlewaretoken": "no form comes without"}).items()
    )
    return ("".join(parts) + f"--{BOUNDARY}--\r\n").encode("utf-8", "surrogatepass")


def test_what_belongs_to_another_case_is_not_found(world, sign_in, amara):
    client = sign_in(amara)
    action, entry = Action.objects.get(), ChronologyEntry.objects.get(case=world["other"])
    case = world["triaged"]
    for name, foreign in (
        ("finish", action),
        ("waive", action),
        ("correct", entry),
        ("unshare", case.reports.get().author),
    ):
        url = reverse(f"incidents:{name}", args=[case.pk, foreign.pk])
        assert client.post(url, {"result": "x", **ENTRY}).status_code == 404, name
    assert Action.objects.get().status == "open"


def test_a_step_replayed_out_of_turn_changes_nothing(world, sign_in, amara):
    client = sign_in(amara)
    closed = world["closed"]
    for name, answers in (("acknowledge", {}), ("triage", TRIAGE | {"refer": "no"}), ("close", CLOSE)):
        assert client.post(reverse(f"incidents:{name}", args=[closed.pk]), answers).status_code == 409, name
    leah = world["people"]["leah"]
    refused = client.post(reverse("incidents:give", args=[closed.pk]), {**ACTION, "owner": leah})
    assert refused.status_code == 409
    assert "Ring home" in refused.content.decode()
    assert Case.objects.get(pk=closed.pk).status == "closed"


def test_an_entry_or_an_action_sent_twice_stands_once(world, sign_in, amara):
    client = sign_in(amara)
    case = world["triaged"]
    for _press in range(2):
        client.post(reverse("incidents:chronology", args=[case.pk]), ENTRY)
        client.post(reverse("incidents:give", args=[case.pk]), {**ACTION, "owner": world["people"]["leah"]})
    assert case.entries.filter(kind="note").count() == 2  # the one of the world, and this one
    assert case.actions.count() == 1


@pytest.mark.parametrize(
    "query", ["show=nonsense", "page=0", "page=-3", "page=x", "page=9999999999999999999", "show=closed&page=2"]
)
def test_a_strange_address_of_the_list_shows_a_list(world, sign_in, amara, query):
    assert sign_in(amara).get(f"{reverse('incidents:cases')}?{query}").status_code == 200


@pytest.mark.parametrize(("query", "status"), [("show=%00", 400), ("page=%ED%A0%80", 400), ("show=%E9", 400)])
def test_characters_that_nobody_types_are_never_a_fault(world, sign_in, amara, query, status):
    assert sign_in(amara).get(f"{reverse('incidents:cases')}?{query}").status_code == status


def test_a_forged_post_without_its_token_is_refused(world, amara, client_elsewhere):
    client_elsewhere.force_login(amara)
    client_elsewhere.handler.enforce_csrf_checks = True
    answer = client_elsewhere.post(reverse("incidents:acknowledge", args=[world["new"].pk]))
    assert answer.status_code == 403
    assert Case.objects.get(pk=world["new"].pk).status == "submitted"


@pytest.mark.parametrize("name", ["acknowledge", "read_additions", "report_send"])
def test_what_only_a_button_does_no_link_does(world, sign_in, amara, sam, name):
    record = world["draft"] if name == "report_send" else world["new"]
    client = sign_in(sam if name == "report_send" else amara)
    assert client.get(reverse(f"incidents:{name}", args=[record.pk])).status_code == 405
