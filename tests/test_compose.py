"""The production shape is what docs/operations.md says of it: nothing open that may be shut, and no secret where it can be read."""

import re

import pytest
from django.conf import settings

from tests import compose

FILE = settings.BASE / "docker-compose.yml"
SHAPE = compose.read(FILE.read_text())
SERVICES = SHAPE["services"]
OURS = {name for name, service in SERVICES.items() if service.get("image") == "harmony-safeguarding"}
EACH = pytest.mark.parametrize("name", sorted(SERVICES))


def test_it_is_made_of_these():
    assert set(SERVICES) >= {"proxy", "web", "worker", "beat", "migrate", "db", "redis", "clamav"}
    assert {"web", "worker", "beat", "migrate"} <= OURS
    assert SERVICES["proxy"]["image"].startswith("caddy:")


@EACH
def test_nothing_is_written_but_what_is_named_and_no_right_of_root_is_left(name):
    service = SERVICES[name]
    assert service["read_only"] == "true"
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


@EACH
def test_nobody_but_the_proxy_works_as_root(name):
    if name in OURS:
        assert re.search(r"^USER harmony$", (settings.BASE / "Dockerfile").read_text(), re.MULTILINE)
    assert name in OURS | {"proxy"} or SERVICES[name]["user"] not in ("root", "0")


@EACH
def test_only_the_proxy_can_be_called_from_outside(name):
    ports = SERVICES[name].get("ports", [])
    assert ports == (["80:80", "443:443"] if name == "proxy" else [])
    assert SERVICES[name].get("network_mode") is None


def test_database_and_queue_are_on_a_network_that_leads_nowhere():
    assert SERVICES["db"]["networks"] == SERVICES["redis"]["networks"] == ["inside"]
    assert SHAPE["networks"]["inside"] == {"internal": "true"}
    assert SERVICES["proxy"]["networks"] == ["outside"]


@EACH
def test_each_that_goes_on_running_is_looked_after(name):
    if SERVICES[name]["restart"] == "no":
        assert name == "migrate"  # it ends; others wait for that it ended well
    else:
        assert SERVICES[name]["restart"] == "unless-stopped"
        assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


@EACH
def test_no_secret_stands_in_the_environment(name):
    service = SERVICES[name]
    told = service.get("environment", {})
    secret = {key for key in told if re.search(r"SECRET|PASSWORD|TOKEN|_URL|KEY", key)} - {"SITE_URL"}
    assert all(key.endswith("_FILE") for key in secret)
    files = {value.removeprefix("/run/secrets/") for key, value in told.items() if key.endswith("_FILE")}
    assert files <= set(service.get("secrets", []))


def test_each_secret_is_a_file_in_the_folder_that_git_does_not_see():
    given = {secret for service in SERVICES.values() for secret in service.get("secrets", [])}
    assert given == set(SHAPE["secrets"])
    assert all(secret == {"file": f"secrets/{name}"} for name, secret in SHAPE["secrets"].items())
    assert "secrets/" in (settings.BASE / ".gitignore").read_text().split()
    assert "secrets" in (settings.BASE / ".dockerignore").read_text().split()


def test_a_setting_that_is_missing_stops_it_and_one_that_may_be_has_a_default():
    asked = re.findall(r"\$\{(\w+)([^}]*)\}", FILE.read_text())
    assert {name for name, _otherwise in asked} >= {"HARMONY_HOST", "DEFAULT_FROM_EMAIL"}
    assert [name for name, otherwise in asked if not otherwise.startswith((":?", ":-"))] == []


def test_only_migrate_holds_the_owners_password():
    for name in OURS - {"migrate"}:
        assert SERVICES[name]["environment"]["DATABASE_URL_FILE"] == "/run/secrets/database_url_app"
        assert "database_url_owner" not in SERVICES[name]["secrets"]
    assert SERVICES["migrate"]["environment"]["DATABASE_URL_FILE"] == "/run/secrets/database_url_owner"


def test_nobody_works_before_the_tables_are_there():
    waiting = {"condition": "service_completed_successfully"}
    assert all(SERVICES[name]["depends_on"]["migrate"] == waiting for name in OURS - {"migrate"})
    assert SERVICES["migrate"]["depends_on"]["db"] == {"condition": "service_healthy"}


def test_there_can_be_many_websites_and_workers_and_never_a_second_clock():
    assert SERVICES["beat"]["container_name"]  # Compose refuses to make two of one name
    assert "beat" in SERVICES["beat"]["command"]
    assert [name for name, service in SERVICES.items() if "container_name" in service] == ["beat"]
    assert not any("--beat" in service.get("command", []) for service in SERVICES.values())
    caddy = (settings.BASE / "deploy/Caddyfile").read_text()
    assert re.search(
        r"dynamic a \{\$HARMONY_WEB:web\} 8000 \{", caddy
    )  # each address of the name, not the first for ever


def test_the_queue_outlives_a_restart():
    assert SERVICES["redis"]["command"][-2:] == ["--appendonly", "yes"]
    assert SERVICES["redis"]["volumes"] == ["queue:/data"]


def test_what_may_be_left_out_is_left_out_until_it_is_asked_for():
    assert SERVICES["clamav"]["profiles"] == ["clamav"]
    assert all(
        "profiles" not in SERVICES[name] for name in ("proxy", "web", "worker", "beat", "migrate", "db", "redis")
    )


@EACH
def test_each_volume_is_named_or_lies_in_the_tree(name):
    for volume in SERVICES[name].get("volumes", []):
        source = volume.split(":")[0]
        assert source in SHAPE["volumes"] or (settings.BASE / source).is_file()
        assert source in SHAPE["volumes"] or volume.endswith(":ro")


def test_with_a_managed_database_ours_are_not_started():
    managed = compose.read((settings.BASE / "deploy/managed.yml").read_text())
    assert managed["services"] == {"db": {"scale": "0"}, "redis": {"scale": "0"}}


def test_with_files_elsewhere_everybody_who_opens_one_knows_where():
    elsewhere = compose.read((settings.BASE / "deploy/s3.yml").read_text())
    assert set(elsewhere["services"]) == OURS
    for service in elsewhere["services"].values():
        assert service["environment"] == {"FILES_STORAGE_FILE": "/run/secrets/files_storage"}
        assert service["secrets"] == ["files_storage"] and list(elsewhere["secrets"]) == ["files_storage"]


def test_the_image_is_slim_and_holds_no_secret():
    words = (settings.BASE / "Dockerfile").read_text()
    assert re.search(r"^FROM python:\S+-slim", words, re.MULTILINE)
    assert "libpango" in words and "--require-hashes" in words
    ignored = set((settings.BASE / ".dockerignore").read_text().split())
    assert ignored >= {".env", "*.keys", "secrets", "var"}
    assert list((settings.BASE / "static").rglob("*.woff2"))  # ours come with the tree


@pytest.mark.parametrize(
    "text",
    ["a: |\n  b", "a: 'b'", "a: !reset null", "a:\n\tb: c", "a: b\na: c", "a:\n  b: c\n d: e", "just words"],
)
def test_what_the_reader_does_not_know_it_refuses(text):
    with pytest.raises(compose.NotRead):
        compose.read(text)
