"""docs/cryptography.md names every file that makes, uses or compares a key or a digest, and no other."""

import re

from django.conf import settings

CODE = ("harmony", "incidents", "consent", "policies", "training", "platforms")
USES = re.compile(
    r"^(from|import) (hashlib|hmac|secrets|cryptography|pyrage|argon2)\b|^from django.core import signing"
    r"|^from django.utils.crypto import|^from django.core.signing|pikepdf.Encryption|PasswordHasher\)",
    re.MULTILINE,
)
NAMED = re.compile(r"`([\w/]+\.py)`")


def test_every_place_that_uses_a_key_is_in_the_list():
    using = {
        str(file.relative_to(settings.BASE))
        for folder in CODE
        for file in (settings.BASE / folder).rglob("*.py")
        if USES.search(file.read_text())
    }
    named = set(NAMED.findall((settings.BASE / "docs/cryptography.md").read_text()))
    assert using - named == set(), "not in the list"
    assert {name for name in named if not (settings.BASE / name).exists()} == set(), "no such file"
    assert len(using) > 30


def test_no_digest_is_made_by_an_algorithm_that_is_broken():
    weak = re.compile(r"\b(md5|sha1|DES|RC4|ECB|Blowfish)\b")
    found = [
        (file.name, line)
        for folder in CODE
        for file in (settings.BASE / folder).rglob("*.py")
        for line in file.read_text().splitlines()
        if weak.search(line) or ("salted_hmac(" in line and "algorithm=" not in line)  # Django's own choice is SHA-1
    ]
    assert found == []
