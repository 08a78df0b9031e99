"""The cache: Redis, and files while Redis is away or silent.

Rate limits, used sign-in codes and words that came too late live here. A page must not fail because Redis does, and a
limit must not be lifted by it either: so meanwhile each machine counts in its own folder (docs/decisions/0120).
"""

import logging
import time

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
LEFT_ALONE = 10  # seconds, after it did not answer
ANSWER_WITHIN = 0.5  # seconds


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
        self.files = FileBasedCache(folder, params | {"OPTIONS": {"MAX_ENTRIES": most}})

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
