"""Signs of life: who works, and whose work may be taken over."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from threading import Event, Thread

from django.db import connection
from django.utils import timezone

from .errors import DATABASE_AWAY
from .models import WorkerHeartbeat

logger = logging.getLogger(__name__)

BEAT_EVERY = timedelta(seconds=20)

#: A worker that is silent for longer is dead: others take its work.
DEAD_AFTER = timedelta(minutes=5)

FORGET_AFTER = timedelta(days=1)


def beat(*, worker_id: str, now: datetime) -> None:
    """Record that a worker lives."""
    if not WorkerHeartbeat.objects.filter(pk=worker_id).update(beat_at=now):
        WorkerHeartbeat.objects.bulk_create(
            [WorkerHeartbeat(worker_id=worker_id, started_at=now, beat_at=now)],
            ignore_conflicts=True,
        )


def sign_off(*, worker_id: str) -> None:
    """Record that a worker stopped by itself."""
    WorkerHeartbeat.objects.filter(pk=worker_id).delete()


def live_workers(*, now: datetime) -> Collection[str]:
    """Return the ids of the workers that gave a sign of life in the last five minutes."""
    return set(
        WorkerHeartbeat.objects.filter(beat_at__gt=now - DEAD_AFTER).values_list("pk", flat=True)
    )


def has_live_worker(*, now: datetime) -> bool:
    """Say whether any worker gave a sign of life in the last five minutes."""
    return WorkerHeartbeat.objects.filter(beat_at__gt=now - DEAD_AFTER).exists()


def forget_old_heartbeats(now: datetime) -> int:
    """Delete the rows of workers that were silent for a day; return how many."""
    deleted, _ = WorkerHeartbeat.objects.filter(beat_at__lte=now - FORGET_AFTER).delete()
    return deleted


class Heart(Thread):
    """Beats beside the work, so that a long task does not look like a dead worker."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(name="heart", daemon=True)
        self._worker_id = worker_id
        self._stopped = Event()

    def run(self) -> None:
        while not self._stopped.wait(BEAT_EVERY.total_seconds()):
            try:
                beat(worker_id=self._worker_id, now=timezone.now())
            except DATABASE_AWAY as error:
                logger.warning("no heartbeat: %s", type(error).__name__)
            finally:
                connection.close()

    def stop(self) -> None:
        self._stopped.set()
        self.join()
