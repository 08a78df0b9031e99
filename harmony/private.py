"""What the product writes is its owner's alone: mails hold links that open an account, the database its sessions.

Needs no Django: settings and `make setup` begin with it. (The words of a case are encrypted besides.)
"""

import os
import stat

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def from_now_on(folder):
    """Whatever this process, and those it starts, will write is readable by their owner only."""
    os.umask(OTHERS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def is_open(path):
    """Whether somebody else on this machine may look at it. What is not there is open to nobody."""
    try:
        return bool(path.stat().st_mode & OTHERS)
    except FileNotFoundError:
        return False


def close(folder):
    """Take from others what they may do with a folder and all in it; gives back what was open.

    A folder that is everybody's, such as /tmp, is left alone, and so is what belongs to somebody else.
    """
    if folder.stat().st_mode & stat.S_ISVTX:
        return []
    return [path for path in [folder, *folder.rglob("*")] if not path.is_symlink() and _closed(path)]


def _closed(path):
    """Whether it was open, and is no more."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if not mode & OTHERS:
            return False
        path.chmod(mode & ~OTHERS)
    except (FileNotFoundError, PermissionError):  # gone meanwhile, or not ours
        return False
    return True
