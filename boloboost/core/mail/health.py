"""Signs that mail and worker are well, for the status page."""

from datetime import datetime, timedelta

from ..work.heartbeats import has_live_worker
from .enums import MailState
from .models import OutgoingMail

FAILED_PERIOD = timedelta(days=1)


def oldest_unsent_age(now: datetime) -> timedelta:
    """Return how long the oldest mail that still has to leave is due; zero if none is."""
    due_since = (
        OutgoingMail.objects.filter(finished_at=None, created_at__lte=now)
        .order_by("created_at")
        .values_list("created_at", flat=True)
        .first()
    )
    return now - due_since if due_since else timedelta()


def failed_since(now: datetime, *, period: timedelta = FAILED_PERIOD) -> int:
    """Return how many mails were given up in the last day, or another period."""
    return OutgoingMail.objects.filter(
        state=MailState.FAILED, finished_at__gt=now - period, finished_at__lte=now
    ).count()


def worker_alive(now: datetime) -> bool:
    """Say whether a worker gave a sign of life in the last five minutes."""
    return has_live_worker(now=now)
