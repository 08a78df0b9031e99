"""Is the master key there, and is it a secret? And is what lies beside it nobody else's to read?"""

import stat
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

from harmony import private

from . import masters


@register(Tags.security)
def the_master_keys_are_there_and_secret(app_configs, **kwargs):
    if settings.MASTER_KEYS:
        return []
    path = Path(settings.MASTER_KEY_FILE)
    try:
        mode = path.stat().st_mode
        keys = masters.known()
    except OSError as failure:
        return [
            Error(
                f"The master keys cannot be read: {failure}",
                hint="`python -m harmony.setup` makes them.",
                id="encryption.E001",
            )
        ]
    except ValueError:
        return [Error(f"{path} is not a list of version:key lines.", id="encryption.E002")]
    if not keys or any(len(key) != 32 for key in keys.values()):
        return [Error(f"{path} holds a key that is not 64 hex digits, or none.", id="encryption.E002")]
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        return [Warning(f"Others can read {path}.", hint=f"chmod 600 {path}", id="encryption.W001")]
    return []


@register(Tags.security)
def nobody_else_reads_what_is_written(app_configs, **kwargs):
    """A closed folder closes all in it; the database may lie elsewhere."""
    database = settings.DATABASES["default"]
    elsewhere = [Path(database["NAME"])] if database["ENGINE"].endswith("sqlite3") else []
    outside = [path for path in elsewhere if not path.is_relative_to(settings.VAR)]
    return [
        Warning(
            f"Others on this machine can look into {path}.",
            hint=f"`python -m harmony.setup` closes it; or chmod go-rwx {path}",
            id="encryption.W002",
        )
        for path in (settings.VAR, *outside)
        if private.is_open(path)
    ]
