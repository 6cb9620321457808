import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import OperationalError, connection
from django.utils import translation
from wagtail.models import Site

from boloboost.core.mail import delivery
from boloboost.core.mail.backoff import ATTEMPTS_MAX, GIVE_UP_AFTER
from boloboost.core.mail.delivery import BATCH_SIZE, LEASE, deliver_due, lease_mail
from boloboost.core.mail.enums import MailState
from boloboost.core.mail.models import OutgoingMail
from boloboost.core.mail.registry import RenderedMail, register_kind
from boloboost.core.models import NeighbourhoodSettings
from tests.boloboost.core.mail.support import Clock, FakeSmtp, queue

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def _deliver(clock: Clock, worker_id: str = "worker-a") -> delivery.DeliveryReport:
    return deliver_due(worker_id=worker_id, clock=clock)


def _state(mail: OutgoingMail) -> str:
    mail.refresh_from_db()
    return mail.state


def _poisoned(mail: OutgoingMail) -> RenderedMail:
    raise KeyError(f"name of {mail.recipient}")


def test_an_accepted_mail_is_sent_and_forgets_what_it_said(
    site: Site, clock: Clock, smtp: FakeSmtp
) -> None:
    mail = queue(site, clock.now)
    assert _deliver(clock).sent == 1
    assert _state(mail) == MailState.SENT
    assert mail.finished_at == clock.now
    assert mail.rendered is None
    assert mail.context == {}
    assert mail.subject == "Straatdiner mail-1"
    assert mail.leased_until is None
    assert smtp.recipients == ["buur@example.org"]


def test_the_mail_comes_from_the_neighbourhood_with_its_fixed_id_and_date(
    site: Site, clock: Clock, smtp: FakeSmtp
) -> None:
    NeighbourhoodSettings.objects.update_or_create(
        site=site, defaults={"name": "BoLo", "contact_email": "hallo@bolo.example"}
    )
    mail = queue(site, clock.now)
    clock.advance(hours=2)
    _deliver(clock)
    sent = message_from_bytes(smtp.received[0])
    assert sent["From"] == "BoLo <hallo@bolo.example>"
    assert sent["Message-ID"] == mail.message_id
    assert sent["Date"] == "Mon, 06 Sep 2027 12:00:00 +0000"
    assert sent["Auto-Submitted"] == "auto-generated"


def test_any_of_djangos_backends_can_send(site: Site, clock: Clock) -> None:
    queue(site, clock.now)
    assert _deliver(clock).sent == 1
    (sent,) = django_mail.outbox
    assert sent.subject == "Straatdiner mail-1"
    assert sent.to == ["buur@example.org"]
    assert sent.body == "Tot dan!"


def test_the_mail_is_rendered_in_its_own_language(
    site: Site, clock: Clock, kinds: dict[str, Any]
) -> None:
    seen: list[str | None] = []

    def render(mail: OutgoingMail) -> RenderedMail:
        seen.append(translation.get_language())
        return RenderedMail("x", "x", "x")

    register_kind("in_english", label="x", render=render)
    queue(site, clock.now, kind="in_english", language="en")
    with translation.override("nl"):
        _deliver(clock)
    assert seen == ["en"]


def test_a_mail_for_later_waits(site: Site, clock: Clock) -> None:
    mail = queue(site, clock.now, not_before=clock.now + MINUTE)
    assert _deliver(clock).handled == 0
    clock.advance(minutes=1)
    _deliver(clock)
    assert _state(mail) == MailState.SENT


@pytest.mark.parametrize("answer", ["550 5.1.1 <buur@example.org> unknown", "554 spam"])
@pytest.mark.parametrize("step", ["MAIL", "RCPT", "END"])
def test_a_5xx_fails_at_once_with_the_answer(
    site: Site, clock: Clock, smtp: FakeSmtp, step: str, answer: str
) -> None:
    smtp.answers[step] = [answer]
    mail = queue(site, clock.now)
    assert _deliver(clock).failed == 1
    assert _state(mail) == MailState.FAILED
    assert mail.finished_at == clock.now
    assert mail.last_error.startswith(answer[:3])
    assert "buur@example.org" not in mail.last_error


@pytest.mark.parametrize("answer", ["450 later", "451 greylisted", FakeSmtp.DROP])
def test_a_4xx_is_tried_again_after_1_5_15_60_and_60_minutes(
    site: Site, clock: Clock, smtp: FakeSmtp, answer: str
) -> None:
    smtp.answers["MAIL"] = [answer] * 5
    mail = queue(site, clock.now)
    for minutes in (1, 5, 15, 60, 60):
        assert _deliver(clock).postponed == 1
        assert _state(mail) == MailState.QUEUED
        assert mail.next_attempt_at == clock.now + minutes * MINUTE
        clock.advance(minutes=minutes)
    assert _deliver(clock).sent == 1
    assert mail.last_error
    assert _state(mail) == MailState.SENT
    assert mail.attempts == 6
    assert mail.last_error == ""


def test_after_four_days_of_no_the_mail_is_given_up(
    site: Site, clock: Clock, smtp: FakeSmtp
) -> None:
    smtp.answers["RCPT"] = ["450 later"] * 200
    mail = queue(site, clock.now)
    queued_at = clock.now
    while _state(mail) == MailState.QUEUED:
        clock.now = mail.next_attempt_at
        _deliver(clock)
    assert mail.state == MailState.FAILED
    assert mail.last_error == "450 later"
    assert GIVE_UP_AFTER <= clock.now - queued_at < GIVE_UP_AFTER + timedelta(hours=1)


def test_a_drop_after_the_data_repeats_the_mail_with_the_same_id_and_bytes(
    site: Site, clock: Clock, smtp: FakeSmtp
) -> None:
    smtp.answers["END"] = [FakeSmtp.DROP]
    mail = queue(site, clock.now)
    _deliver(clock)
    clock.advance(minutes=1)
    NeighbourhoodSettings.objects.update_or_create(site=site, defaults={"name": "New name"})
    _deliver(clock)
    assert _state(mail) == MailState.SENT
    first, second = smtp.received
    assert first == second
    assert message_from_bytes(first)["Message-ID"] == mail.message_id


def test_a_hundred_mails_leave_soon_after_a_server_that_was_away_for_an_hour_returns(
    site: Site, clock: Clock, smtp: FakeSmtp
) -> None:
    """The worker's rounds, one a minute."""
    smtp.answers["GREETING"] = ["421 away"] * 10_000
    for number in range(100):
        queue(site, clock.now, f"mail-{number}")
    for _ in range(60):
        _deliver(clock)
        clock.advance(minutes=1)
    assert not smtp.received
    smtp.answers.clear()
    for _ in range(15):
        while _deliver(clock).handled:
            pass
        clock.advance(minutes=1)
    assert OutgoingMail.objects.filter(state=MailState.SENT).count() == 100
    assert len(smtp.received) == 100


def test_one_failed_connection_ends_the_batch(site: Site, clock: Clock, smtp: FakeSmtp) -> None:
    smtp.answers["GREETING"] = ["421 away"] * 10
    first, second = queue(site, clock.now, "mail-1"), queue(site, clock.now, "mail-2")
    report = _deliver(clock)
    assert report.away
    assert report.postponed == 1
    assert (_state(first), first.attempts) == (MailState.QUEUED, 1)
    assert (_state(second), second.attempts) == (MailState.QUEUED, 0)


def test_a_poisoned_mail_fails_alone_after_a_few_tries(
    site: Site, clock: Clock, smtp: FakeSmtp, caplog: pytest.LogCaptureFixture
) -> None:
    register_kind("poisoned", label="x", render=_poisoned)
    poisoned = queue(site, clock.now, "mail-1", kind="poisoned")
    others = [queue(site, clock.now, f"mail-{number}") for number in range(2, 5)]
    with caplog.at_level(logging.INFO):
        report = _deliver(clock)
        for _ in range(2):
            assert _state(poisoned) == MailState.QUEUED
            clock.now = poisoned.next_attempt_at
            _deliver(clock)
    assert report.sent == 3
    assert {_state(mail) for mail in others} == {MailState.SENT}
    assert _state(poisoned) == MailState.FAILED
    assert poisoned.attempts == 3
    assert "KeyError" in poisoned.last_error
    assert "KeyError" in caplog.text
    assert "_poisoned" in caplog.text


def test_no_address_reaches_the_log(
    site: Site, clock: Clock, smtp: FakeSmtp, caplog: pytest.LogCaptureFixture
) -> None:
    register_kind("poisoned", label="x", render=_poisoned)
    smtp.answers["RCPT"] = ["550 <buur@example.org> unknown", "450 <buur@example.org> later"]
    for number, kind in enumerate(["poisoned", "test_mail", "test_mail", "nonsense", "test_mail"]):
        queue(site, clock.now, f"mail-{number}", kind=kind)
    with caplog.at_level(logging.DEBUG, logger="boloboost"):
        _deliver(clock)
    assert len(caplog.records) >= 4
    assert "example.org" not in caplog.text


def test_an_unknown_kind_fails_with_the_reason_and_blocks_no_other(
    site: Site, clock: Clock, smtp: FakeSmtp
) -> None:
    unknown = queue(site, clock.now, "mail-1", kind="nonsense")
    known = queue(site, clock.now, "mail-2")
    _deliver(clock)
    assert _state(unknown) == MailState.FAILED
    assert unknown.last_error == "no app knows mails of kind 'nonsense'"
    assert _state(known) == MailState.SENT


def test_a_failed_mail_keeps_its_text_for_whoever_looks_into_it(
    site: Site, clock: Clock, smtp: FakeSmtp
) -> None:
    smtp.answers["RCPT"] = ["550 unknown"]
    mail = queue(site, clock.now)
    _deliver(clock)
    mail.refresh_from_db()
    assert mail.rendered is not None
    assert b"Straatdiner mail-1" in bytes(mail.rendered)


def test_a_batch_is_bounded_and_the_next_one_goes_on(site: Site, clock: Clock) -> None:
    for number in range(BATCH_SIZE + 3):
        queue(site, clock.now, f"mail-{number}")
    assert _deliver(clock).sent == BATCH_SIZE
    assert _deliver(clock).sent == 3


def test_a_slow_server_ends_the_batch_after_half_a_minute(
    site: Site, clock: Clock, smtp: FakeSmtp
) -> None:
    for number in range(5):
        queue(site, clock.now, f"mail-{number}")
    smtp.on_step = lambda step: clock.advance(seconds=20) if step == "END" else None
    assert _deliver(clock).sent == 2


def test_a_batch_stops_between_two_mails(site: Site, clock: Clock, smtp: FakeSmtp) -> None:
    for number in range(3):
        queue(site, clock.now, f"mail-{number}")
    report = deliver_due(
        worker_id="worker-a", clock=clock, stopping=lambda: len(smtp.received) == 1
    )
    assert report.sent == 1
    assert OutgoingMail.objects.filter(state=MailState.QUEUED).count() == 2


def test_a_lease_keeps_other_workers_away_until_it_ends(site: Site, clock: Clock) -> None:
    mail = queue(site, clock.now)
    leased = lease_mail(worker_id="worker-a", now=clock.now)
    assert leased is not None
    assert (leased.attempts, leased.leased_by) == (1, "worker-a")
    assert leased.leased_until == clock.now + LEASE
    assert lease_mail(worker_id="worker-b", now=clock.now) is None
    clock.now += LEASE
    taken_over = lease_mail(worker_id="worker-b", now=clock.now)
    assert taken_over is not None
    assert (taken_over.pk, taken_over.attempts) == (mail.pk, 2)
    assert taken_over.leased_by == "worker-b"


def test_looking_for_due_mail_reads_an_index_however_many_were_sent(clock: Clock) -> None:
    """The worker looks every second. PostgreSQL would read so small a table whole."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "outgoing_mail_unfinished" in delivery.due_mails(clock.now).explain()


def test_of_two_workers_that_see_the_same_mail_one_gets_it(site: Site, clock: Clock) -> None:
    queue(site, clock.now)
    seen_by_both = OutgoingMail.objects.get()
    assert delivery._take(seen_by_both, "worker-a", clock.now) is not None
    assert delivery._take(seen_by_both, "worker-b", clock.now) is None
    assert OutgoingMail.objects.get().leased_by == "worker-a"


def test_a_worker_that_lost_its_lease_while_sending_changes_nothing(
    site: Site, clock: Clock, smtp: FakeSmtp
) -> None:
    mail = queue(site, clock.now)
    slow = lease_mail(worker_id="worker-a", now=clock.now)
    assert slow is not None
    clock.now += LEASE
    assert _deliver(clock, "worker-b").sent == 1
    report = delivery.DeliveryReport()
    transport = delivery.Transport()
    delivery._deliver(slow, transport, clock, report)
    transport.close()
    assert len(smtp.received) == 1
    assert _state(mail) == MailState.SENT
    assert mail.attempts == 2


def test_a_mail_that_always_takes_its_worker_down_is_given_up(site: Site, clock: Clock) -> None:
    mail = queue(site, clock.now)
    OutgoingMail.objects.update(attempts=ATTEMPTS_MAX)
    assert _deliver(clock).handled == 0
    assert _state(mail) == MailState.FAILED
    assert "no worker ever came back" in mail.last_error


def test_mails_leave_in_the_order_they_became_due(site: Site, clock: Clock, smtp: FakeSmtp) -> None:
    for number, minutes in enumerate([3, 1, 2]):
        due = clock.now + minutes * MINUTE
        queue(site, clock.now, f"mail-{number}", not_before=due)
    clock.advance(hours=1)
    _deliver(clock)
    subjects = [message_from_bytes(mail)["Subject"][-1] for mail in smtp.received]
    assert subjects == ["1", "2", "0"]


def test_an_accepted_mail_is_recorded_when_the_database_comes_back(
    site: Site, clock: Clock, smtp: FakeSmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [OperationalError("database is locked"), OperationalError("gone")]
    monkeypatch.setattr(delivery, "_finish", _failing(delivery._finish, failures))
    mail = queue(site, clock.now)
    assert _deliver(clock).sent == 1
    assert _state(mail) == MailState.SENT
    assert not failures


def _failing(real: Callable[..., None], failures: list[OperationalError]) -> Callable[..., None]:
    def fail_first(*args: Any, **kwargs: Any) -> None:
        if failures:
            raise failures.pop()
        real(*args, **kwargs)

    return fail_first


def test_a_database_that_is_away_while_rendering_is_not_the_fault_of_the_mail(
    site: Site, clock: Clock
) -> None:
    def render(mail: OutgoingMail) -> RenderedMail:
        raise OperationalError("database is locked")

    register_kind("unlucky", label="x", render=render)
    mail = queue(site, clock.now, kind="unlucky")
    with pytest.raises(OperationalError):
        _deliver(clock)
    assert _state(mail) == MailState.SENDING
    assert mail.leased_until == clock.now + LEASE


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_mail_is_rendered_and_sent(
    site: Site, now: datetime, smtp: FakeSmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_transaction: list[bool] = []

    def render(mail: OutgoingMail) -> RenderedMail:
        in_transaction.append(connection.in_atomic_block)
        return RenderedMail("x", "x", "x")

    send = delivery.Transport.send

    def spy(self: delivery.Transport, message: Any) -> None:
        in_transaction.append(connection.in_atomic_block)
        send(self, message)

    monkeypatch.setattr(delivery.Transport, "send", spy)
    register_kind("spied", label="x", render=render)
    queue(site, now, kind="spied")
    assert deliver_due(worker_id="worker-a", clock=lambda: now).sent == 1
    assert in_transaction == [False, False]
