"""A Redis cache that can do without Redis."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

ANSWER_SECONDS = 1.0
PAUSE_SECONDS = 5.0
LOG_EVERY_SECONDS = 60.0
LOCAL_ENTRIES = 5_000


class _Outage:
    """What this process, in all its threads, knows about Redis being away."""

    def __init__(self) -> None:
        self.until = 0.0
        self._log_again_at = 0.0

    def begin(self, error: Exception) -> None:
        now = time.monotonic()
        self.until = now + PAUSE_SECONDS
        if now >= self._log_again_at:
            self._log_again_at = now + LOG_EVERY_SECONDS
            logger.error("Redis does not answer (%s); this process caches for itself.", error)


_outage = _Outage()


def _with_fallback(name: str) -> Callable[..., Any]:
    remote = getattr(RedisCache, name)

    def operation(self: "FallbackRedisCache", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= _outage.until:
            try:
                return remote(self, *args, **kwargs)
            except (RedisError, OSError) as error:
                _outage.begin(error)
        return getattr(self.local, name)(*args, **kwargs)

    operation.__name__ = name
    return operation


class FallbackRedisCache(RedisCache):
    """Django's Redis cache; an operation that Redis does not answer is done in-process.

    After an error Redis is left alone for some seconds, so that a page with many cache
    operations does not wait for each of them.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {
            "socket_connect_timeout": ANSWER_SECONDS,
            "socket_timeout": ANSWER_SECONDS,
            "retry": Retry(NoBackoff(), 0),
            **params.get("OPTIONS", {}),
        }
        super().__init__(server, {**params, "OPTIONS": options})
        self.local = LocMemCache(
            "redis-is-away", {**params, "OPTIONS": {"MAX_ENTRIES": LOCAL_ENTRIES}}
        )

    def is_away(self) -> bool:
        """Ask Redis itself; used by the health page."""
        try:
            self._cache.get_client(write=True).ping()
        except (RedisError, OSError):
            return True
        return False

    add = _with_fallback("add")
    get = _with_fallback("get")
    set = _with_fallback("set")
    touch = _with_fallback("touch")
    delete = _with_fallback("delete")
    get_many = _with_fallback("get_many")
    set_many = _with_fallback("set_many")
    delete_many = _with_fallback("delete_many")
    has_key = _with_fallback("has_key")
    incr = _with_fallback("incr")
    clear = _with_fallback("clear")
