"""Sending what is due: lease, render once, hand over, record the answer.

No transaction is open while a mail is rendered or sent. Every change of state is
one UPDATE that names the lease it rests on, so that a worker that lost its lease
changes nothing, on any database.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation

from ..models.settings import NeighbourhoodSettings
from ..work.errors import DATABASE_AWAY, drop_dead_connection, place_of, trace_of
from .backoff import ATTEMPTS_MAX, Refusal, retry_delay
from .enums import MailState
from .mime import SUBJECT_LENGTH, Envelope, StoredMessage, build_mime
from .models import OutgoingMail
from .registry import UnknownKindError, get_kind
from .text import one_line
from .transport import NotAccepted, Transport

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
BATCH_SIZE = 50
BATCH_TIME = timedelta(seconds=30)
ERROR_LENGTH = 300
RECORD_TRIES = 3


@dataclass
class DeliveryReport:
    """What one batch did; ``away`` says that the mail server took nothing."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    away: bool = False

    @property
    def handled(self) -> int:
        return self.sent + self.postponed + self.failed


def deliver_due(
    *,
    worker_id: str,
    clock: Callable[[], datetime] = timezone.now,
    stopping: Callable[[], bool] = lambda: False,
) -> DeliveryReport:
    """Send a batch of the mails that are due, over one connection.

    The batch ends after 50 mails or 30 seconds, when nothing is due, when the
    mail server is away or when ``stopping`` says so; the mail in hand is finished.

    Args:
        worker_id: name of the caller, at most 64 characters.
        clock: gives the aware time.
        stopping: asked before each mail.

    Raises:
        OperationalError, InterfaceError: the database is away. The mail in hand is
            taken again when its lease ends.
    """
    report = DeliveryReport()
    transport = Transport()
    ends_at = clock() + BATCH_TIME
    try:
        while not report.away and report.handled < BATCH_SIZE and not stopping():
            mail = lease_mail(worker_id=worker_id, now=clock()) if clock() < ends_at else None
            if mail is None:
                break
            _deliver(mail, transport, clock, report)
    finally:
        transport.close()
    return report


def lease_mail(*, worker_id: str, now: datetime) -> OutgoingMail | None:
    """Take the mail that is due longest for 5 minutes, or return None.

    A mail whose lease ran out counts as due: its worker died, or hangs.
    """
    due = due_mails(now)
    while (seen := due.only("state", "attempts", "leased_until").first()) is not None:
        mail = _take(seen, worker_id, now)
        if mail is not None:
            return mail
    return None


def due_mails(now: datetime) -> QuerySet[OutgoingMail]:
    """Return the mails that any worker may take now, the longest due first."""
    return OutgoingMail.objects.filter(
        Q(state=MailState.QUEUED) | Q(leased_until__lte=now),
        finished_at=None,
        next_attempt_at__lte=now,
    ).order_by("next_attempt_at", "pk")


def _take(seen: OutgoingMail, worker_id: str, now: datetime) -> OutgoingMail | None:
    """Take the mail if it is still as it was seen; the other worker keeps it otherwise."""
    taken = OutgoingMail.objects.filter(
        pk=seen.pk, state=seen.state, attempts=seen.attempts, leased_until=seen.leased_until
    ).update(
        state=MailState.SENDING,
        attempts=F("attempts") + 1,
        leased_by=worker_id,
        leased_until=now + LEASE,
    )
    if not taken:
        return None
    mail = OutgoingMail.objects.select_related("site").get(pk=seen.pk)
    if mail.attempts > ATTEMPTS_MAX:
        _finish_failed(mail, "no worker ever came back from sending this mail", now)
        return None
    return mail


def _deliver(
    mail: OutgoingMail,
    transport: Transport,
    clock: Callable[[], datetime],
    report: DeliveryReport,
) -> None:
    try:
        if mail.rendered is None and not _render(mail):
            return
        transport.send(
            StoredMessage(
                stored=bytes(mail.rendered or b""), subject=mail.subject, recipient=mail.recipient
            )
        )
    except NotAccepted as answer:
        report.away = answer.refusal is Refusal.AWAY
        outcome = _not_accepted(mail, answer.refusal, answer.reason, clock())
    except UnknownKindError as error:
        outcome = _not_accepted(mail, Refusal.PERMANENT, str(error), clock())
    except DATABASE_AWAY:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {error} ({place_of(error)})"
        logger.error("mail #%d (%s) cannot be made: %s", mail.pk, mail.kind, trace_of(error))
        outcome = _not_accepted(mail, Refusal.BROKEN, reason, clock())
    else:
        _finish_sent(mail, clock())
        outcome = MailState.SENT
    report.sent += outcome == MailState.SENT
    report.postponed += outcome == MailState.QUEUED
    report.failed += outcome == MailState.FAILED


def _render(mail: OutgoingMail) -> bool:
    """Render the mail and keep its bytes; say whether the lease still held."""
    with translation.override(mail.language):
        rendered = get_kind(mail.kind).render(mail)
        neighbourhood = NeighbourhoodSettings.for_site(mail.site)
        mail.rendered = build_mime(
            rendered,
            Envelope(
                sender_name=neighbourhood.name,
                sender=neighbourhood.contact_email,
                recipient=mail.recipient,
                message_id=mail.message_id,
                date=mail.created_at,
            ),
        )
    mail.subject = one_line(rendered.subject)[:SUBJECT_LENGTH]
    return bool(_held(mail).update(rendered=mail.rendered, subject=mail.subject))


def _not_accepted(mail: OutgoingMail, refusal: Refusal, reason: str, now: datetime) -> MailState:
    delay = retry_delay(refusal=refusal, attempts=mail.attempts, age=now - mail.created_at)
    if delay is None:
        _finish_failed(mail, reason, now)
        return MailState.FAILED
    logger.warning(
        "mail #%d (%s) not accepted (%s), again in %d min",
        mail.pk,
        mail.kind,
        refusal.value,
        delay.total_seconds() // 60,
    )
    _held(mail).update(
        state=MailState.QUEUED,
        next_attempt_at=now + delay,
        last_error=_error_for(mail, reason),
        leased_by="",
        leased_until=None,
    )
    return MailState.QUEUED


def _finish_sent(mail: OutgoingMail, now: datetime) -> None:
    """Record that the mail was accepted, with patience: a second copy would follow."""
    for tries_left in reversed(range(RECORD_TRIES)):
        try:
            _finish(mail, MailState.SENT, now, rendered=None, context={}, last_error="")
        except DATABASE_AWAY:
            if not tries_left:
                raise
            drop_dead_connection()
        else:
            return


def _finish_failed(mail: OutgoingMail, reason: str, now: datetime) -> None:
    logger.error("mail #%d (%s) given up after %d attempts", mail.pk, mail.kind, mail.attempts)
    _finish(mail, MailState.FAILED, now, last_error=_error_for(mail, reason))


def _finish(mail: OutgoingMail, state: MailState, now: datetime, **changes: Any) -> None:
    _held(mail).update(state=state, finished_at=now, leased_by="", leased_until=None, **changes)


def _held(mail: OutgoingMail) -> QuerySet[OutgoingMail]:
    """Return the mail's row as long as the lease is the one it was taken with."""
    return OutgoingMail.objects.filter(
        pk=mail.pk,
        state=MailState.SENDING,
        leased_by=mail.leased_by,
        leased_until=mail.leased_until,
    )


def _error_for(mail: OutgoingMail, reason: str) -> str:
    """Return the reason for the table; mail servers like to repeat the address."""
    hidden = re.sub(re.escape(mail.recipient), "…", reason, flags=re.IGNORECASE)
    return one_line(hidden)[:ERROR_LENGTH]
