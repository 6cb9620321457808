from datetime import timedelta

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from boloboost.core.work.heartbeats import DEAD_AFTER, beat
from boloboost.core.work.tasks import (
    RESULT_RETENTION,
    TASKS_PER_ROUND,
    TaskAbandonedError,
    TaskRunner,
    free_abandoned_tasks,
    prune_task_results,
)
from tests.boloboost.core.mail.support import Clock
from tests.boloboost.core.work.support import enqueue, running_task

ME = "worker-me"


@pytest.mark.django_db(transaction=True)
def test_ready_tasks_run_and_one_that_raises_stops_no_other() -> None:
    names = ["succeed", "fail", "succeed"]
    results = [enqueue(name) for name in names]
    assert TaskRunner(ME).run_ready() == 3
    statuses = [DBTaskResult.objects.get(pk=result.pk).status for result in results]
    assert statuses == ["SUCCESSFUL", "FAILED", "SUCCESSFUL"]
    assert DBTaskResult.objects.get(pk=results[0].pk).return_value == "done"


@pytest.mark.django_db(transaction=True)
def test_a_round_of_tasks_is_bounded() -> None:
    for _ in range(TASKS_PER_ROUND + 2):
        enqueue("succeed")
    runner = TaskRunner(ME)
    assert [runner.run_ready() for _ in range(3)] == [TASKS_PER_ROUND, 2, 0]


@pytest.mark.django_db(transaction=True)
def test_a_task_that_no_longer_exists_fails_alone() -> None:
    gone = enqueue("no_such_task")
    kept = enqueue("succeed")
    TaskRunner(ME).run_ready()
    assert DBTaskResult.objects.get(pk=gone.pk).status == "FAILED"
    assert DBTaskResult.objects.get(pk=kept.pk).status == "SUCCESSFUL"


@pytest.mark.django_db
def test_a_runner_that_was_stopped_starts_nothing() -> None:
    enqueue("succeed")
    runner = TaskRunner(ME)
    runner.stop()
    assert runner.run_ready() == 0
    assert DBTaskResult.objects.get().status == "READY"


@pytest.mark.django_db
def test_the_task_of_a_dead_worker_is_ready_again(clock: Clock) -> None:
    beat(worker_id="worker-dead", now=clock.now)
    task = running_task(["worker-dead"], clock.now)
    clock.now += DEAD_AFTER - timedelta(seconds=1)
    assert free_abandoned_tasks(now=clock.now, worker_id=ME) == 0
    clock.advance(seconds=1)
    assert free_abandoned_tasks(now=clock.now, worker_id=ME) == 1
    task.refresh_from_db()
    assert (task.status, task.started_at) == (TaskResultStatus.READY, None)


@pytest.mark.django_db
def test_the_task_of_a_live_worker_is_left_alone_however_long_it_takes(clock: Clock) -> None:
    running_task(["worker-busy"], clock.now)
    clock.advance(hours=3)
    beat(worker_id="worker-busy", now=clock.now)
    assert free_abandoned_tasks(now=clock.now, worker_id=ME) == 0


@pytest.mark.django_db
def test_a_task_that_has_only_just_begun_is_left_alone(clock: Clock) -> None:
    running_task(["worker-not-seen-yet"], clock.now)
    assert free_abandoned_tasks(now=clock.now, worker_id=ME) == 0


@pytest.mark.django_db
def test_what_this_worker_lost_in_a_database_failure_is_freed_at_once(clock: Clock) -> None:
    beat(worker_id=ME, now=clock.now)
    task = running_task([ME], clock.now)
    assert free_abandoned_tasks(now=clock.now, worker_id=ME) == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY


@pytest.mark.django_db
def test_a_task_whose_third_worker_died_fails_with_the_reason(clock: Clock) -> None:
    task = running_task(["worker-1", "worker-2", "worker-3"], clock.now)
    clock.now += DEAD_AFTER
    assert free_abandoned_tasks(now=clock.now, worker_id=ME) == 1
    task.refresh_from_db()
    assert (task.status, task.finished_at) == (TaskResultStatus.FAILED, clock.now)
    (error,) = task.task_result.errors
    assert error.exception_class is TaskAbandonedError
    assert "3 workers died" in error.traceback


@pytest.mark.django_db
def test_results_are_kept_for_14_days(clock: Clock) -> None:
    for status, finished_at in [
        ("SUCCESSFUL", clock.now),
        ("FAILED", clock.now),
        ("SUCCESSFUL", clock.now + timedelta(days=1)),
        ("READY", None),
    ]:
        result = enqueue("succeed")
        DBTaskResult.objects.filter(pk=result.pk).update(status=status, finished_at=finished_at)
    assert prune_task_results(clock.now + RESULT_RETENTION) == 2
    assert DBTaskResult.objects.count() == 2
