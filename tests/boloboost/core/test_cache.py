"""Without Redis the site goes on; each process then caches for itself."""

import logging
from collections.abc import Iterator

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisAway

from boloboost.core import cache as module
from boloboost.core.cache import FallbackRedisCache

DEAD_PORT = "redis://127.0.0.1:1/0"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    time = [1000.0]
    monkeypatch.setattr("boloboost.core.cache.time.monotonic", lambda: time[0])
    return time


@pytest.fixture
def dead(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> Iterator[FallbackRedisCache]:
    monkeypatch.setattr(module, "_outage", module._Outage())
    cache = FallbackRedisCache(DEAD_PORT, {})
    cache.clear()
    yield cache
    cache.local.clear()


def test_every_operation_works_without_redis(dead: FallbackRedisCache) -> None:
    assert dead.get("a", "nothing") == "nothing"
    dead.set("a", 1)
    assert dead.add("a", 2) is False
    assert dead.incr("a") == 2
    assert dead.decr("a") == 1
    assert dead.touch("a", 60)
    assert "a" in dead
    assert dead.set_many({"b": 2, "c": 3}) == []
    assert dead.get_many(["a", "b", "c"]) == {"a": 1, "b": 2, "c": 3}
    dead.delete_many(["b"])
    assert dead.delete("c")
    assert dead.get_or_set("d", lambda: 4) == 4
    dead.clear()
    assert dead.get("a") is None


def test_counting_what_is_not_there_is_an_error_as_in_any_cache(dead: FallbackRedisCache) -> None:
    with pytest.raises(ValueError, match="not found"):
        dead.incr("nothing")


def test_no_operation_of_the_cache_is_forgotten() -> None:
    own = {name for name in vars(RedisCache) if not name.startswith("_")}
    assert own - {"get_backend_timeout"} <= set(vars(FallbackRedisCache))


def test_an_outage_is_logged_once_a_minute(
    dead: FallbackRedisCache, clock: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.clear()
    with caplog.at_level(logging.ERROR):
        for _ in range(7):
            clock[0] += 10
            dead.get("a")
    assert len(caplog.records) == 1


def test_redis_is_left_alone_for_a_moment_after_an_error(
    dead: FallbackRedisCache, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    class Client:
        def get(self, key: str, default: object) -> object:
            asked.append(key)
            raise RedisAway

    monkeypatch.setattr(dead, "_cache", Client())
    dead.get("a")
    assert asked == []
    clock[0] += 5
    dead.get("a")
    dead.get("a")
    assert len(asked) == 1


def test_redis_is_used_when_it_answers(
    dead: FallbackRedisCache, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Client:
        def get(self, key: str, default: object) -> object:
            return "from redis"

    monkeypatch.setattr(dead, "_cache", Client())
    clock[0] += 5
    assert dead.get("a") == "from redis"


def test_the_health_page_learns_that_redis_is_away(dead: FallbackRedisCache) -> None:
    assert dead.is_away()


def test_the_local_cache_is_roomy_enough_for_the_limits(dead: FallbackRedisCache) -> None:
    assert isinstance(dead.local, LocMemCache)
    dead.set_many({str(number): number for number in range(1000)})
    assert dead.get("0") == 0
