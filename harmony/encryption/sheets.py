"""A key on paper: four lines that can be typed in again by hand, each with a check of its own.

    8f3a 02c1 77d0 e41b  9c2e

The last group is a check: a mistake is found in its line, before anything is opened with it. Kind and version are part
of each check, so that a sheet is not typed in as another.
"""

import hashlib
import re

LINES, GROUP = 4, 4  # of 16 hex digits each, in groups of four


class Misread(Exception):
    """What was typed is not what the sheet says. `line` counts from 1; 0 means that there are too few or too many."""

    def __init__(self, line):
        super().__init__(line)
        self.line = line


def lines(kind, version, key):
    """Bytes of a key -> the lines to print."""
    digits = key.hex()
    parts = [digits[start : start + 16] for start in range(0, len(digits), 16)]
    return [f"{_groups(part)}  {_check(kind, version, number, part)}" for number, part in enumerate(parts, start=1)]


def read(kind, version, typed):
    """The lines as typed, with any spaces and capitals -> bytes of the key."""
    found = [re.sub(r"\s", "", line).lower() for line in typed if line.strip()]
    if len(found) != LINES:
        raise Misread(0)
    for number, line in enumerate(found, start=1):
        part, check = line[:16], line[16:]
        if not re.fullmatch(r"[0-9a-f]{20}", line) or check != _check(kind, version, number, part):
            raise Misread(number)
    return bytes.fromhex("".join(line[:16] for line in found))


def _groups(digits):
    return " ".join(digits[start : start + GROUP] for start in range(0, len(digits), GROUP))


def _check(kind, version, number, digits):
    return hashlib.sha256(f"{kind} {version} {number} {digits}".encode()).hexdigest()[:GROUP]
