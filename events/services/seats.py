"""Seats of one occurrence: counting, the ceiling and the waiting list (decisions 3 and 4).

Every function here works on an occurrence that the caller has locked in the current
transaction, and leaves ``seats_taken`` and ``seat_ceiling`` right in the database.
"""

from datetime import datetime

from django.db.models import QuerySet, Sum

from ..enums import RegistrationStatus
from ..mails import queue_registration_mail
from ..models import Occurrence, Registration


def seats_for(occurrence: Occurrence, party_size: int) -> bool:
    """Tell whether a party fits now, without pushing in before those who wait."""
    if occurrence.capacity is None:
        return True
    if _waiting(occurrence).exists():
        return False
    return occurrence.seats_taken + party_size <= occurrence.capacity


def _waiting(occurrence: Occurrence) -> QuerySet[Registration]:
    """Return the parties in line, less those that could not come in even alone."""
    waiting = occurrence.registrations.filter(status=RegistrationStatus.WAITING)
    if occurrence.capacity is not None:
        waiting = waiting.filter(party_size__lte=occurrence.capacity)
    return waiting


def largest_party(occurrence: Occurrence) -> int:
    """Return with how many people one registration may come: never more than the seats."""
    limit = occurrence.event.party_limit
    return limit if occurrence.capacity is None else min(limit, occurrence.capacity)


def recount_seats(occurrence: Occurrence) -> None:
    """Count the seats again from the registrations and store them with the ceiling."""
    taken = occurrence.registrations.filter(status=RegistrationStatus.GOING).aggregate(
        people=Sum("party_size")
    )["people"]
    occurrence.seats_taken = taken or 0
    occurrence.seat_ceiling = (
        None if occurrence.capacity is None else max(occurrence.capacity, occurrence.seats_taken)
    )
    occurrence.save(update_fields=["capacity", "seats_taken", "seat_ceiling"])


def set_capacity(*, occurrence: Occurrence, capacity: int | None) -> None:
    """Change the seats; nobody who has one is thrown out."""
    occurrence.capacity = capacity
    recount_seats(occurrence)


def promote_waiting(*, occurrence: Occurrence, now: datetime) -> list[Registration]:
    """Give free seats to those who wait, in order of arrival, and mail them.

    The first party that does not fit holds up those behind it: first come, first served.
    Nobody is promoted once the occurrence started or was cancelled.
    """
    if occurrence.is_cancelled or occurrence.starts_at <= now:
        return []
    promoted = []
    for registration in _waiting(occurrence).order_by("queue_number"):
        if (
            occurrence.capacity is not None
            and occurrence.seats_taken + registration.party_size > occurrence.capacity
        ):
            break
        registration.status = RegistrationStatus.GOING
        registration.changed_at = now
        registration.save(update_fields=["status", "changed_at"])
        occurrence.seats_taken += registration.party_size
        promoted.append(registration)
    if promoted:
        recount_seats(occurrence)
    for registration in promoted:
        queue_registration_mail(
            kind="registration_promoted", registration=registration, occurrence=occurrence, now=now
        )
    return promoted
