"""Random submissions to every address, as everybody: a page in words, a refusal, a redirect, but never a 500."""

import random
from datetime import date

from django.urls import reverse

from tests.matrix import asking
from tests.matrix.asking import Cell
from tests.matrix.pages import PAGES, WRITTEN
from tests.matrix.world import ROLES

HOSTILE = [
    "", " ", "x", "x" * 5_000, "\x00", "\ud800", "\u202etxet", "<script>alert(1)</script>", "{{ 7*7 }}", "' OR 1=1 --", "%s%n",
    "-1", "0", "99999999999999999999", "1e309", "NaN", "2026-02-31", "31", "13", "0000", "9999999999", "25:61", "12am",
    "yes", "no", "unsure", "on", "true", "null", "[]", '{"a": 1}', "../../etc/passwd", "a@b", "Zoë 😀" * 20, "\r\n\r\nX: y",
    str(date.max), "00000000-0000-0000-0000-000000000000", "not-a-uuid", "high", "ON-BULLY", "office", "none",
]  # fmt: skip
FORMS = [
    "first",
    "danger",
    "about_us",
    "named",
    "who",
    "facts",
    "childs_words",
    "view",
    "others-0-name",
    "others-0-part",
    "others-0-age",
    "how_known",
    "happened_on_day",
    "happened_on_month",
    "happened_on_year",
    "happened_time",
    "settings",
    "place",
    "platform",
    "handle",
    "doors",
    "worry",
    "meeting",
    "images",
    "asked",
    "told_whom",
    "teller",
    "teller_is",
    "teller_reach",
    "teller_words",
    "teller_at_day",
    "teller_at_month",
    "teller_at_year",
    "teller_at_time",
    "told_at_day",
    "told_at_month",
    "told_at_year",
    "told_at_time",
    "severity",
    "kind",
    "secondary",
    "caused_by",
    "rationale",
    "parents",
    "parents_reason",
    "refer",
    "refer_reason",
    "outcome",
    "closing_reason",
    "words",
    "significant",
    "happened_at_day",
    "happened_at_month",
    "happened_at_year",
    "happened_at_time",
    "what",
    "owner",
    "due_on_day",
    "due_on_month",
    "due_on_year",
    "result",
    "why",
    "colleague",
    "part",
    "name",
    "age",
    "notes",
    "young_person",
    "seen",
    "purpose",
    "purpose_words",
    "form_key",
    "number",
    "fingerprint",
    "by_file",
    "email",
    "phone",
    "status",
    "post",
    "starts_on_day",
    "starts_on_month",
    "starts_on_year",
    "last_day_day",
    "last_day_month",
    "last_day_year",
    "picked",
    "relation",
    "parental_responsibility",
    "full_name",
    "born_day",
    "born_month",
    "born_year",
    "ages",
    "user",
    "other",
    "child",
    "since",
    "until",
    "cover",
    "away_until",
    "hours",
    "council",
    "policies",
    "main_colour",
    "dark_colour",
    "code",
    "says",
    "otherwise",
    "conditions",
    "ends_on_day",
    "ends_on_month",
    "ends_on_year",
    "password",
    "password1",
    "password2",
    "login",
    "next",
    "session",
    "keys",
    "kept",
    "once",
    "written_by",
    "page",
    "sort",
    "show",
    "ref",
    "level",
    "days",
]


def submission(draw):
    """Some fields with some answers: few or many, each perhaps several times."""
    chosen = draw.sample(FORMS, draw.choice([1, 3, 10, 40, len(FORMS)]))
    return {name: draw.choice(HOSTILE) if draw.random() < 0.9 else draw.sample(HOSTILE, 3) for name in chosen}


def one(site, number):
    """What the submission of this number came to: (where, status)."""
    draw = random.Random(number)
    name = draw.choice(sorted(PAGES))
    cell = Cell(
        name, draw.choice(["POST", "POST", "POST", "GET"]), draw.choice(ROLES), draw.choice(PAGES[name].relations)
    )
    args = list(PAGES[name].args(site.world, cell.role, cell.relation)) or WRITTEN.get(name, [])
    return cell, site.ask(cell, reverse(name, args=args), submission(draw))[0].status


def run(site, numbers):
    """The submissions that were answered with a 500, as sentences."""
    wrong = []
    for number in numbers:
        if number % 10 == 0:
            asking.fresh()
        try:
            cell, status = one(site, number)
        except Exception as error:  # noqa: BLE001 (the handler lets it through, as a server would log it)
            wrong.append(f"submission {number}: {error!r}")
            continue
        if status >= 500 and cell.page != "home:ready":
            wrong.append(f"submission {number}: {cell}: {status}")
    return wrong
