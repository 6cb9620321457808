import logging
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from boloboost.core.work import sweeps
from boloboost.core.work.models import SweepRun
from boloboost.core.work.sweeps import register_sweep, run_due_sweeps
from tests.boloboost.core.mail.support import Clock

HOUR = timedelta(hours=1)


class Counter:
    """A sweep that remembers when it ran and fails when told to."""

    def __init__(self, error: Exception | None = None) -> None:
        self.runs: list[datetime] = []
        self.error = error

    def __call__(self, now: datetime) -> int:
        self.runs.append(now)
        if self.error:
            raise self.error
        return 1


def _run(now: datetime) -> int:
    return 0


@pytest.mark.django_db
def test_a_sweep_runs_at_once_and_then_every_so_often(clock: Clock) -> None:
    sweep = Counter()
    register_sweep("test.sweep", every=HOUR, run=sweep)
    started_at = clock.now
    for _ in range(7):
        run_due_sweeps(now=clock.now)
        clock.advance(minutes=20)
    assert sweep.runs == [started_at, started_at + HOUR, started_at + 2 * HOUR]


@pytest.mark.django_db
def test_the_last_run_is_remembered_over_a_restart(clock: Clock) -> None:
    sweep = Counter()
    register_sweep("test.sweep", every=HOUR, run=sweep)
    assert run_due_sweeps(now=clock.now) == 1
    assert SweepRun.objects.get().ran_at == clock.now
    assert run_due_sweeps(now=clock.now) == 0


@pytest.mark.django_db
def test_of_two_workers_one_runs_the_sweep(clock: Clock) -> None:
    register_sweep("test.sweep", every=HOUR, run=_run)
    sweep = sweeps._sweeps["test.sweep"]
    assert sweeps._claim(sweep, None, clock.now)
    assert not sweeps._claim(sweep, None, clock.now)
    seen_by_both, later = clock.now, clock.now + HOUR
    assert sweeps._claim(sweep, seen_by_both, later)
    assert not sweeps._claim(sweep, seen_by_both, later)


@pytest.mark.django_db
def test_a_sweep_that_fails_stops_no_other_and_is_tried_again_soon(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    error = ValueError("buur" + "@example.org")
    failing, other = Counter(error), Counter()
    register_sweep("test.failing", every=timedelta(days=1), run=failing)
    register_sweep("test.other", every=timedelta(days=1), run=other)
    with caplog.at_level(logging.INFO):
        assert run_due_sweeps(now=clock.now) == 2
    assert len(other.runs) == 1
    assert "test.failing failed: ValueError" in caplog.text
    assert "buur@example.org" not in caplog.text
    clock.advance(minutes=4)
    assert run_due_sweeps(now=clock.now) == 0
    clock.advance(minutes=1)
    assert run_due_sweeps(now=clock.now) == 1
    assert len(failing.runs) == 2


@pytest.mark.django_db
def test_a_database_that_is_away_ends_the_round(clock: Clock) -> None:
    register_sweep("test.sweep", every=HOUR, run=Counter(OperationalError("locked")))
    with pytest.raises(OperationalError):
        run_due_sweeps(now=clock.now)


@pytest.mark.django_db
def test_a_worker_that_stops_starts_no_other_sweep(clock: Clock) -> None:
    first, second = Counter(), Counter()
    register_sweep("test.first", every=HOUR, run=first)
    register_sweep("test.second", every=HOUR, run=second)
    assert run_due_sweeps(now=clock.now, stopping=lambda: bool(first.runs)) == 1
    assert not second.runs
    assert run_due_sweeps(now=clock.now) == 1


def test_a_name_belongs_to_one_sweep() -> None:
    register_sweep("test.sweep", every=HOUR, run=_run)
    register_sweep("test.sweep", every=HOUR, run=_run)
    with pytest.raises(ImproperlyConfigured, match="twice"):
        register_sweep("test.sweep", every=HOUR, run=Counter())


@pytest.mark.parametrize(
    ("name", "every"), [("", HOUR), ("x" * 61, HOUR), ("test.sweep", timedelta())]
)
def test_a_sweep_without_a_usable_name_or_time_stops_the_boot(name: str, every: timedelta) -> None:
    with pytest.raises(ImproperlyConfigured):
        register_sweep(name, every=every, run=_run)
