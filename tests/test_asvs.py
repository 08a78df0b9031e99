"""docs/asvs: each requirement of the security standard that was gone through has a status, a reason, and tests that exist."""

import ast
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDER = settings.BASE / "docs" / "asvs"
IN_SCOPE = 204  # levels 1 and 2, without chapters 9, 10 and 17 and sections 4.3 and 4.4
STATUSES = {"met", "not applicable", "operator", "not yet"}
HELD = [one for path in sorted(FOLDER.glob("*.toml")) for one in tomllib.loads(path.read_text())["requirement"]]


@cache
def names_in(path):
    found = ast.walk(ast.parse((settings.BASE / path).read_text()))
    return {node.name for node in found if isinstance(node, ast.FunctionDef)}


def test_each_stands_once_with_a_status_and_a_reason():
    assert [code for code, times in Counter(one["id"] for one in HELD).items() if times > 1] == []
    for one in HELD:
        assert re.fullmatch(r"\d+\.\d+\.\d+", one["id"])
        assert one["status"] in STATUSES, one["id"]
        assert len(one["reason"].split()) > 3, one["id"]


def test_all_that_is_in_scope_is_there_and_the_page_counts_it_right():
    times = Counter(one["status"] for one in HELD)
    said = (FOLDER / "README.md").read_text()
    assert len(HELD) == IN_SCOPE
    for status, words in {
        "met": "met",
        "not yet": "not yet",
        "not applicable": "not applicable",
        "operator": "the operator's",
    }.items():
        assert f"{times[status]} {words}" in " ".join(said.split()), (status, times[status])


def test_each_test_that_shows_one_exists():
    named = [(one["id"], *test.split("::")) for one in HELD for test in one["tests"]]
    assert len(named) > 50
    missing = [
        (code, path, name)
        for code, path, name in named
        if not Path(settings.BASE / path).is_file() or name not in names_in(path)
    ]
    assert missing == []


def test_what_is_not_met_says_what_is_missing_and_shows_no_test_as_if_it_were():
    assert [one["id"] for one in HELD if one["status"] == "not yet" and len(one["reason"]) < 40] == []
