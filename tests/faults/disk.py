"""A small disk: a mount of its own for the database, which can be filled to the last byte."""

import os
import subprocess
from contextlib import contextmanager

NOT_ALLOWED = "nobody may mount a small disk here: run it as root, or in a container that may"
LEAST, EACH = 300, 0.4  # megabytes; and so many for a report, with its lines in the book


@contextmanager
def mounted(folder, number):
    """Whether `folder` is a small disk now; where this machine lets nobody mount one it stays a folder."""
    size = f"size={LEAST + int(EACH * number)}m"
    mount = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    except OSError:
        done = False
    try:
        yield done
    finally:
        if done:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


class SmallDisk:
    def __init__(self, folder):
        self.folder, self.ballast = folder, folder / "ballast"

    @property
    def is_small(self):
        return os.path.ismount(self.folder)

    def fill(self):
        with self.ballast.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                self._write(file, b"\0" * size)

    def _write(self, file, some):
        try:
            while True:
                file.write(some)
        except OSError:
            return

    def empty(self):
        self.ballast.unlink(missing_ok=True)
