"""Whatever people type, every program reads the same words."""

from datetime import UTC, datetime, timedelta

import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from events.ics import (
    CalendarEvent,
    FeedHeader,
    clean_text,
    one_line,
    serialise_calendar,
    serialise_event,
    serialise_file,
    serialise_invitation,
)

#: No timed tests, the same examples in every run.
seeded = settings(deadline=None, derandomize=True)

# Characters that break formats come up far more often than chance has it.
TRICKY = st.text(st.sampled_from('\\nN;,:"^\r\n\t\x00\x85\u2028\u2029\ufeff\ud800 é𝄞👩‍🍳'))
TEXTS = st.one_of(st.text(st.characters(exclude_categories=())), TRICKY)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=4018)).map(
    lambda since: datetime(2024, 1, 1, tzinfo=UTC) + since
)
WORDS = TEXTS.filter(lambda text: bool(one_line(text)))


@st.composite
def events(draw: st.DrawFn) -> CalendarEvent:
    start = draw(MOMENTS)
    return CalendarEvent(
        uid="7f3f6a2e@bolo.example",
        start=start,
        end=start + draw(st.timedeltas(timedelta(seconds=1), timedelta(days=30))),
        zone="Europe/Amsterdam",
        summary=draw(WORDS),
        url="https://bolo.example/agenda/" + draw(TEXTS),
        organizer_name=draw(TEXTS),
        organizer_email="hallo@bolo.example",
        created=start,
        changed_at=draw(MOMENTS),
        description=draw(WORDS),
        location=draw(WORDS),
        latitude=draw(st.floats(-90, 90)),
        longitude=draw(st.floats(-180, 180)),
        categories=(draw(WORDS), "Eten"),
    )


@seeded
@given(events(), TEXTS)
def test_the_format_holds_for_any_text(event: CalendarEvent, name: str) -> None:
    header = FeedHeader(
        name=name,
        description=name,
        zone="Europe/Amsterdam",
        source="https://bolo.example/feeds/agenda.ics",
        url="https://bolo.example/",
        colour="tomato",
    )
    feed = serialise_calendar(header, [serialise_event(event)])
    invitation = serialise_invitation(
        event, method="REQUEST", attendee_name=name, attendee_email="noor@x.example"
    )
    for content in (feed, invitation):
        text = content.decode()
        assert content.endswith(b"\r\n")
        lines = content.removesuffix(b"\r\n").split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert not [line for line in lines if b"\r" in line or b"\n" in line or not line]
        assert not set("\x85\u2028\u2029\ufeff\x7f") & set(text)
        assert {character for character in text if character < " "} == {"\r", "\n"}
        for line in lines:
            assert line.decode()


@seeded
@given(events())
def test_icalendar_reads_what_was_typed(event: CalendarEvent) -> None:
    content = serialise_file("Europe/Amsterdam", [serialise_event(event)])
    (found,) = Calendar.from_ical(content).walk("VEVENT")
    assert found["SUMMARY"] == one_line(event.summary)
    assert found["DESCRIPTION"] == clean_text(event.description)
    assert found["LOCATION"] == one_line(event.location)
    assert found["CATEGORIES"].cats == [one_line(event.categories[0]), "Eten"]
    assert found["DTSTART"].dt == event.start.replace(microsecond=0)
    assert found["DTEND"].dt == event.end.replace(microsecond=0)


@seeded
@given(events())
def test_vobject_reads_what_was_typed(event: CalendarEvent) -> None:
    content = serialise_file("Europe/Amsterdam", [serialise_event(event)])
    found = vobject.readOne(content.decode()).vevent
    assert found.summary.value == one_line(event.summary)
    assert found.description.value == clean_text(event.description)
    assert found.location.value == one_line(event.location)
    assert found.categories.value == [one_line(event.categories[0]), "Eten"]
    assert found.dtstart.value == event.start.replace(microsecond=0)
    assert found.dtend.value == event.end.replace(microsecond=0)


@seeded
@given(events())
def test_equal_events_give_equal_bytes(event: CalendarEvent) -> None:
    assert serialise_event(event) == serialise_event(event)
    assert clean_text(clean_text(event.description)) == clean_text(event.description)
