"""The worker: mail, tasks and sweeps, in rounds, until it is told to stop."""

import logging
import os
import socket
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.crypto import get_random_string

from ..mail.delivery import deliver_due
from ..mail.text import one_line
from .errors import DATABASE_AWAY, drop_dead_connection, trace_of
from .heartbeats import BEAT_EVERY, beat
from .sweeps import run_due_sweeps
from .tasks import TaskRunner, free_abandoned_tasks

logger = logging.getLogger(__name__)

IDLE_SECONDS = 1
ERROR_PAUSE_SECONDS = 5
FREE_TASKS_EVERY = timedelta(seconds=30)

#: After the mail server was not reached, nobody knocks for this long.
MAIL_PAUSE = timedelta(minutes=1)


def new_worker_id() -> str:
    """Return a name of at most 64 characters that no other worker has."""
    return f"{socket.gethostname()[:32]}-{os.getpid()}-{get_random_string(8)}"


class BackgroundWorker:
    """One worker. Give it a name, then call ``run`` or ``run_what_is_due``.

    Args:
        worker_id: at most 64 characters, unlike any other worker's.
        clock: gives the aware time.
        sleep: waits a number of seconds; a signal may arrive meanwhile.
    """

    def __init__(
        self,
        worker_id: str,
        *,
        clock: Callable[[], datetime] = timezone.now,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._worker_id = worker_id
        self._clock = clock
        self._sleep = sleep
        self._tasks = TaskRunner(worker_id)
        self._stopping = False
        self._failed = False
        self._next: dict[str, datetime] = {}

    def stop(self) -> None:
        """Finish what is in hand, then return from ``run``. Safe in a signal handler."""
        self._stopping = True
        self._tasks.stop()

    def is_stopping(self) -> bool:
        return self._stopping

    def run(self) -> None:
        """Work until ``stop`` is called; errors are logged and never end it."""
        while not self._stopping:
            busy = self.run_round()
            if self._failed:
                self._pause(ERROR_PAUSE_SECONDS)
            elif not busy:
                self._pause(IDLE_SECONDS)

    def run_what_is_due(self) -> None:
        """Work until nothing is due, or until something fails."""
        while not self._stopping and self.run_round() and not self._failed:
            continue

    def run_round(self) -> bool:
        """Do one round of everything; say whether there was anything to do."""
        self._failed = False
        drop_dead_connection()
        steps = (self._beat, self._deliver_mail, self._run_tasks, self._free_tasks, self._sweep)
        busy = False
        for step in steps:
            if not self._stopping:
                busy = self._guarded(step) or busy
        drop_dead_connection()
        return busy

    def _guarded(self, step: Callable[[], bool]) -> bool:
        try:
            return step()
        except DATABASE_AWAY as error:
            logger.warning("%s: %s", step.__name__.strip("_"), one_line(str(error)))
        except Exception as error:
            logger.error("%s failed: %s", step.__name__.strip("_"), trace_of(error))
        self._failed = True
        drop_dead_connection()
        return False

    def _beat(self) -> bool:
        if self._is_time_for("beat", BEAT_EVERY):
            beat(worker_id=self._worker_id, now=self._clock())
        return False

    def _deliver_mail(self) -> bool:
        if self._is_too_early_for("mail"):
            return False
        report = deliver_due(
            worker_id=self._worker_id, clock=self._clock, stopping=self.is_stopping
        )
        if report.away:
            self._next["mail"] = self._clock() + MAIL_PAUSE
        return report.handled > 0

    def _run_tasks(self) -> bool:
        return self._tasks.run_ready() > 0

    def _free_tasks(self) -> bool:
        if not self._is_time_for("free_tasks", FREE_TASKS_EVERY):
            return False
        return free_abandoned_tasks(now=self._clock(), worker_id=self._worker_id) > 0

    def _sweep(self) -> bool:
        return run_due_sweeps(now=self._clock(), stopping=self.is_stopping) > 0

    def _is_time_for(self, name: str, every: timedelta) -> bool:
        if self._is_too_early_for(name):
            return False
        self._next[name] = self._clock() + every
        return True

    def _is_too_early_for(self, name: str) -> bool:
        return name in self._next and self._clock() < self._next[name]

    def _pause(self, seconds: int) -> None:
        for _ in range(seconds):
            if not self._stopping:
                self._sleep(1)
