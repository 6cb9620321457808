"""Writing made-up events in bulk: pages, schedule, guests, feed fragments, search index."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from wagtail.search.backends import get_search_backends

from boloboost.core.models import Place
from events.enums import OccurrenceStatus, RegistrationStatus
from events.models import Event, EventPage, Occurrence, Registration
from events.services.feeds import refresh_events

from ..services.ground import Ground
from ..shapes import PageWords, sample_key
from .events import CANCEL_REASON, LoadEvent, seat_guests
from .tree import add_children

GUESTS_SIGN_UP_BEFORE = timedelta(days=2)


@dataclass(frozen=True)
class BulkWriter:
    """Writes the events of one neighbourhood; ``places`` are numbered as the events say.

    Mails, audit entries and Wagtail's index of references are left out; for the last
    there is ``manage.py rebuild_references_index``.
    """

    ground: Ground
    places: Sequence[Place]
    now: datetime

    @transaction.atomic
    def write_events(self, events: Sequence[LoadEvent]) -> int:
        """Write new events, all or none; return how many registrations they have."""
        self._write_pages(events)
        rows = Event.objects.bulk_create(self._event(event) for event in events)
        Event.organisers.through.objects.bulk_create(
            Event.organisers.through(event=row, user=self.ground.author) for row in rows
        )
        pairs = list(zip(events, rows, strict=True))
        occurrences = Occurrence.objects.bulk_create(
            self._occurrence(event, row) for event, row in pairs
        )
        registrations = Registration.objects.bulk_create(
            registration
            for event, occurrence in zip(events, occurrences, strict=True)
            for registration in self._registrations(event, occurrence)
        )
        refresh_events(events=Event.objects.filter(pk__in=[row.pk for row in rows]), now=self.now)
        return len(registrations)

    def _write_pages(self, events: Sequence[LoadEvent]) -> None:
        dutch = [self._page(event, event.topic.nl, settings.LANGUAGE_CODE) for event in events]
        english = [
            self._page(event, event.topic.en, "en")
            for event in events
            if event.is_translated and event.topic.en
        ]
        add_children(parent=self.ground.calendars[settings.LANGUAGE_CODE], pages=dutch)
        add_children(parent=self.ground.calendars["en"], pages=english)
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(EventPage, [*dutch, *english])

    def _page(self, event: LoadEvent, words: PageWords, language: str) -> EventPage:
        return EventPage(
            translation_key=event.key,
            locale=self.ground.calendars[language].locale,
            title=f"{words.title}, {event.street}",
            slug=event.slug(words.slug),
            introduction=words.introduction,
            search_description=words.introduction,
            body=words.body,
            bring=words.bring,
            owner=self.ground.author,
            live=True,
            first_published_at=self.now,
            last_published_at=self.now,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            schedule_version=1,
            capacity=event.topic.capacity,
            **self._kind(event),
        )

    def _kind(self, event: LoadEvent) -> dict[str, Any]:
        return {
            "category": self.ground.categories[event.topic.category],
            "place": self.places[event.place],
            "takes_registrations": event.topic.takes_registrations,
            "party_limit": event.topic.party_limit,
        }

    def _event(self, event: LoadEvent) -> Event:
        return Event(
            site=self.ground.site,
            translation_key=event.key,
            uid=f"{event.key}@{self.ground.site.hostname}",
            created_at=self.now,
            changed_at=self.now,
            **self._kind(event),
        )

    def _occurrence(self, event: LoadEvent, row: Event) -> Occurrence:
        seated = seat_guests(event.guests, event.topic.capacity)
        return Occurrence(
            event=row,
            site=self.ground.site,
            original_start=event.starts_at,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            status=(
                OccurrenceStatus.CANCELLED if event.is_cancelled else OccurrenceStatus.SCHEDULED
            ),
            cancel_reason=CANCEL_REASON if event.is_cancelled else "",
            sequence=int(event.is_cancelled),
            capacity=event.topic.capacity,
            seat_ceiling=event.topic.capacity,
            seats_taken=sum(
                guest.people for guest, status in seated if status == RegistrationStatus.GOING
            ),
            last_queue_number=len(seated),
            changed_at=self.now,
        )

    def _registrations(self, event: LoadEvent, occurrence: Occurrence) -> list[Registration]:
        moment = min(self.now, event.starts_at - GUESTS_SIGN_UP_BEFORE)
        return [
            Registration(
                occurrence=occurrence,
                name=guest.name,
                email=f"{slugify(guest.name)}-{event.number}@boloboost.example",
                party_size=guest.people,
                status=status,
                language=settings.LANGUAGE_CODE,
                queue_number=queue_number,
                idempotency_key=str(sample_key(event.key, queue_number)),
                created_at=moment,
                changed_at=moment,
            )
            for queue_number, (guest, status) in enumerate(
                seat_guests(event.guests, event.topic.capacity), start=1
            )
        ]
