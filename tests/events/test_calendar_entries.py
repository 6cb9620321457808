"""From a page and its schedule to the words in somebody's calendar."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from events.calendar_entries import calendar_event_for, plain_text
from events.ics import EventStatus
from events.models import CategoryName
from tests.factories import (
    NOW,
    Neighbourhood,
    make_category,
    make_event,
    make_place,
    occurrence_of,
    translate_event,
)


@pytest.mark.parametrize(
    ("rich", "plain"),
    [
        ("", ""),
        ("<p>Eén &amp; twee</p><p>Drie</p>", "Eén & twee\n\nDrie"),
        ("<h3>Programma</h3><ol><li>Soep</li><li>Taart</li></ol><p>Tot dan</p>",
         "Programma\n\n- Soep\n- Taart\n\nTot dan"),
        ('<p>Kom naar <a linktype="page" id="3">het plein</a>.<br/>Om zes uur.</p>',
         "Kom naar het plein.\nOm zes uur."),
        ("<p>2 &lt; 3 &lt;b&gt;</p>", "2 < 3 <b>"),
        ("<p></p><p> </p><p></p><p>Alleen dit</p>", "Alleen dit"),
    ],
)  # fmt: skip
def test_rich_text_becomes_plain_text(rich: str, plain: str) -> None:
    assert plain_text(rich) == plain


def test_the_entry_speaks_the_language_of_its_page(neighbourhood: Neighbourhood) -> None:
    category = make_category(neighbourhood.site, name="Eten")
    CategoryName.objects.create(category=category, language="en", name="Food")
    page = make_event(neighbourhood, category=category)
    english = translate_event(page, title="Street dinner")
    occurrence = occurrence_of(page)
    with translation.override("nl"):
        entry = calendar_event_for(occurrence, english, changed_at=NOW)
    assert (entry.summary, entry.categories) == ("Street dinner", ("Food",))
    assert entry.cancelled_prefix == "CANCELLED: "
    with translation.override("en"):
        assert calendar_event_for(occurrence, page, changed_at=NOW).categories == ("Eten",)


def test_the_organiser_is_the_neighbourhood_not_a_person(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood)
    entry = calendar_event_for(occurrence_of(page), page, changed_at=NOW)
    assert (entry.organizer_name, entry.organizer_email) == ("BoLo", "hallo@bolo.example")


def test_an_event_without_place_or_kind_is_fine(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood)
    entry = calendar_event_for(occurrence_of(page), page, changed_at=NOW)
    assert (entry.location, entry.latitude, entry.longitude, entry.categories) == (
        "",
        None,
        None,
        (),
    )


def test_a_place_without_an_address_is_its_name(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood, place=make_place(neighbourhood.site, name="De kade"))
    assert calendar_event_for(occurrence_of(page), page, changed_at=NOW).location == "De kade"


def test_status_number_and_stamps_are_the_schedules(neighbourhood: Neighbourhood) -> None:
    page = make_event(neighbourhood)
    occurrence = occurrence_of(page)
    occurrence.status, occurrence.sequence = "cancelled", 5
    stamp = datetime(2027, 9, 7, 8, 0, tzinfo=UTC)
    entry = calendar_event_for(occurrence, page, changed_at=stamp)
    assert (entry.status, entry.sequence, entry.changed_at) == (EventStatus.CANCELLED, 5, stamp)
    assert entry.created == occurrence.event.created_at
