"""Is the master key there, and is it a secret?"""

import stat
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

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
