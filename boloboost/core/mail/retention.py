"""Tidying the mail table. Each function returns how many mails it touched."""

from datetime import datetime, timedelta

from django.db.models import Q

from .enums import MailState
from .models import OutgoingMail

MAIL_BODY_RETENTION_DAYS = 14

TOO_OLD = "never sent: too old, its text was erased"


def erase_old_bodies(now: datetime) -> int:
    """Erase what mails say once they were accepted, or are older than 14 days.

    A mail that was not sent in that time is given up, since nothing is left to send.
    """
    cutoff = now - timedelta(days=MAIL_BODY_RETENTION_DAYS)
    OutgoingMail.objects.filter(
        Q(state=MailState.QUEUED) | Q(leased_until__lte=now),
        finished_at=None,
        created_at__lte=cutoff,
    ).update(
        state=MailState.FAILED,
        finished_at=now,
        last_error=TOO_OLD,
        leased_by="",
        leased_until=None,
    )
    return (
        OutgoingMail.objects.filter(Q(state=MailState.SENT) | Q(created_at__lte=cutoff))
        .exclude(finished_at=None)
        .exclude(rendered=None, context={})
        .update(rendered=None, context={})
    )


def release_expired_leases(now: datetime) -> int:
    """Put mails of dead workers back in the queue, so that lists show what is true."""
    return OutgoingMail.objects.filter(
        finished_at=None, state=MailState.SENDING, leased_until__lte=now
    ).update(state=MailState.QUEUED, leased_by="", leased_until=None)
