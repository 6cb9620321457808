"""Events of the sample, with the guests who said yes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Locale

from events.models import EventPage, Occurrence
from events.services.registrations import register_guest
from events.services.schedule import cancel_occurrence

from ..shapes import EventSample, NeighbourhoodSample, PageWords, sample_key
from .ground import Ground
from .pages import ensure_page, find_page
from .report import Report

GUESTS_SIGN_UP_BEFORE = timedelta(days=2)


@dataclass(frozen=True)
class EventSeeder:
    """Makes the events of one neighbourhood, planned from the day of ``now``."""

    sample: NeighbourhoodSample
    ground: Ground
    now: datetime
    report: Report

    @transaction.atomic
    def ensure_event(self, event: EventSample) -> None:
        """Make the event with everything that belongs to it, unless its page is there.

        All in one transaction, so a page that exists is a finished event.
        """
        page = self._page(event, event.nl, settings.LANGUAGE_CODE)
        if find_page(page) is not None:
            return
        if event.is_draft:
            self._submit_draft(page)
            return
        self._publish(page)
        if event.en is not None:
            self._publish(self._page(event, event.en, "en"))
        occurrence = Occurrence.objects.get(event__translation_key=page.translation_key)
        self._register_guests(event, occurrence)
        if event.cancel_reason:
            cancel_occurrence(
                occurrence_id=occurrence.pk,
                reason=event.cancel_reason,
                actor=self.ground.author,
                now=self.now,
            )
        self.report.add("events")

    def _page(self, event: EventSample, words: PageWords, language: str) -> EventPage:
        zone = ZoneInfo(settings.TIME_ZONE)
        starts_at, ends_at = event.when.span(timezone.localdate(self.now, zone), zone)
        locale: Locale = self.ground.calendars[language].locale
        return EventPage(
            translation_key=sample_key(self.sample.key, "event", event.key),
            locale=locale,
            title=words.title,
            slug=words.slug,
            introduction=words.introduction,
            search_description=words.introduction,
            body=words.body,
            bring=words.bring,
            category=self.ground.categories[event.category],
            place=self.ground.places[event.place],
            starts_at=starts_at,
            ends_at=ends_at,
            capacity=event.capacity,
            takes_registrations=event.takes_registrations,
            party_limit=event.party_limit,
        )

    def _publish(self, page: EventPage) -> None:
        ensure_page(
            page=page,
            parent=self.ground.calendars[page.locale.language_code],
            report=self.report,
            author=self.ground.author,
            publisher=self.ground.publisher,
        )

    def _submit_draft(self, page: EventPage) -> None:
        page.live = False
        page.owner = self.ground.author
        calendar = self.ground.calendars[settings.LANGUAGE_CODE]
        calendar.refresh_from_db()
        calendar.add_child(instance=page)
        page.save_revision(user=self.ground.author)
        workflow = page.get_workflow()
        if workflow is not None:
            workflow.start(page, self.ground.author)
        self.report.add("drafts")

    def _register_guests(self, event: EventSample, occurrence: Occurrence) -> None:
        moment = min(self.now, occurrence.starts_at - GUESTS_SIGN_UP_BEFORE)
        for guest in event.guests:
            email = f"{slugify(guest.name.replace('ı', 'i'))}@boloboost.example"
            register_guest(
                occurrence_id=occurrence.pk,
                name=guest.name,
                email=email,
                party_size=guest.people,
                language=guest.language,
                idempotency_key=str(sample_key(self.sample.key, event.key, email)),
                now=moment,
            )
            self.report.add("registrations")
