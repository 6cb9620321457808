import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError
from wagtail.models import Site

from boloboost.core.mail.enums import MailState
from boloboost.core.mail.models import OutgoingMail
from boloboost.core.work import worker as worker_module
from boloboost.core.work.models import WorkerHeartbeat
from boloboost.core.work.sweeps import register_sweep
from boloboost.core.work.worker import BackgroundWorker, new_worker_id
from tests.boloboost.core.mail.support import Clock, FakeSmtp, queue
from tests.boloboost.core.work.support import enqueue, running_task

HOUR = timedelta(hours=1)


class Sleeps:
    """Counts seconds instead of waiting, and calls ``then`` at each."""

    def __init__(self, then: Callable[[], None] = lambda: None) -> None:
        self.seconds = 0.0
        self.then = then

    def __call__(self, seconds: float) -> None:
        self.seconds += seconds
        self.then()


def test_every_worker_has_a_name_of_its_own_that_fits_its_column() -> None:
    names = {new_worker_id() for _ in range(50)}
    assert len(names) == 50
    assert max(len(name) for name in names) <= 64


@pytest.mark.django_db(transaction=True)
def test_one_round_beats_sends_runs_and_sweeps(site: Site, clock: Clock) -> None:
    swept: list[datetime] = []
    register_sweep("test.sweep", every=HOUR, run=lambda now: swept.append(now) or 0)
    mail, task = queue(site, clock.now), enqueue("succeed")
    worker = BackgroundWorker("worker-a", clock=clock)
    assert worker.run_round()
    mail.refresh_from_db()
    task.refresh_from_db()
    assert WorkerHeartbeat.objects.get().beat_at == clock.now
    assert mail.state == MailState.SENT
    assert task.status == "SUCCESSFUL"
    assert swept == [clock.now]
    assert not worker.run_round()


@pytest.mark.django_db
def test_what_is_due_includes_what_a_sweep_makes_due(site: Site, clock: Clock) -> None:
    register_sweep("test.sweep", every=HOUR, run=lambda now: queue(site, now).attempts + 1)
    BackgroundWorker("worker-a", clock=clock).run_what_is_due()
    assert OutgoingMail.objects.get().state == MailState.SENT


@pytest.mark.django_db(transaction=True)
def test_the_task_of_a_dead_worker_runs_in_the_same_go(clock: Clock) -> None:
    task = running_task(["worker-dead"], clock.now - HOUR)
    BackgroundWorker("worker-a", clock=clock).run_what_is_due()
    task.refresh_from_db()
    assert task.status == "SUCCESSFUL"
    assert task.worker_ids == ["worker-dead", "worker-a"]


@pytest.mark.django_db
def test_nobody_knocks_for_a_minute_at_a_server_that_is_away(
    site: Site, clock: Clock, smtp: FakeSmtp
) -> None:
    smtp.answers["GREETING"] = ["421 away"] * 2
    for number in range(3):
        queue(site, clock.now, f"mail-{number}")
    worker = BackgroundWorker("worker-a", clock=clock)
    worker.run_what_is_due()
    assert smtp.connections == 1
    clock.advance(minutes=1)
    worker.run_what_is_due()
    assert smtp.connections == 2
    clock.advance(minutes=15)
    worker.run_what_is_due()
    assert len(smtp.received) == 3


@pytest.mark.django_db
def test_a_database_error_is_logged_and_the_worker_goes_on(
    site: Site,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    real, failures = worker_module.deliver_due, [OperationalError("database is locked")]

    def locked_at_first(**options: object) -> object:
        if failures:
            raise failures.pop()
        return real(**options)  # type: ignore[arg-type]

    monkeypatch.setattr(worker_module, "deliver_due", locked_at_first)
    mail = queue(site, clock.now)
    sleeps = Sleeps()
    worker = BackgroundWorker("worker-a", clock=clock, sleep=sleeps)
    sleeps.then = lambda: worker.stop() if sleeps.seconds > 5 else None
    with caplog.at_level(logging.WARNING):
        worker.run()
    mail.refresh_from_db()
    assert mail.state == MailState.SENT
    assert "deliver_mail: database is locked" in caplog.text
    assert sleeps.seconds == 6  # five after the error, one of idleness


@pytest.mark.django_db
def test_an_error_in_one_step_leaves_the_others_working(
    site: Site, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(**_: object) -> int:
        raise ValueError("buur" + "@example.org")

    monkeypatch.setattr(worker_module, "run_due_sweeps", broken)
    mail = queue(site, clock.now)
    BackgroundWorker("worker-a", clock=clock).run_what_is_due()
    mail.refresh_from_db()
    assert mail.state == MailState.SENT
    assert "sweep failed: ValueError" in caplog.text
    assert "buur@example.org" not in caplog.text


@pytest.mark.django_db
def test_an_idle_worker_waits_a_second_and_stops_when_told(clock: Clock) -> None:
    sleeps = Sleeps()
    worker = BackgroundWorker("worker-a", clock=clock, sleep=sleeps)
    sleeps.then = lambda: worker.stop() if sleeps.seconds == 3 else None
    worker.run()
    assert sleeps.seconds == 3


@pytest.mark.django_db
def test_a_worker_that_is_told_to_stop_finishes_the_mail_in_hand_only(
    site: Site, clock: Clock, smtp: FakeSmtp
) -> None:
    swept: list[datetime] = []
    register_sweep("test.sweep", every=HOUR, run=lambda now: swept.append(now) or 0)
    for number in range(3):
        queue(site, clock.now, f"mail-{number}")
    worker = BackgroundWorker("worker-a", clock=clock)
    smtp.on_step = lambda step: worker.stop() if step == "END" else None
    worker.run()
    states = list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True))
    assert states == [MailState.SENT, MailState.QUEUED, MailState.QUEUED]
    assert not swept


@pytest.mark.django_db
def test_heartbeats_come_every_twenty_seconds_not_every_round(clock: Clock) -> None:
    worker = BackgroundWorker("worker-a", clock=clock)
    started_at = clock.now
    for _ in range(15):
        worker.run_round()
        clock.advance(seconds=1)
    assert WorkerHeartbeat.objects.get().beat_at == started_at
    clock.advance(seconds=10)
    worker.run_round()
    assert WorkerHeartbeat.objects.get().beat_at == clock.now
