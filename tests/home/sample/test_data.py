"""The sample's data against what the contract lists, without a database."""

from collections import Counter
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from boloboost.accounts.enums import Role
from boloboost.core.maps import validate_map_lines
from events.enums import CategoryIcon
from home.sample.bolo import BOLO
from home.sample.bulk.neighbourhoods import load_neighbourhood, load_places
from home.sample.noorderbuurt import NOORDERBUURT
from home.sample.shapes import EventSample, NeighbourhoodSample, PageWords

A_DAY = date(2027, 9, 6)
NEIGHBOURHOODS = pytest.mark.parametrize(
    "sample",
    [BOLO, NOORDERBUURT, load_neighbourhood(3), load_neighbourhood(40)],
    ids=lambda sample: sample.key,
)


def _words(sample: NeighbourhoodSample) -> list[PageWords]:
    pages = [sample.home, sample.calendar, *sample.pages, *sample.events]
    return [words for page in pages for words in (page.nl, page.en) if words is not None]


def _upcoming(sample: NeighbourhoodSample) -> list[EventSample]:
    return [
        event for event in sample.events if event.when.day(A_DAY) > A_DAY and not event.is_draft
    ]


def test_bos_en_lommer_has_what_the_contract_lists() -> None:
    slugs = [event.nl.slug for event in BOLO.events]
    assert len(_upcoming(BOLO)) >= 25
    assert sum(slug.startswith("kroegentocht") for slug in slugs) == 2
    assert sum(slug.startswith("straatdiner") for slug in slugs) == 3
    assert sum(bool(event.cancel_reason) for event in BOLO.events) == 1
    assert sum(event.is_draft for event in BOLO.events) == 1
    assert sum(event.when.day(A_DAY) < A_DAY for event in BOLO.events) == 1
    assert sum(event.en is not None for event in BOLO.events) >= 8
    assert {person.email.split("@")[0] for person in BOLO.people} == {
        "redacteur",
        "trekker",
        "curator",
        "curator2",
        "sleuteldrager",
        "buur",
    }


def test_every_kind_of_event_has_an_icon_and_something_on() -> None:
    used = Counter(event.category for event in BOLO.events)
    assert {category.icon for category in BOLO.categories} == set(CategoryIcon)
    assert set(used) == {category.slug for category in BOLO.categories}


def test_one_event_is_full_and_has_people_waiting() -> None:
    over = [
        event
        for event in BOLO.events
        if event.capacity and sum(guest.people for guest in event.guests) > event.capacity
    ]
    assert [event.nl.slug for event in over] == ["bolo-bollen-bakken"]


def test_the_mails_of_the_sample_stay_a_small_pile() -> None:
    parties = [event.guests for event in (*BOLO.events, *NOORDERBUURT.events)]
    called_off = [event.guests for event in BOLO.events if event.cancel_reason]
    assert sum(map(len, parties)) + sum(map(len, called_off)) < 60


def test_nobody_brings_more_people_than_the_event_allows() -> None:
    for event in BOLO.events:
        assert all(guest.people <= event.party_limit for guest in event.guests), event.nl.slug


@NEIGHBOURHOODS
def test_places_are_inside_the_map(sample: NeighbourhoodSample) -> None:
    places = [*sample.places, *load_places(sample)]
    assert all(sample.map.bounds.contains(place.latitude, place.longitude) for place in places)
    assert len({place.slug for place in places}) == len(places)


def test_bos_en_lommer_has_at_least_twelve_places() -> None:
    assert len(BOLO.places) >= 12


@NEIGHBOURHOODS
def test_the_map_is_valid_and_its_lines_stay_inside(sample: NeighbourhoodSample) -> None:
    try:
        validate_map_lines(sample.map.as_json())
    except ValidationError as error:
        pytest.fail(str(error))
    for _kind, name, points in sample.map.lines:
        assert all(sample.map.bounds.contains(*point) for point in points), name


@NEIGHBOURHOODS
def test_events_name_known_kinds_and_places(sample: NeighbourhoodSample) -> None:
    assert {event.category for event in sample.events} <= {row.slug for row in sample.categories}
    assert {event.place for event in sample.events} <= {row.slug for row in sample.places}


@NEIGHBOURHOODS
def test_there_is_an_editor_who_approves(sample: NeighbourhoodSample) -> None:
    assert [person.role for person in sample.people].count(Role.EDITOR) == 1


@NEIGHBOURHOODS
def test_words_fit_their_fields_and_slugs_differ(sample: NeighbourhoodSample) -> None:
    for words in _words(sample):
        assert len(words.introduction) <= 200
        assert len(words.bring) <= 120
        assert "lorem" not in words.body.lower()
    dutch = [event.nl.slug for event in sample.events]
    english = [event.en.slug for event in sample.events if event.en]
    assert len(set(dutch)) == len(dutch)
    assert len(set(english)) == len(english)


def test_neighbourhoods_have_addresses_of_their_own() -> None:
    samples = [load_neighbourhood(number) for number in range(1, 200)]
    assert len({sample.subdomain for sample in samples}) == len(samples)
    assert len({sample.key for sample in samples}) == len(samples)
