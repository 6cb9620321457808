"""Running tasks of django-tasks, and freeing those of dead workers."""

import logging
from datetime import datetime, timedelta

from django.db.models import Q
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from .heartbeats import DEAD_AFTER, live_workers

logger = logging.getLogger(__name__)

TASKS_PER_ROUND = 20
ATTEMPTS_MAX = 3
RESULT_RETENTION = timedelta(days=14)


class TaskAbandonedError(Exception):
    """Every worker that took the task died while running it."""


class TaskRunner:
    """Runs ready tasks of every queue, some at a time."""

    def __init__(self, worker_id: str) -> None:
        self._worker_id = worker_id
        self._worker: Worker | None = None
        self._stopped = False

    def run_ready(self) -> int:
        """Run at most 20 of the tasks that are ready; return how many ran.

        A task that raises is recorded as failed by django-tasks-db and stops no other.
        """
        # Claiming takes SQLite's write lock, so look first.
        if (
            not DBTaskResult.objects.ready()
            .filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS)
            .exists()
        ):
            return 0
        self._worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=TASKS_PER_ROUND,
            worker_id=self._worker_id,
            excluded_queue_names=[],
        )
        try:
            if not self._stopped:
                self._worker.run()
            return int(self._worker._run_tasks)
        finally:
            self._worker = None

    def stop(self) -> None:
        """Have ``run_ready`` return after the task in hand, and run nothing more."""
        self._stopped = True
        if self._worker is not None:
            self._worker.running = False


def free_abandoned_tasks(*, now: datetime, worker_id: str) -> int:
    """Make tasks of dead workers ready again; return how many were freed or given up.

    A worker is dead when it gave no sign of life for five minutes. A task whose
    third worker died fails with the reason. django-tasks-db itself would leave all
    of them running for ever.

    Args:
        now: aware time.
        worker_id: the caller, who has no task in hand: what still runs under its
            name was lost when the database failed.
    """
    alive = set(live_workers(now=now))
    freed = 0
    for task in DBTaskResult.objects.running().only("started_at", "worker_ids"):
        worker = task.worker_ids[-1] if task.worker_ids else ""
        started_before = task.started_at is None or task.started_at <= now - DEAD_AFTER
        if worker == worker_id or (worker not in alive and started_before):
            freed += _free(task, now)
    return freed


def _free(task: DBTaskResult, now: datetime) -> int:
    same = DBTaskResult.objects.filter(
        pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at
    )
    if len(task.worker_ids) < ATTEMPTS_MAX:
        freed = same.update(status=TaskResultStatus.READY, started_at=None)
        if freed:
            logger.warning("task %s freed: its worker died", task.pk)
        return freed
    given_up = same.update(
        status=TaskResultStatus.FAILED,
        finished_at=now,
        exception_class_path=f"{__name__}.{TaskAbandonedError.__name__}",
        traceback=f"{len(task.worker_ids)} workers died while running this task.",
    )
    if given_up:
        logger.error("task %s given up: %d workers died", task.pk, len(task.worker_ids))
    return given_up


def prune_task_results(now: datetime) -> int:
    """Delete the results of tasks that finished 14 days ago; return how many."""
    deleted, _ = DBTaskResult.objects.filter(
        Q(status__in=[TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED]),
        finished_at__lte=now - RESULT_RETENTION,
    ).delete()
    return deleted
