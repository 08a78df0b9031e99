"""The cache: Redis, and files while Redis is away or silent.

Rate limits, used sign-in codes and words that came too late live here. A page must not fail because Redis does, and a
limit must not be lifted by it either: so meanwhile each machine counts in its own folder (docs/decisions/0120).
"""

import fcntl
import logging
import time
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
LEFT_ALONE = 10  # seconds, after it did not answer
ANSWER_WITHIN = 0.5  # seconds


class Files(FileBasedCache):
    """Django's files; but what is looked at and then written is so by one at a time, among all processes here.

    Otherwise two posts of one form both find that they are the first, and two guesses count as one.
    """

    def add(self, key, *args, **kwargs):
        with self._alone(key):
            return super().add(key, *args, **kwargs)

    def incr(self, key, *args, **kwargs):
        with self._alone(key):
            return super().incr(key, *args, **kwargs)

    @contextmanager
    def _alone(self, key):
        """Names share a few locks, so that no file is left for each; the system opens one whose holder has died."""
        self._createdir()
        with (Path(self._dir) / f"{sha256(key.encode()).hexdigest()[:2]}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class RedisOrFiles(BaseCache):
    """LOCATION is Redis; OPTIONS["files"] the folder, OPTIONS["MAX_ENTRIES"] its size."""

    away_until = 0.0  # on the monotonic clock, for all threads of this process
    _servers = {}  # a cache is made for each thread; the connections of a process are shared

    def __init__(self, location, params):
        options = dict(params.get("OPTIONS", {}))
        folder, most = options.pop("files"), options.pop("MAX_ENTRIES")
        super().__init__(params | {"OPTIONS": {"MAX_ENTRIES": most}})
        patience = {"socket_timeout": ANSWER_WITHIN, "socket_connect_timeout": ANSWER_WITHIN}
        self.redis = self._servers.setdefault(location, RedisCache(location, params | {"OPTIONS": patience | options}))
        self.files = Files(folder, params | {"OPTIONS": {"MAX_ENTRIES": most}})

    def _ask(self, method, *args, **kwargs):
        if time.monotonic() >= type(self).away_until:
            try:
                return getattr(self.redis, method)(*args, **kwargs)
            except (RedisError, OSError) as error:
                type(self).away_until = time.monotonic() + LEFT_ALONE
                log.error("Redis does not answer", extra={"kind": type(error).__name__})
        return getattr(self.files, method)(*args, **kwargs)

    def get(self, *args, **kwargs):
        return self._ask("get", *args, **kwargs)

    def set(self, *args, **kwargs):
        return self._ask("set", *args, **kwargs)

    def add(self, *args, **kwargs):
        return self._ask("add", *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self._ask("touch", *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self._ask("delete", *args, **kwargs)

    def has_key(self, *args, **kwargs):
        return self._ask("has_key", *args, **kwargs)

    def incr(self, *args, **kwargs):
        return self._ask("incr", *args, **kwargs)

    def clear(self):
        self.files.clear()
        return self._ask("clear")
