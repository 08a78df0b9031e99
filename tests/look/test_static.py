"""What is served: only what is ours to use, with its licence, and nothing that points at a missing file."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

HARMONY = settings.BASE / "static" / "harmony"


def test_every_file_the_styles_name_is_there_so_that_they_can_be_collected(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()


def test_nothing_of_the_crown_is_shipped():
    names = " ".join(str(path.relative_to(HARMONY)) for path in HARMONY.rglob("*"))
    css = (HARMONY / "harmony.css").read_text()
    for theirs in ("crest", "crown", "GDS Transport", "transport", "logotype", "apple-touch"):
        assert theirs.lower() not in names.lower()
        assert theirs.lower() not in css.lower()


def test_nothing_comes_from_elsewhere():
    for path in [*HARMONY.glob("*.css"), *HARMONY.glob("*.js")]:
        hosts = set(re.findall(r"https?://[^\s\"'`)]+", path.read_text()))
        assert {host for host in hosts if "w3.org" not in host} == set(), path


@pytest.mark.parametrize("name", ["govuk-frontend", "moj-frontend", "atkinson-hyperlegible-next"])
def test_what_others_made_keeps_its_licence(name):
    text = (HARMONY / "licences" / f"{name}.txt").read_text()
    assert "Copyright" in text
    assert "Permission is hereby granted" in text or "SIL Open Font License" in text


def test_a_first_visit_weighs_little():
    """Over a slow line: the styles and scripts, before compression, and the one font every page needs."""
    assert (HARMONY / "harmony.css").stat().st_size < 170_000
    assert (HARMONY / "harmony.js").stat().st_size < 30_000
    assert Path(HARMONY / "fonts" / "atkinson-next-latin-normal.woff2").stat().st_size < 40_000
