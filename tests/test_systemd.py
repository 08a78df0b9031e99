"""The units of a bare machine: each is shut as the containers are, and systemd itself finds nothing wrong with them."""

import re
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = settings.BASE / "deploy/systemd"
SERVICES = sorted(FOLDER.glob("*.service"))
EACH = pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
SYSTEMS_OWN = Path("/usr/lib/systemd/system")
SHUT = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "ReadWritePaths": "/var/lib/harmony",
    "StateDirectoryMode": "0700",
    "UMask": "0077",
    "User": "harmony",
    "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
}


def read(path):
    """Sections and their settings. Of one that stands twice, the last: `lines` gives them all."""
    parser = RawConfigParser(strict=False, delimiters="=", comment_prefixes="#")
    parser.optionxform = str
    parser.read_string(path.read_text(), source=path.name)
    return parser


def lines(path, setting):
    return re.findall(rf"^{setting}=(.*)$", path.read_text(), re.MULTILINE)


def test_there_is_one_for_each_part():
    names = {path.name for path in SERVICES}
    assert names == {
        "harmony-web.service",
        "harmony-worker@.service",
        "harmony-beat.service",
        "harmony-migrate.service",
    }


def test_what_holds_for_all_shuts_what_may_be_shut():
    shut = read(FOLDER / "harmony-.service.d/shut.conf")["Service"]
    assert {name: shut[name] for name in SHUT} == SHUT


@EACH
def test_no_unit_opens_it_again(path):
    """What stands in harmony-.service.d holds for each whose name begins so."""
    assert path.name.startswith("harmony-")
    assert not read(path)["Service"].keys() & SHUT.keys()


@EACH
def test_it_starts_a_program_that_is_there_and_nobody_without_tables(path):
    unit = read(path)
    programs = {
        command.removeprefix("/usr/bin/env DATABASE_URL_FILE=%d/database_url ") for command in lines(path, "ExecStart")
    }
    assert programs
    for program in programs:
        first = program.removeprefix("/srv/harmony/").split()[0]
        assert first.startswith(".venv/bin/") and (Path(settings.BASE) / first).exists()
    if path.name != "harmony-migrate.service":
        assert unit["Unit"]["Requires"] == unit["Unit"]["After"] == "harmony-migrate.service"
        assert unit["Service"]["Restart"] == "always"


def test_only_migrate_is_given_the_owners_password_and_runs_once():
    given = {path.name: read(path)["Service"].get("LoadCredential") for path in SERVICES}
    assert {name for name, credential in given.items() if credential} == {"harmony-migrate.service"}
    unit = FOLDER / "harmony-migrate.service"
    assert (read(unit)["Service"]["Type"], read(unit)["Service"]["RemainAfterExit"]) == ("oneshot", "yes")
    as_owner = [
        command for command in lines(unit, "ExecStart") if command.startswith("/usr/bin/env DATABASE_URL_FILE=%d/")
    ]
    assert ["migrate" in as_owner[0], "grant_app_role harmony_app --run" in as_owner[1]] == [True, True]
    assert not lines(unit, "Environment")  # the settings of all would go before it


def test_there_is_one_clock_and_every_unit_stops_with_the_target():
    started = read(FOLDER / "harmony.target")["Unit"]
    assert started["Wants"].split() == ["harmony-web.service", "harmony-worker@1.service", "harmony-beat.service"]
    assert started["Requires"] == "harmony-migrate.service"
    assert read(FOLDER / "harmony-.service.d/shut.conf")["Unit"]["PartOf"] == "harmony.target"
    assert not any("--beat" in command for path in SERVICES for command in lines(path, "ExecStart"))


def test_the_settings_name_files_and_hold_no_secret():
    told = dict(re.findall(r"^(\w+)=(.*)$", (FOLDER / "settings.example").read_text(), re.MULTILINE))
    assert told["PRODUCTION"] == "1" and told["HARMONY_VAR"] == SHUT["ReadWritePaths"]
    secret = {name for name in told if re.search(r"SECRET|DATABASE|MASTER|EMAIL_URL|TOKEN", name)}
    assert secret and all(name.endswith("_FILE") for name in secret)


@pytest.mark.needs("systemd")
def test_systemd_finds_nothing_wrong(tmp_path):
    """In a root of its own, so that nothing of this machine is asked; programs there are empty ones."""
    shutil.copytree(FOLDER, tmp_path / "etc/systemd/system")
    shutil.copytree(SYSTEMS_OWN, tmp_path / "usr/lib/systemd/system", symlinks=True)
    for program in ("usr/bin/env", *(f"srv/harmony/.venv/bin/{name}" for name in ("python", "gunicorn", "celery"))):
        (tmp_path / program).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy("/bin/true", tmp_path / program)
    units = ["harmony.target", *(path.name.replace("@", "@1") for path in SERVICES)]
    asked = ["systemd-analyze", "verify", f"--root={tmp_path}", "--man=no", *units]
    done = subprocess.run(asked, check=False, capture_output=True, text=True)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "harmony" in line]) == (0, [])
