"""What a fresh machine needs before Django starts: `python -m harmony.setup`.

Writes `.env` (a random secret key) and `master.keys` (the key that wraps all others), readable by their
owner only, and never over what is there. Takes from others what they may see of `var/`. Run by `make setup`; asks
nothing.
"""

import os
import secrets
import sys
from pathlib import Path

from harmony.terminal import _, ngettext

BASE = Path(__file__).resolve().parent.parent


def write_once(path, text):
    """Write a file that only its owner can read. Says whether it was missing."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w") as file:
        file.write(text)
    return True


def main():
    write_once(BASE / ".env", f"SECRET_KEY={secrets.token_urlsafe(50)}\n")
    keys = BASE / "master.keys"
    if write_once(keys, f"1:{secrets.token_hex(32)}\n"):
        told = _(
            "\n  A master key was made: %(keys)s\n"
            "  Without it no record can ever be read again. Before you keep real records here,\n"
            "  store a copy somewhere else, away from the backups. docs/operations.md says how.\n\n"
        )
        sys.stdout.write(told % {"keys": keys})
    close_what_is_written()


def close_what_is_written():
    """What an earlier version wrote could be read by everybody on this machine."""
    from harmony import private, settings  # not above: they ask for .env

    if opened := private.close(settings.VAR):
        told = ngettext(
            "\n  %(folder)s and what is in it could be read by others on this machine: %(count)d file or folder.\n"
            "  That is over. If others use this machine, change passwords, and end sessions, that were used until now.\n\n",
            "\n  %(folder)s and what is in it could be read by others on this machine: %(count)d files and folders.\n"
            "  That is over. If others use this machine, change passwords, and end sessions, that were used until now.\n\n",
            len(opened),
        )
        sys.stdout.write(told % {"folder": settings.VAR, "count": len(opened)})


if __name__ == "__main__":
    main()
