"""The guides for people lead somewhere: each file, command and setting that they name is there."""

import re

import pytest
from django.conf import settings
from django.core.management import get_commands

BASE = settings.BASE
GUIDES = [
    *("README.md", "CONTRIBUTING.md", "docs/operations.md", "docs/architecture.md"),
    *("docs/threat-model.md", "docs/data-map.md", "docs/dpia-template.md"),
]
EACH = pytest.mark.parametrize("name", GUIDES)
ROOTS = {path.name for path in BASE.iterdir() if path.is_dir() and not path.name.startswith(".")} - {"var", "secrets"}


def text(name):
    return (BASE / name).read_text()


def paths(name):
    """What stands in code type, or behind a link, and begins with a folder of ours or ends like a file of the tree."""
    linked = [where for where in re.findall(r"\]\(([^)#]+)\)", text(name)) if "://" not in where]
    found = {(BASE / name).parent / where for where in linked}
    for said in re.findall(r"`([^`\n]+)`", text(name)) + re.findall(r"```\w*\n(.*?)```", text(name), re.DOTALL):
        words = (re.sub(r"::.*$", "", word.strip("…,;:()\"'").removeprefix("./")) for word in said.split())
        found |= {BASE / word for word in words if is_a_path(word)}
    return found


def is_a_path(word):
    in_a_folder = re.fullmatch(r"[\w.@-]+/[\w.@/-]*", word) and word.split("/")[0] in ROOTS
    return in_a_folder or re.fullmatch(r"[\w-]+\.(md|toml|lock|yml)|Dockerfile|Makefile", word)


@EACH
def test_each_path_is_there(name):
    named = paths(name)
    assert named
    gone = [path for path in named if not path.exists() and not list(path.parent.glob(f"{path.name}*"))]
    assert [str(path.relative_to(BASE)) for path in gone] == []


@EACH
def test_each_command_is_there(name):
    commands = set(re.findall(r"manage(?:\.py|\.sh) ([a-z_]+)", text(name)))
    assert commands <= set(get_commands())


@EACH
def test_each_target_of_make_is_there(name):
    targets = set(re.findall(r"^(\w+):", text("Makefile"), re.MULTILINE))
    asked = re.findall(r"(?:`|^|= )make (\w+)", text(name), re.MULTILINE)
    assert set(asked) <= targets


def test_each_test_that_shows_something_is_there():
    """As `tests/…::test_…`: who reads that something is shown can have it shown."""
    shown = {one for name in GUIDES for one in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text(name))}
    assert len(shown) > 20
    assert [one for one in sorted(shown) if f"\ndef {one[1]}(" not in text(one[0])] == []


def test_each_setting_of_the_guide_is_asked_for():
    """In code type, in capitals: a setting of ours, of the tests, or of the compose file."""
    asked = "".join(
        text(file) for file in ("harmony/settings.py", "docker-compose.yml", "deploy/Caddyfile", "deploy/roles.sh")
    )
    told = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)(?:=[^`]*)?`", text("docs/operations.md")))
    assert told
    missing = {name for name in told if name.removesuffix("_FILE") not in asked}
    assert missing <= {"NAME_FILE"}


def test_whoever_comes_new_is_led_there():
    assert "CONTRIBUTING.md" in text("README.md")


def test_what_was_never_there_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.BASE", tmp_path)
    (tmp_path / "GUIDE.md").write_text("See `platforms/nowhere.py` and [there](docs/away.md).")
    assert paths("GUIDE.md") == {tmp_path / "platforms/nowhere.py", tmp_path / "docs/away.md"}
    with pytest.raises(AssertionError):
        test_each_path_is_there("GUIDE.md")
