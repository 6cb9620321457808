"""Feeds as stored bytes: what is in them, when they change and what that costs."""

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from icalendar import Event as VEvent
from wagtail.models import PageViewRestriction, Site

from events.models import CalendarVersion, Event, FeedFragment, StoredFeed
from events.services.feeds import (
    AGENDA_ICS,
    AGENDA_JSON,
    GZIPPED,
    bump_calendar_version,
    feed_validators,
    refresh_events,
    refresh_fragments,
    stored_feed,
)
from events.services.schedule import cancel_occurrence
from tests.factories import (
    NOW,
    Neighbourhood,
    make_category,
    make_event,
    make_place,
    occurrence_of,
    translate_event,
)

LATER = NOW + timedelta(hours=1)
LONG_AGO = NOW - timedelta(days=61)


def feed(site: Site, *, name: str = AGENDA_ICS, language: str = "nl", now: datetime = NOW) -> bytes:
    return bytes(stored_feed(site=site, name=name, language=language, now=now).body)


def vevents(content: bytes) -> list[VEvent]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def titles(site: Site, *, language: str = "nl", now: datetime = NOW) -> list[str]:
    return [str(event["SUMMARY"]) for event in vevents(feed(site, language=language, now=now))]


def json_items(site: Site, *, language: str = "nl", now: datetime = NOW) -> list[dict[str, object]]:
    items: list[dict[str, object]] = json.loads(
        feed(site, name=AGENDA_JSON, language=language, now=now)
    )["items"]
    return items


def version(site: Site) -> int:
    return CalendarVersion.objects.get(site=site).number


def fragment_of(event: Event, language: str = "nl") -> FeedFragment:
    return FeedFragment.objects.get(event=event, language=language)


def test_a_published_event_stands_in_the_feed_as_its_page_says(
    neighbourhood: Neighbourhood,
) -> None:
    place = make_place(
        neighbourhood.site,
        name="Bos en Lommerplein",
        street_address="Bos en Lommerplein 1",
        postcode="1055 EK",
        city="Amsterdam",
        latitude="52.378500",
        longitude="4.850000",
        directions="Achter de markt.",
    )
    page = make_event(
        neighbourhood,
        title="Straatdiner; kom, eet",
        slug="straatdiner",
        introduction="Een lange tafel.",
        body="<p>Iedereen neemt <b>iets</b> mee.</p><ul><li>soep</li><li>brood</li></ul>",
        bring="je eigen bord",
        place=place,
        category=make_category(neighbourhood.site, name="Eten"),
    )
    (event,) = vevents(feed(neighbourhood.site))
    assert event["UID"] == page.schedule.uid
    assert event["SUMMARY"] == "Straatdiner; kom, eet"
    assert event["LOCATION"] == "Bos en Lommerplein 1, 1055 EK Amsterdam"
    assert event["GEO"].to_ical() == "52.3785;4.85"
    assert event["CATEGORIES"].cats == ["Eten"]
    assert event["URL"] == "http://bolo.example/agenda/straatdiner/"
    assert event["ORGANIZER"] == "mailto:hallo@bolo.example"
    assert event["DTSTART"].dt == occurrence_of(page).starts_at
    description = str(event["DESCRIPTION"])
    assert description.startswith("Een lange tafel.\n\nIedereen neemt iets mee.\n\n- soep\n- brood")
    assert "je eigen bord" in description
    assert description.endswith("Achter de markt.\n\nhttp://bolo.example/agenda/straatdiner/")


def test_the_urgent_message_comes_first(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood, introduction="Een lange tafel.")
    Event.objects.update(notice="Neem een jas mee.")
    refresh_fragments(event=page.schedule, now=LATER)
    (event,) = vevents(feed(neighbourhood.site))
    assert str(event["DESCRIPTION"]).startswith("Neem een jas mee.\n\nEen lange tafel.")


def test_a_long_story_is_cut_and_the_address_stays(neighbourhood: Neighbourhood) -> None:
    make_event(neighbourhood, slug="lang", body=f"<p>{'woord ' * 100_000}</p>")
    (event,) = vevents(feed(neighbourhood.site))
    assert len(str(event["DESCRIPTION"])) < 2100
    assert str(event["DESCRIPTION"]).endswith("http://bolo.example/agenda/lang/")


def test_an_empty_feed_is_a_calendar_with_a_time_zone(neighbourhood: Neighbourhood) -> None:
    calendar = Calendar.from_ical(feed(neighbourhood.site))
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]


def test_drafts_are_in_no_feed(neighbourhood: Neighbourhood) -> None:
    make_event(neighbourhood, live=False)
    assert titles(neighbourhood.site) == []
    assert json_items(neighbourhood.site) == []


def test_an_unpublished_event_goes(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood)
    assert titles(neighbourhood.site) == ["Straatdiner"]
    page.unpublish()
    assert titles(neighbourhood.site) == []
    assert json_items(neighbourhood.site) == []


@pytest.mark.parametrize("private", ["event", "calendar"])
def test_a_private_page_is_in_no_feed_and_comes_back(
    neighbourhood: Neighbourhood, private: str
) -> None:
    page = make_event(neighbourhood)
    before = feed(neighbourhood.site)
    restriction = PageViewRestriction.objects.create(
        page=page if private == "event" else neighbourhood.calendar, restriction_type="login"
    )
    assert titles(neighbourhood.site) == []
    assert json_items(neighbourhood.site) == []
    restriction.delete()
    assert feed(neighbourhood.site) == before


def test_two_neighbourhoods_never_mix(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    make_event(neighbourhood, title="Hier")
    make_event(other_neighbourhood, title="Daar")
    assert titles(neighbourhood.site) == ["Hier"]
    assert titles(other_neighbourhood.site) == ["Daar"]
    assert [item["title"] for item in json_items(neighbourhood.site)] == ["Hier"]
    assert [item["title"] for item in json_items(other_neighbourhood.site)] == ["Daar"]
    assert b"noord.example" not in feed(neighbourhood.site)
    assert b"bolo.example" not in feed(other_neighbourhood.site)


def test_a_change_here_leaves_the_feed_there_alone(
    neighbourhood: Neighbourhood, other_neighbourhood: Neighbourhood
) -> None:
    make_event(other_neighbourhood, title="Daar")
    feed(other_neighbourhood.site)
    before = version(other_neighbourhood.site)
    make_event(neighbourhood, title="Hier")
    assert version(other_neighbourhood.site) == before


def test_the_english_feed_has_english_pages_and_dutch_ones_where_there_is_none(
    neighbourhood: Neighbourhood,
) -> None:
    translate_event(make_event(neighbourhood, title="Straatdiner"), title="Street dinner")
    make_event(neighbourhood, title="Kroegentocht")
    assert titles(neighbourhood.site, language="en") == ["Street dinner", "Kroegentocht"]
    assert titles(neighbourhood.site) == ["Straatdiner", "Kroegentocht"]
    english = Calendar.from_ical(feed(neighbourhood.site, language="en"))
    assert english["SOURCE"] == "http://bolo.example/en/feeds/agenda.ics"
    assert english.walk("VEVENT")[0]["URL"].startswith("http://bolo.example/en/agenda/")


def test_a_private_translation_falls_back_to_the_public_page(neighbourhood: Neighbourhood) -> None:
    english = translate_event(make_event(neighbourhood, title="Straatdiner"), title="Dinner")
    PageViewRestriction.objects.create(page=english, restriction_type="login")
    assert titles(neighbourhood.site, language="en") == ["Straatdiner"]


def test_what_is_over_stays_for_sixty_days(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood, title="Geweest", starts_at=NOW - timedelta(days=3))
    make_event(neighbourhood, title="Lang geleden", starts_at=LONG_AGO)
    assert titles(neighbourhood.site) == ["Geweest"]
    assert json_items(neighbourhood.site) == []
    drops_at = occurrence_of(page).ends_at + timedelta(days=60)
    assert titles(neighbourhood.site, now=drops_at - timedelta(seconds=1)) == ["Geweest"]
    assert titles(neighbourhood.site, now=drops_at) == []


def test_a_cancelled_event_stays_until_it_is_over(neighbourhood: Neighbourhood) -> None:
    occurrence = occurrence_of(make_event(neighbourhood))
    cancel_occurrence(occurrence_id=occurrence.pk, reason="Storm.", actor=None, now=LATER)
    (event,) = vevents(feed(neighbourhood.site))
    assert event["STATUS"] == "CANCELLED"
    assert event["SEQUENCE"] == 1
    assert str(event["SUMMARY"]).endswith(": Straatdiner")
    assert str(event["DESCRIPTION"]).startswith("Storm.")
    assert titles(neighbourhood.site, now=occurrence.ends_at) == []


def test_equal_content_is_equal_bytes_whenever_it_is_built(neighbourhood: Neighbourhood) -> None:
    make_event(neighbourhood, title="Straatdiner")
    make_event(neighbourhood, title="Kroegentocht")
    for name in (AGENDA_ICS, AGENDA_JSON, AGENDA_ICS + GZIPPED):
        first = stored_feed(site=neighbourhood.site, name=name, language="nl", now=NOW)
        StoredFeed.objects.all().delete()
        second = stored_feed(site=neighbourhood.site, name=name, language="nl", now=LATER)
        assert bytes(first.body) == bytes(second.body)
        assert first.etag == second.etag


def test_the_kept_row_is_given_while_nothing_changed(neighbourhood: Neighbourhood) -> None:
    make_event(neighbourhood)
    feed(neighbourhood.site)
    StoredFeed.objects.update(body=b"kept")
    assert feed(neighbourhood.site, now=LATER) == b"kept"


def test_a_kept_feed_is_put_together_anew_every_day(neighbourhood: Neighbourhood) -> None:
    make_event(neighbourhood, starts_at=NOW + timedelta(days=200))
    before = feed(neighbourhood.site)
    StoredFeed.objects.update(body=b"kept")
    assert feed(neighbourhood.site, now=NOW + timedelta(hours=24)) == before


def test_the_same_bytes_keep_their_date_of_change(neighbourhood: Neighbourhood) -> None:
    make_event(neighbourhood)
    first = stored_feed(site=neighbourhood.site, name=AGENDA_ICS, language="nl", now=NOW)
    bump_calendar_version(site=neighbourhood.site)
    second = stored_feed(site=neighbourhood.site, name=AGENDA_ICS, language="nl", now=LATER)
    assert second.calendar_version > first.calendar_version
    assert (second.etag, second.last_modified) == (first.etag, first.last_modified)


def test_other_bytes_always_have_a_later_date_of_change(neighbourhood: Neighbourhood) -> None:
    first = stored_feed(site=neighbourhood.site, name=AGENDA_ICS, language="nl", now=NOW)
    make_event(neighbourhood)
    second = stored_feed(site=neighbourhood.site, name=AGENDA_ICS, language="nl", now=NOW)
    assert second.etag != first.etag
    assert second.last_modified > first.last_modified


def test_the_validators_of_a_stale_feed_are_not_given(neighbourhood: Neighbourhood) -> None:
    arguments = {"site": neighbourhood.site, "name": AGENDA_ICS, "language": "nl"}
    assert feed_validators(**arguments, now=NOW) is None
    row = stored_feed(**arguments, now=NOW)
    validators = feed_validators(**arguments, now=NOW)
    assert validators is not None
    assert (validators.etag, validators.last_modified) == (row.etag, row.last_modified)
    bump_calendar_version(site=neighbourhood.site)
    assert feed_validators(**arguments, now=NOW) is None


def test_a_change_while_a_feed_is_built_makes_it_stale(
    neighbourhood: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    from events.services import feeds

    build = feeds.BUILDERS[AGENDA_ICS]

    def slow_build(**arguments: object) -> object:
        body = build(**arguments)
        CalendarVersion.objects.update(number=F("number") + 1)
        return body

    monkeypatch.setitem(feeds.BUILDERS, AGENDA_ICS, slow_build)
    stored_feed(site=neighbourhood.site, name=AGENDA_ICS, language="nl", now=NOW)
    assert feed_validators(site=neighbourhood.site, name=AGENDA_ICS, language="nl", now=NOW) is None


def test_a_database_that_takes_no_writes_still_gives_the_feed(
    neighbourhood: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_event(neighbourhood)
    before = feed(neighbourhood.site)
    bump_calendar_version(site=neighbourhood.site)

    def full(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(StoredFeed.objects, "bulk_create", full)
    assert feed(neighbourhood.site) == before


def test_compressed_bytes_are_the_same_calendar(neighbourhood: Neighbourhood) -> None:
    make_event(neighbourhood)
    packed = stored_feed(site=neighbourhood.site, name=AGENDA_ICS + GZIPPED, language="nl", now=NOW)
    plain = stored_feed(site=neighbourhood.site, name=AGENDA_ICS, language="nl", now=NOW)
    assert gzip.decompress(packed.body) == plain.body
    assert packed.etag != plain.etag
    assert packed.last_modified == plain.last_modified


def test_serialising_again_without_a_change_keeps_every_byte(neighbourhood: Neighbourhood) -> None:
    event = make_event(neighbourhood).schedule
    before = fragment_of(event)
    number = version(neighbourhood.site)
    refresh_fragments(event=event, now=datetime(2030, 1, 1, tzinfo=UTC))
    after = fragment_of(event)
    assert (bytes(after.body), after.changed_at) == (bytes(before.body), before.changed_at)
    assert version(neighbourhood.site) == number + 1


def test_every_change_raises_the_time_stamp_even_within_a_second(
    neighbourhood: Neighbourhood,
) -> None:
    page = make_event(neighbourhood)
    stamps = [fragment_of(page.schedule).changed_at]
    for title in ("Eerst", "Toen"):
        type(page).objects.filter(pk=page.pk).update(title=title)
        refresh_fragments(event=page.schedule, now=stamps[0])
        stamps.append(fragment_of(page.schedule).changed_at)
    assert stamps == sorted(set(stamps))
    (event,) = vevents(feed(neighbourhood.site))
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == stamps[-1]


def test_only_the_changed_event_is_serialised_again(neighbourhood: Neighbourhood) -> None:
    page, other = make_event(neighbourhood), make_event(neighbourhood, title="Ander")
    FeedFragment.objects.filter(event=other.schedule).update(body=b"untouched")
    refresh_fragments(event=page.schedule, now=LATER)
    assert bytes(fragment_of(other.schedule).body) == b"untouched"


def test_a_translation_that_goes_takes_its_words_along(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood)
    english = translate_event(page)
    assert FeedFragment.objects.filter(event=page.schedule).count() == 2
    english.unpublish()
    assert [row.language for row in FeedFragment.objects.all()] == ["nl"]


def test_a_place_that_gets_another_name_changes_its_events(neighbourhood: Neighbourhood) -> None:
    place = make_place(neighbourhood.site, name="Buurthuis")
    make_event(neighbourhood, place=place, starts_at=datetime(2030, 1, 1, 12, tzinfo=UTC))
    place.name = "Huis van de wijk"
    place.save()
    (event,) = vevents(feed(neighbourhood.site))
    assert event["LOCATION"] == "Huis van de wijk"


def test_the_version_rises_from_nothing(neighbourhood: Neighbourhood) -> None:
    CalendarVersion.objects.all().delete()
    bump_calendar_version(site=neighbourhood.site)
    first = version(neighbourhood.site)
    bump_calendar_version(site=neighbourhood.site)
    assert version(neighbourhood.site) == first + 1


def test_a_json_item_says_when_and_where(neighbourhood: Neighbourhood) -> None:
    place = make_place(neighbourhood.site, name="Plein", latitude="52.3785", longitude="4.85")
    with time_machine.travel(NOW, tick=False):
        page = make_event(
            neighbourhood,
            slug="diner",
            place=place,
            category=make_category(neighbourhood.site, name="Eten"),
            introduction="Een lange tafel.",
        )
    (item,) = json_items(neighbourhood.site)
    assert item == {
        "id": f"{page.schedule.uid}/20270913T180000Z",
        "url": "http://bolo.example/agenda/diner/",
        "title": "Straatdiner",
        "content_text": "Een lange tafel.\n\nhttp://bolo.example/agenda/diner/",
        "date_published": "2027-09-06T12:00:00+00:00",
        "date_modified": "2027-09-06T12:00:00+00:00",
        "language": "nl",
        "tags": ["Eten"],
        "_boloboost": {
            "starts": "2027-09-13T20:00:00+02:00",
            "ends": "2027-09-14T00:00:00+02:00",
            "status": "confirmed",
            "location": "Plein",
            "latitude": 52.3785,
            "longitude": 4.85,
        },
    }


def test_the_json_feed_is_in_order_of_time(neighbourhood: Neighbourhood) -> None:
    make_event(neighbourhood, title="Later", starts_at=NOW + timedelta(days=9))
    make_event(neighbourhood, title="Eerst", starts_at=NOW + timedelta(days=2))
    assert [item["title"] for item in json_items(neighbourhood.site)] == ["Eerst", "Later"]


def queries_of(action: object, *arguments: object, **named: object) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        action(*arguments, **named)  # type: ignore[operator]
    return len(captured)


@pytest.mark.parametrize("name", [AGENDA_ICS, AGENDA_JSON])
def test_a_feed_costs_as_many_queries_for_twice_the_events(
    neighbourhood: Neighbourhood, name: str
) -> None:
    category = make_category(neighbourhood.site)
    place = make_place(neighbourhood.site)
    counts = []
    for _round in range(2):
        for number in range(4):
            make_event(neighbourhood, title=f"Event {number}", category=category, place=place)
        feed(neighbourhood.site, name=name)
        bump_calendar_version(site=neighbourhood.site)
        counts.append(queries_of(feed, neighbourhood.site, name=name))
    assert counts[0] == counts[1]


def test_serialising_many_events_costs_as_many_queries_as_one(
    neighbourhood: Neighbourhood,
) -> None:
    for number in range(6):
        make_event(
            neighbourhood, title=f"Event {number}", category=make_category(neighbourhood.site)
        )
    events = list(Event.objects.all())
    one = queries_of(refresh_events, events=events[:1], now=LATER)
    assert queries_of(refresh_events, events=events, now=LATER) == one


def test_a_kept_feed_is_one_query(neighbourhood: Neighbourhood) -> None:
    make_event(neighbourhood)
    feed(neighbourhood.site)
    assert queries_of(feed, neighbourhood.site) == 1
    assert (
        queries_of(
            feed_validators, site=neighbourhood.site, name=AGENDA_ICS, language="nl", now=NOW
        )
        == 1
    )
