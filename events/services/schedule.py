"""Writing the schedule: the only code that changes ``Event`` and ``Occurrence``.

Every change locks the occurrence once, raises the schedule's version, re-serialises
the feed fragment, writes the audit trail and queues the mails that tell guests, all
in one transaction (decisions 1, 4, 5 and 8).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from wagtail.models import Site

from boloboost.core.audit import record_audit
from boloboost.core.models import Place
from boloboost.core.publishing import site_of_page

from ..enums import OccurrenceStatus
from ..mails import queue_occurrence_mails
from ..models import Event, EventPage, Occurrence
from ..page_drafts import drop_foreign, page_differs, take_times_of_owner, times_of
from .feeds import refresh_fragments
from .seats import promote_waiting, set_capacity


class ScheduleConflict(Exception):
    """Somebody else changed the schedule after this screen was opened."""


@dataclass(frozen=True)
class PublishResult:
    """What publishing a page did to the schedule."""

    event: Event | None
    schedule_applied: bool


def lock_occurrence(occurrence_id: int) -> Occurrence:
    """Lock one occurrence for this transaction and return it fresh.

    PostgreSQL locks the row; SQLite holds the write lock since ``BEGIN IMMEDIATE``.

    Raises:
        Occurrence.DoesNotExist: there is no such occurrence.
    """
    return (
        Occurrence.objects.select_for_update(of=("self",))
        .select_related("event__site", "event__place", "event__category")
        .get(pk=occurrence_id)
    )


@transaction.atomic
def publish_schedule(*, page: EventPage, actor: Any, now: datetime) -> PublishResult:
    """Bring the schedule in line with a page that was just published.

    A page whose ``schedule_version`` is older than the schedule's leaves time, place
    and seats alone. Its category always counts: that is editorial.
    """
    site = site_of_page(page)
    if site is None:
        return PublishResult(None, schedule_applied=False)
    if not page.owns_schedule:
        take_times_of_owner(page)
    if page.starts_at is None or page.ends_at is None:
        return PublishResult(None, schedule_applied=False)
    drop_foreign(page, site)
    event = Event.objects.filter(translation_key=page.translation_key).first()
    if event is None:
        event = _create_event(page=page, site=site, actor=actor, now=now)
        return PublishResult(event, schedule_applied=True)
    occurrence = lock_occurrence(event.occurrences.values_list("pk", flat=True)[0])
    event = occurrence.event
    applied = page.owns_schedule and page.schedule_version == event.version
    if applied and page_differs(page, occurrence):
        _apply_page(page=page, occurrence=occurrence, actor=actor, now=now)
    elif page.owns_schedule and page_differs(page, occurrence):
        event.category = page.category
        event.save(update_fields=["category"])
        record_audit(
            action="events.schedule_kept", now=now, site=site, actor=actor, target=occurrence
        )
    if applied:
        _remember_version(page, event)
    refresh_fragments(event=event, now=now)
    return PublishResult(event, schedule_applied=applied or not page.owns_schedule)


def _create_event(*, page: EventPage, site: Site, actor: Any, now: datetime) -> Event:
    event = Event.objects.create(
        site=site,
        translation_key=page.translation_key,
        uid=f"{page.translation_key}@{site.hostname}",
        category=page.category,
        place=page.place,
        takes_registrations=page.takes_registrations,
        party_limit=page.party_limit,
        created_at=now,
        changed_at=now,
    )
    if page.owner is not None:
        event.organisers.add(page.owner)
    starts_at, ends_at = times_of(page)
    occurrence = Occurrence.objects.create(
        event=event,
        site=site,
        original_start=starts_at,
        starts_at=starts_at,
        ends_at=ends_at,
        capacity=page.capacity,
        seat_ceiling=page.capacity,
        changed_at=now,
    )
    record_audit(action="events.published", now=now, site=site, actor=actor, target=occurrence)
    _remember_version(page, event)
    refresh_fragments(event=event, now=now)
    return event


def _remember_version(page: EventPage, event: Event) -> None:
    if page.schedule_version != event.version:
        EventPage.objects.filter(pk=page.pk).update(schedule_version=event.version)
        page.schedule_version = event.version


def _apply_page(*, page: EventPage, occurrence: Occurrence, actor: Any, now: datetime) -> None:
    event = occurrence.event
    event.category = page.category
    event.takes_registrations = page.takes_registrations
    event.party_limit = page.party_limit
    event.save(update_fields=["category", "takes_registrations", "party_limit"])
    starts_at, ends_at = times_of(page)
    _move(occurrence, starts_at=starts_at, ends_at=ends_at, place=page.place, now=now)
    set_capacity(occurrence=occurrence, capacity=page.capacity)
    _finish(occurrence, action="events.published", actor=actor, now=now)


def _move(
    occurrence: Occurrence,
    *,
    starts_at: datetime,
    ends_at: datetime,
    place: Place | None,
    now: datetime,
) -> bool:
    """Set time and place; tell the guests and return True when something changed."""
    event = occurrence.event
    before = (occurrence.starts_at, occurrence.ends_at, event.place_id)
    if before == (starts_at, ends_at, place.pk if place else None):
        return False
    occurrence.starts_at, occurrence.ends_at, event.place = starts_at, ends_at, place
    occurrence.sequence += 1
    event.save(update_fields=["place"])
    queue_occurrence_mails(kind="event_changed", occurrence=occurrence, now=now)
    return True


def _finish(
    occurrence: Occurrence,
    *,
    action: str,
    actor: Any,
    now: datetime,
    data: dict[str, Any] | None = None,
) -> None:
    """Store the occurrence, give freed seats away, raise the version, refresh the feed."""
    event = occurrence.event
    occurrence.changed_at = now
    occurrence.save()
    promote_waiting(occurrence=occurrence, now=now)
    Event.objects.filter(pk=event.pk).update(version=F("version") + 1, changed_at=now)
    event.refresh_from_db(fields=["version", "changed_at"])
    record_audit(action=action, now=now, site=event.site, actor=actor, target=occurrence, data=data)
    refresh_fragments(event=event, now=now)


@dataclass(frozen=True)
class ScheduleChange:
    """What an organiser typed in the schedule's own screen."""

    starts_at: datetime
    ends_at: datetime
    place: Place | None
    capacity: int | None
    takes_registrations: bool
    party_limit: int
    notice: str


@transaction.atomic
def change_schedule(
    *, occurrence_id: int, change: ScheduleChange, expected_version: int, actor: Any, now: datetime
) -> Occurrence:
    """Move an occurrence, change its seats or its urgent message; takes effect at once.

    Raises:
        ScheduleConflict: the schedule changed since ``expected_version``.
        django.db.IntegrityError: the end is not after the start (the form says so first).
    """
    occurrence = lock_occurrence(occurrence_id)
    event = occurrence.event
    if event.version != expected_version:
        raise ScheduleConflict
    moved = _move(
        occurrence,
        starts_at=change.starts_at,
        ends_at=change.ends_at,
        place=change.place,
        now=now,
    )
    seats_changed = occurrence.capacity != change.capacity
    set_capacity(occurrence=occurrence, capacity=change.capacity)
    event.takes_registrations = change.takes_registrations
    event.party_limit = change.party_limit
    event.notice = change.notice
    event.save(update_fields=["takes_registrations", "party_limit", "notice"])
    _finish(
        occurrence,
        action="events.schedule_changed",
        actor=actor,
        now=now,
        data={"moved": moved, "seats_changed": seats_changed},
    )
    return occurrence


@transaction.atomic
def cancel_occurrence(*, occurrence_id: int, reason: str, actor: Any, now: datetime) -> Occurrence:
    """Call an occurrence off and tell everybody who comes or waits. Twice is once."""
    occurrence = lock_occurrence(occurrence_id)
    if occurrence.is_cancelled:
        return occurrence
    occurrence.status = OccurrenceStatus.CANCELLED
    occurrence.cancel_reason = reason
    occurrence.sequence += 1
    queue_occurrence_mails(kind="event_cancelled", occurrence=occurrence, now=now)
    _finish(occurrence, action="events.cancelled", actor=actor, now=now)
    return occurrence


@transaction.atomic
def restore_occurrence(*, occurrence_id: int, actor: Any, now: datetime) -> Occurrence:
    """Let a cancelled occurrence go on after all and tell everybody. Twice is once."""
    occurrence = lock_occurrence(occurrence_id)
    if not occurrence.is_cancelled:
        return occurrence
    occurrence.status = OccurrenceStatus.SCHEDULED
    occurrence.cancel_reason = ""
    occurrence.sequence += 1
    queue_occurrence_mails(kind="event_restored", occurrence=occurrence, now=now)
    _finish(occurrence, action="events.restored", actor=actor, now=now)
    return occurrence
