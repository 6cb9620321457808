"""Queueing mail: the only way a mail comes into being; and asking for one more try."""

import hashlib
import re
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from wagtail.models import Site

from .enums import MailState
from .models import OutgoingMail
from .text import header_address, texts_in

HASH_LENGTH = 32
HOST_LENGTH = 120


def queue_mail(
    *,
    kind: str,
    site: Site,
    recipient: str,
    language: str,
    context: dict[str, Any],
    dedupe_key: str,
    now: datetime,
    not_before: datetime | None = None,
) -> OutgoingMail:
    """Queue one mail in the caller's transaction, once per ``dedupe_key``.

    A second call with the same key returns the first mail unchanged, also when
    both run at the same time, and never breaks the caller's transaction.

    Args:
        kind: a word given to ``register_kind``.
        site: the neighbourhood that sends it.
        recipient: one mail address.
        language: code the mail is written in.
        context: JSON snapshot for the renderer; the mail says what was true now.
        dedupe_key: at most 120 characters that name this mail and no other, such as
            ``registration-going:12``.
        now: aware time.
        not_before: aware time before which it is not sent; default at once. The mail
            is dated then, or a reminder would land a week down in the inbox.

    Raises:
        TransactionManagementError: not called inside a transaction. Without one the
            mail could be lost, or sent for something that never happened.
        ValueError: the recipient or another field cannot be used, or the context
            holds text that a database or a mail cannot carry (NUL, lone surrogates).
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "queue_mail must run in the transaction that makes the mail necessary."
        )
    _refuse_unusable(kind, recipient, language, context, dedupe_key)
    due = max(now, not_before) if not_before else now
    mail, _ = OutgoingMail.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "kind": kind,
            "site": site,
            "recipient": recipient,
            "language": language,
            "context": context,
            "message_id": message_id_for(dedupe_key=dedupe_key, hostname=site.hostname),
            "next_attempt_at": due,
            "created_at": due,
        },
    )
    return mail


class MailNotRetryableError(Exception):
    """The mail was sent, is being sent, waits for its first try, or its text was erased."""


def retry_mail(*, mail_id: int, now: datetime) -> None:
    """Make a mail that failed, or waits for its next try, due at once.

    It is one UPDATE, so that a worker that takes the mail at the same moment is not
    disturbed. Attempts go on counting: a mail that fails again is given up again.

    Raises:
        MailNotRetryableError: nothing changed.
    """
    tried = Q(state=MailState.FAILED) | Q(state=MailState.QUEUED, attempts__gt=0)
    has_text = Q(rendered__isnull=False) | ~Q(context={})
    changed = OutgoingMail.objects.filter(tried, has_text, pk=mail_id).update(
        state=MailState.QUEUED, next_attempt_at=now, finished_at=None
    )
    if not changed:
        raise MailNotRetryableError(f"mail {mail_id}")


def message_id_for(*, dedupe_key: str, hostname: str) -> str:
    """Return the Message-ID of a mail (RFC 5322, 3.6.4): the same key, the same id."""
    digest = hashlib.sha256(dedupe_key.encode()).hexdigest()[:HASH_LENGTH]
    host = re.sub(r"[^a-z0-9.-]", "-", hostname.lower())[-HOST_LENGTH:].strip(".-")
    return f"<{digest}@{host or 'localhost'}>"


def _refuse_unusable(
    kind: str, recipient: str, language: str, context: dict[str, Any], dedupe_key: str
) -> None:
    """Refuse before the database does: its error would end the caller's transaction."""
    try:
        header_address(recipient)
    except (ValueError, ValidationError):
        raise ValueError("recipient: is no mail address that a header can carry.") from None
    values = {
        "kind": kind,
        "recipient": recipient,
        "language": language,
        "dedupe_key": dedupe_key,
    }
    unsaved = OutgoingMail(**values)
    for name, value in values.items():
        try:
            unsaved._meta.get_field(name).clean(value, unsaved)  # type: ignore[union-attr]
        except ValidationError as error:
            raise ValueError(f"{name}: {' '.join(error.messages)}") from None
    for text in texts_in(context):
        if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
            raise ValueError("context: holds NUL or half a character.")
