"""Every record that an address names comes through a door, or out of what its reader may see: nobody forgets to ask.

Two looks at the code, because either alone can be got round: at the site map (is the view behind a door?), and at
what the views say (do they fetch a record by its key without asking whose it is?).
"""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver

ROOT = Path(settings.BASE)
OUR_APPS = tuple(settings.OURS)
VIEWS = sorted(
    path
    for app in OUR_APPS
    for path in (ROOT / app.replace(".", "/")).rglob("*.py")
    if path.stem == "views" or "views" in path.parts
)
# pages of one record that have no door of their own: how they ask instead
ASK_THEMSELVES = {
    "documents:ask": "one page for every kind of record: each kind says which its reader may have (`kinds.records`)",
    "home:send_again": "out of the messages that one is shown",
    "home:set_aside": "out of the messages that one is shown",
    "home:access_review": "to whoever reviews who may do what, and a lead sees all of them",
    "home:decide_access": "to whoever reviews who may do what, and a lead sees all of them",
    "home:sign_access_review": "to whoever reviews who may do what, and a lead sees all of them",
}
BY_KEY = {"get", "get_or_create", "in_bulk", "aget"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404", "aget_object_or_404"}


def addresses(resolver=None, space=""):
    """(name, pattern) of every address."""
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLPattern):
            yield space + (part.name or str(part.pattern)), part
        else:
            yield from addresses(part, space + (f"{part.namespace}:" if part.namespace else ""))


def unasked(source):
    """(line, text) of each place where this code takes a record by its key from all there are of its kind."""
    return [
        (node.lineno, ast.unparse(node))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and _takes_by_key(node) and not _asks(node)
    ]


def _takes_by_key(call):
    """`get_object_or_404(Case, …)`, `Case.objects.get(…)`, `Case.objects.filter(pk=pk)`: of a model, not of a record."""
    name = _name(call.func)
    if name in SHORTCUTS:
        return bool(call.args) and _is_a_model(call.args[0])
    if not isinstance(call.func, ast.Attribute) or not _is_a_model(call.func.value):
        return False
    return name in BY_KEY or any(_is_a_key(word) for word in call.keywords)


def _is_a_key(word):
    """A key as the address brought it: `pk=pk`. (`pk=case.pk` is one of a record that somebody came by already.)"""
    named = (word.arg or "").removesuffix("__in").removesuffix("__exact")
    return (named in {"pk", "id"} or named.endswith(("_pk", "_id"))) and isinstance(word.value, ast.Name)


def _is_a_model(node):
    """Whether this starts at a class: `Case`, `Case.objects`, `Case.objects.filter(…)`."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return isinstance(node, ast.Name) and node.id[:1].isupper() and not node.id.isupper()


def _asks(call):
    return any("visible_to" in _name(node.func) for node in ast.walk(call) if isinstance(node, ast.Call))


def _name(func):
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


@pytest.mark.parametrize("path", VIEWS, ids=[str(path.relative_to(ROOT)) for path in VIEWS])
def test_views_take_records_only_out_of_what_their_reader_may_see(path):
    found = unasked(path.read_text())
    assert not found, f"through a door, or `visible_to`: {found}"


def test_every_page_of_one_record_is_behind_a_door():
    ours = [(name, part) for name, part in addresses() if part.callback.__module__.startswith(OUR_APPS)]
    of_a_record = {name: part.callback for name, part in ours if {"pk", "token"} & set(part.pattern.converters)}
    without = {name for name, view in of_a_record.items() if not getattr(view, "is_a_door", False)}
    assert len(of_a_record) > 60
    assert without == set(ASK_THEMSELVES)


@pytest.mark.parametrize(
    "source",
    [
        "def view(request, pk):\n    return get_object_or_404(Case, pk=pk)",
        "def view(request, pk):\n    return shortcuts.get_object_or_404(Case.objects.open(), pk=pk)",
        "def view(request, pk):\n    return Case.objects.get(pk=pk)",
        "def view(request, pk):\n    return Case.objects.select_related('owner').get(reference=pk)",
        "def view(request, pk):\n    return Case.objects.filter(pk=pk).first()",
        "def view(request, pks):\n    return Case.objects.filter(id__in=pks)",
        "def view(request, pk):\n    return Case._base_manager.filter(owner_id=pk)",
        "def view(request, pks):\n    return Case.objects.in_bulk(pks)",
    ],
)
def test_a_view_that_forgets_to_ask_is_found(source):
    assert len(unasked(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "def view(request, pk):\n    return get_object_or_404(Case.objects.visible_to(request.user), pk=pk)",
        "def view(request, pk):\n    return get_object_or_404(Report.objects.unsent_visible_to(request.user), pk=pk)",
        "def view(request, pk):\n    return Case.objects.visible_to(request.user).filter(pk=pk).first()",
        "def view(request, case, action):\n    return get_object_or_404(case.actions, pk=action)",
        "def view(request, case):\n    return Notice.objects.filter(about=case).count()",
        "def view(request, notice):\n    return Notice.objects.filter(pk=notice.pk).read()",
        "def view(request, pk):\n    return NAMES.get(pk)",
    ],
)
def test_a_view_that_asks_is_not(source):
    assert unasked(source) == []
