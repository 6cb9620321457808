from datetime import datetime, timedelta

import pytest
from wagtail.models import Site

from boloboost.core.mail.delivery import deliver_due
from boloboost.core.mail.health import failed_since, oldest_unsent_age, worker_alive
from boloboost.core.work.heartbeats import beat
from tests.boloboost.core.mail.support import Clock, FakeSmtp, queue

pytestmark = pytest.mark.django_db


def test_an_empty_outbox_has_no_age(now: datetime) -> None:
    assert oldest_unsent_age(now) == timedelta()


def test_the_oldest_mail_that_still_has_to_leave_counts(
    site: Site, clock: Clock, smtp: FakeSmtp
) -> None:
    queue(site, clock.now, "sent")
    deliver_due(worker_id="worker-a", clock=clock)
    clock.advance(minutes=5)
    smtp.answers["MAIL"] = ["450 later"]
    queue(site, clock.now, "postponed")
    deliver_due(worker_id="worker-a", clock=clock)
    clock.advance(minutes=20)
    queue(site, clock.now, "waiting")
    queue(site, clock.now, "for later", not_before=clock.now + timedelta(days=1))
    assert oldest_unsent_age(clock.now) == timedelta(minutes=20)


def test_failures_of_the_last_day_are_counted(site: Site, clock: Clock, smtp: FakeSmtp) -> None:
    smtp.answers["MAIL"] = ["550 no", "550 no"]
    for number in range(3):
        queue(site, clock.now, f"mail-{number}")
    deliver_due(worker_id="worker-a", clock=clock)
    assert failed_since(clock.now) == 2
    clock.advance(hours=24)
    assert failed_since(clock.now) == 0
    assert failed_since(clock.now, period=timedelta(days=2)) == 2


def test_a_worker_is_alive_for_five_minutes_after_its_last_beat(clock: Clock) -> None:
    assert not worker_alive(clock.now)
    beat(worker_id="worker-a", now=clock.now)
    clock.advance(minutes=4, seconds=59)
    assert worker_alive(clock.now)
    clock.advance(seconds=1)
    assert not worker_alive(clock.now)
