from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from wagtail.models import Page, Site

from events.enums import RegistrationStatus
from events.models import Event, EventPage, FeedFragment, Occurrence, Registration
from events.selectors import agenda_items, visible_occurrences
from events.services.registrations import register_guest
from home.sample.bulk import services
from home.sample.bulk.events import make_event
from home.sample.bulk.neighbourhoods import load_neighbourhood
from home.sample.bulk.write import BulkWriter
from home.sample.services.report import Report
from tests.factories import occurrence_of
from tests.home.sample.helpers import row_counts

pytestmark = pytest.mark.django_db

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture(autouse=True)
def _bare_neighbourhoods(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the sample's own neighbourhoods; these tests are about what is added."""
    monkeypatch.setattr(
        services, "load_neighbourhood", lambda number: load_neighbourhood(number + 2)
    )
    monkeypatch.setattr(services, "BATCH", 10)


def _load(now: datetime, *, events: int = 24, neighbourhoods: int = 2, seed: int = 5) -> Report:
    report = Report()
    services.seed_load(
        events=events,
        neighbourhoods=neighbourhoods,
        seed=seed,
        now=now,
        report=report,
        progress=lambda _line: None,
    )
    return report


def _sites() -> list[Site]:
    return list(Site.objects.filter(hostname__startswith="buurt-").order_by("pk"))


def test_events_are_spread_over_neighbourhoods_and_seen_by_the_calendar(now: datetime) -> None:
    _load(now)
    first, second = _sites()
    assert visible_occurrences(site=first).count() == 12
    assert visible_occurrences(site=second).count() == 12
    items = agenda_items(visible_occurrences(site=first), site=first, language="nl", now=now)
    assert len(items) == 12
    assert all(item.url.startswith("/agenda/") for item in items)
    assert {item.place.site for item in items if item.place} == {first}


def test_rows_are_what_the_seed_says(now: datetime) -> None:
    _load(now)
    today = timezone.localdate(now, AMSTERDAM)
    for number in range(24):
        expected = make_event(seed=5, number=number, today=today, zone=AMSTERDAM)
        occurrence = Occurrence.objects.get(event__translation_key=expected.key)
        assert occurrence.starts_at == expected.starts_at
        assert occurrence.is_cancelled == expected.is_cancelled
        assert occurrence.registrations.count() == len(expected.guests)


def test_the_tree_is_sound_and_goes_on_growing(now: datetime) -> None:
    _load(now)
    assert not any(Page.find_problems())
    calendar = EventPage.objects.filter(locale__language_code="nl").first().get_parent()
    child = calendar.add_child(instance=EventPage(title="Nog een", slug="nog-een"))
    assert child.get_parent().pk == calendar.pk
    assert not any(Page.find_problems())


def test_seats_are_counted(now: datetime) -> None:
    _load(now, events=60)
    assert Registration.objects.exists()
    for occurrence in Occurrence.objects.prefetch_related("registrations"):
        going = [
            row.party_size
            for row in occurrence.registrations.all()
            if row.status == RegistrationStatus.GOING
        ]
        assert occurrence.seats_taken == sum(going)


def test_every_live_page_has_its_feed_fragment_and_is_found(now: datetime) -> None:
    _load(now)
    pages = EventPage.objects.live()
    assert FeedFragment.objects.count() == pages.count()
    page = pages.first()
    assert page is not None
    street = page.title.split(", ")[-1]
    assert page in list(EventPage.objects.live().search(street))


def test_a_loaded_event_is_like_any_other(now: datetime) -> None:
    _load(now)
    page = EventPage.objects.filter(
        locale__language_code="nl", starts_at__gt=now, takes_registrations=True, capacity=None
    ).first()
    assert page is not None
    page.title = "Een andere titel"
    page.save_revision().publish()
    occurrence = occurrence_of(page)
    assert b"Een andere titel" in bytes(occurrence.event.fragments.get(language="nl").body)
    result = register_guest(
        occurrence_id=occurrence.pk,
        name="Joke",
        email="joke@boloboost.example",
        party_size=1,
        language="nl",
        idempotency_key="joke",
        now=now,
    )
    assert result.created


def test_the_same_numbers_again_add_nothing(now: datetime) -> None:
    _load(now)
    before = row_counts()
    assert str(_load(now)) == "everything was there already"
    assert row_counts() == before


def test_a_higher_number_adds_the_difference(now: datetime) -> None:
    _load(now)
    assert _load(now, events=30).made["events"] == 6
    assert Event.objects.count() == 30


def test_another_seed_adds_other_events(now: datetime) -> None:
    _load(now)
    assert _load(now, seed=6).made["events"] == 24


def test_an_interrupted_load_is_finished_by_the_next(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = BulkWriter._registrations, []

    def break_in_second_batch(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == 11:
            raise RuntimeError("the plug was pulled")
        return real(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(BulkWriter, "_registrations", break_in_second_batch)
        with pytest.raises(RuntimeError):
            _load(now)
    assert Event.objects.count() == 10
    _load(now)
    assert Event.objects.count() == 24
    assert not any(Page.find_problems())
