from datetime import timedelta
from threading import Event

import pytest
from django.db import OperationalError

from boloboost.core.work import heartbeats
from boloboost.core.work.heartbeats import (
    DEAD_AFTER,
    Heart,
    beat,
    forget_old_heartbeats,
    has_live_worker,
    live_workers,
    sign_off,
)
from boloboost.core.work.models import WorkerHeartbeat
from tests.boloboost.core.mail.support import Clock


@pytest.mark.django_db
def test_a_worker_has_one_row_that_it_renews(clock: Clock) -> None:
    started_at = clock.now
    beat(worker_id="worker-a", now=clock.now)
    clock.advance(minutes=2)
    beat(worker_id="worker-a", now=clock.now)
    row = WorkerHeartbeat.objects.get()
    assert (row.started_at, row.beat_at) == (started_at, clock.now)


@pytest.mark.django_db
def test_a_worker_that_is_silent_for_five_minutes_is_dead(clock: Clock) -> None:
    beat(worker_id="worker-a", now=clock.now)
    clock.now += DEAD_AFTER - timedelta(seconds=1)
    beat(worker_id="worker-b", now=clock.now)
    assert live_workers(now=clock.now) == {"worker-a", "worker-b"}
    clock.advance(seconds=1)
    assert live_workers(now=clock.now) == {"worker-b"}
    assert has_live_worker(now=clock.now)


@pytest.mark.django_db
def test_a_worker_that_stopped_by_itself_is_gone_at_once(clock: Clock) -> None:
    beat(worker_id="worker-a", now=clock.now)
    sign_off(worker_id="worker-a")
    assert not has_live_worker(now=clock.now)


@pytest.mark.django_db
def test_workers_that_are_silent_for_a_day_are_forgotten(clock: Clock) -> None:
    beat(worker_id="worker-a", now=clock.now)
    clock.advance(hours=1)
    beat(worker_id="worker-b", now=clock.now)
    clock.advance(hours=23)
    assert forget_old_heartbeats(clock.now) == 1
    assert WorkerHeartbeat.objects.get().pk == "worker-b"


def test_the_heart_goes_on_when_the_database_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """It beats beside a long task, and outlives a locked database."""
    beats: list[str] = []
    beaten_twice = Event()

    def fail_at_first(*, worker_id: str, now: object) -> None:
        beats.append(worker_id)
        if len(beats) == 1:
            raise OperationalError("database is locked")
        beaten_twice.set()

    monkeypatch.setattr(heartbeats, "beat", fail_at_first)
    monkeypatch.setattr(heartbeats, "BEAT_EVERY", timedelta(milliseconds=1))
    heart = Heart("worker-a")
    heart.start()
    assert beaten_twice.wait(10)
    heart.stop()
    assert not heart.is_alive()
    assert set(beats) == {"worker-a"}
