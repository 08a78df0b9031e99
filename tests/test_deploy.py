"""The product as a stranger starts it for real: a process of its own, with the settings of production and nothing of ours."""

import ast
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.fixture
def production(tmp_path):
    """production("manage.py", "check"): how it ended. Secrets are files, as docker-compose.yml and deploy/systemd/ give them."""
    keys = tmp_path / "master_keys"
    keys.write_text(f"1:{'5a' * 32}\n")
    keys.chmod(0o600)
    secret = tmp_path / "secret_key"
    secret.write_text("f0e1d2c3b4a5968778695a4b3c2d1e0f" * 2 + "\n")

    def run(*command, **more):
        environment = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "harmony.settings",
            "PRODUCTION": "1",
            "HARMONY_VAR": str(tmp_path / "var"),
            "ALLOWED_HOSTS": "safeguarding.example.org",
            "SITE_URL": "https://safeguarding.example.org",
            "SECRET_KEY_FILE": str(secret),
            "MASTER_KEY_FILE": str(keys),
        }
        given = {name: value for name, value in (environment | more).items() if value is not None}
        asked = [sys.executable, *command]
        return subprocess.run(
            asked, check=False, cwd=settings.BASE, env=given, capture_output=True, text=True, timeout=120
        )

    return run


def test_django_finds_nothing_to_warn_of(production):
    done = production("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("SECRET_KEY_FILE", "/nowhere/secret_key", "/nowhere/secret_key"),
        ("MASTER_KEY_FILE", "/nowhere/master_keys", "encryption.E001"),
        ("PRODUCTION", None, "security.W"),  # so that the check above can fail
    ],
)
def test_what_is_missing_stops_it_and_is_named(production, setting, value, said):
    done = production("manage.py", "check", "--deploy", "--fail-level", "WARNING", **{setting: value})
    assert done.returncode != 0 and said in done.stderr


def test_in_production_every_cookie_is_bound_to_this_host(production):
    asked = "import django; django.setup(); from harmony.home.views.help import cookies; print([name for name, _says in cookies()])"
    done = production("-c", asked)
    names = ast.literal_eval(done.stdout)
    assert len(names) == 5 and all(name.startswith("__Host-") for name in names)


def test_files_are_kept_where_the_setting_says(production, tmp_path):
    asked = ["-c", "from harmony.settings import STORAGES; print(STORAGES['default']['BACKEND'])"]
    assert production(*asked).stdout.strip() == "django.core.files.storage.FileSystemStorage"
    file = tmp_path / "files_storage"
    file.write_text(json.dumps({"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": "harmony"}}))
    assert production(*asked, FILES_STORAGE_FILE=str(file)).stdout.strip() == "storages.backends.s3.S3Storage"
