"""Saying yes and signing off: the only code that writes registrations (decisions 3, 4, 5)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ..enums import ACTIVE, RegistrationStatus
from ..mails import queue_registration_mail
from ..models import Occurrence, Registration
from .schedule import lock_occurrence
from .seats import largest_party, promote_waiting, recount_seats, seats_for


class RegistrationClosed(Exception):
    """Nobody can sign up any more; ``reason`` is past, cancelled or closed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class PartyTooLarge(Exception):
    """More people than one registration may bring; ``limit`` is the most."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


@dataclass(frozen=True)
class RegistrationResult:
    """The registration, and what a newcomer with this form gets to see.

    ``outcome`` is what a new registration got or would have got, so that the answer
    is the same for an address that signed up before (ASVS 6.3.8).
    """

    registration: Registration
    outcome: RegistrationStatus
    created: bool


def closed_reason(occurrence: Occurrence, now: datetime) -> str | None:
    """Return why nobody can sign up: past, cancelled or closed; None when they can."""
    if occurrence.is_cancelled:
        return "cancelled"
    if occurrence.starts_at <= now:
        return "past"
    return None if occurrence.event.takes_registrations else "closed"


@transaction.atomic
def register_guest(
    *,
    occurrence_id: int,
    name: str,
    email: str,
    party_size: int,
    language: str,
    idempotency_key: str,
    now: datetime,
) -> RegistrationResult:
    """Register a party, or put it on the waiting list when it is full.

    The same ``idempotency_key`` twice is one registration and one mail. An address
    that is registered already keeps what it has and gets its link by mail again.

    Args:
        idempotency_key: derived from the key in the form's token and the address, so
            that going back to mend the address is a new registration.
        language: language of the form; the mails are in it.

    Raises:
        Occurrence.DoesNotExist: there is no such occurrence.
        RegistrationClosed: past, cancelled or without registration.
        PartyTooLarge: more people than the event allows per registration.
    """
    occurrence = lock_occurrence(occurrence_id)
    repeated = occurrence.registrations.filter(idempotency_key=idempotency_key).first()
    if repeated is not None and repeated.status != RegistrationStatus.CANCELLED:
        return RegistrationResult(repeated, RegistrationStatus(repeated.status), created=False)
    _refuse_impossible(occurrence, party_size, now)
    _free_key(occurrence, idempotency_key)
    outcome = _newcomer_status(occurrence, party_size)
    known = occurrence.registrations.filter(email__iexact=email, status__in=ACTIVE).first()
    if known is not None:
        queue_registration_mail(
            kind="registration_repeated", registration=known, occurrence=occurrence, now=now
        )
        return RegistrationResult(known, outcome, created=False)
    registration = _add_registration(
        occurrence,
        name=name,
        email=email,
        party_size=party_size,
        status=outcome,
        language=language,
        idempotency_key=idempotency_key,
        created_at=now,
    )
    return RegistrationResult(registration, outcome, created=True)


def _free_key(occurrence: Occurrence, key: str) -> None:
    """Let a form be sent again by somebody who signed off in between."""
    signed_off = occurrence.registrations.filter(idempotency_key=key).first()
    if signed_off is not None:
        signed_off.idempotency_key = f"{key[:40]}:{signed_off.pk}"
        signed_off.save(update_fields=["idempotency_key"])


def _add_registration(
    occurrence: Occurrence, *, created_at: datetime, **fields: Any
) -> Registration:
    occurrence.last_queue_number += 1
    occurrence.save(update_fields=["last_queue_number"])
    registration = Registration.objects.create(
        occurrence=occurrence,
        queue_number=occurrence.last_queue_number,
        created_at=created_at,
        changed_at=created_at,
        **fields,
    )
    recount_seats(occurrence)
    queue_registration_mail(
        kind="registration_received",
        registration=registration,
        occurrence=occurrence,
        now=created_at,
    )
    return registration


def _refuse_impossible(occurrence: Occurrence, party_size: int, now: datetime) -> None:
    reason = closed_reason(occurrence, now)
    if reason is not None:
        raise RegistrationClosed(reason)
    limit = largest_party(occurrence)
    if party_size > limit:
        raise PartyTooLarge(limit)


def _newcomer_status(occurrence: Occurrence, party_size: int) -> RegistrationStatus:
    if seats_for(occurrence, party_size):
        return RegistrationStatus.GOING
    return RegistrationStatus.WAITING


@transaction.atomic
def cancel_registration(*, registration_id: int, now: datetime) -> Registration:
    """Sign a party off, give its seats to those who wait and confirm by mail. Twice is once.

    Raises:
        Registration.DoesNotExist: there is no such registration.
    """
    occurrence_id = Registration.objects.values_list("occurrence_id", flat=True).get(
        pk=registration_id
    )
    occurrence = lock_occurrence(occurrence_id)
    registration = occurrence.registrations.get(pk=registration_id)
    if registration.status == RegistrationStatus.CANCELLED:
        return registration
    had_seat = registration.status == RegistrationStatus.GOING
    registration.status = RegistrationStatus.CANCELLED
    registration.changed_at = now
    registration.save(update_fields=["status", "changed_at"])
    recount_seats(occurrence)
    promote_waiting(occurrence=occurrence, now=now)
    queue_registration_mail(
        kind="registration_cancelled" if had_seat else "waiting_cancelled",
        registration=registration,
        occurrence=occurrence,
        now=now,
    )
    return registration


def waiting_position(registration: Registration) -> int | None:
    """Return the place in the queue, counted from 1; None when not waiting."""
    if registration.status != RegistrationStatus.WAITING:
        return None
    ahead = Registration.objects.filter(
        occurrence_id=registration.occurrence_id,
        status=RegistrationStatus.WAITING,
        queue_number__lt=registration.queue_number,
    )
    return ahead.count() + 1
