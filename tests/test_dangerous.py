"""Nothing that somebody sent is run, unpacked into objects or drawn as markup; where markup is drawn it says which, and why it may be."""

import re

import pytest
from django.conf import settings

CODE = ("harmony", "incidents", "consent", "policies", "training", "platforms")
CALLED = re.compile(r"(?<![.\w])(eval|exec)\(|\b(pickle|marshal|shelve)\b|\byaml\.|shell=True|os\.system")
DRAWN = re.compile(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|setHTMLUnsafe|eval|Function)\b")
MARKUP = re.compile(r"\|\s*safe\b|autoescape off|\bmark_safe\(|\bSafeString\(")
# drawn as it stands: made by policies/markdown.py, which lets nothing through but what it lists; and our own pictures
AS_IT_STANDS = {
    "templates/policies/text.html",
    "templates/policies/policy_pdf.html",
    "templates/home/safe/promises.html",
    "harmony/look/templatetags/look.py",
}


def files(pattern, *folders):
    found = [file for folder in folders for file in (settings.BASE / folder).rglob(pattern)]
    assert found
    return found


def lines(files, what):
    """Where it stands outside of comments."""
    for file in files:
        for number, line in enumerate(file.read_text().splitlines(), start=1):
            if found := what.search(re.sub(r"(?<!:)(//|# |\{#).*", "", line)):
                yield f"{file.relative_to(settings.BASE)}:{number}", found[0]


def test_no_code_runs_or_unpacks_what_somebody_sent():
    assert list(lines(files("*.py", *CODE), CALLED)) == []


def test_no_script_draws_words_as_markup():
    assert list(lines(files("*.js", "frontend/js"), DRAWN)) == []


def test_markup_is_drawn_as_it_stands_only_where_it_was_made_here():
    drawn = {
        where.split(":")[0] for where, _what in lines([*files("*.html", "templates"), *files("*.py", *CODE)], MARKUP)
    }
    assert drawn == AS_IT_STANDS


@pytest.mark.parametrize("line", ["x = pickle.loads(sent)", "eval(sent)", "subprocess.run(sent, shell=True)"])
def test_such_a_line_is_found(line):
    assert CALLED.search(line)
