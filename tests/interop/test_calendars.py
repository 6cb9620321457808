"""Every program reads the same event at the same moment, in feeds and in mails.

Run by ``make test-interop``.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from events.feed_bodies import agenda_ics_body
from events.ics import (
    CalendarEvent,
    EventStatus,
    FeedHeader,
    Method,
    clean_text,
    serialise_calendar,
    serialise_event,
    serialise_file,
    serialise_invitation,
)
from tests.factories import NOW, Neighbourhood, make_event, make_place
from tests.interop.readers import READERS

ZONE = "Europe/Amsterdam"
AMSTERDAM = ZoneInfo(ZONE)
YEARS = range(2024, 2031)
TEXTS = [
    "Straatdiner; kom, eet",
    r"Van C:\Nieuw naar \; en \, en \n",
    'Met "aanhalingstekens" en: dubbele punten',
    "Emoji 👩‍🍳🎉 en é, ñ, ß, 漢字, עברית",
    "Lang " + "woord " * 60,
    "Zónderspatie" * 20,
    "https://bolo.example/?a=1&b=2;c,d",
]
EVENT = CalendarEvent(
    uid="7f3f6a2e@bolo.example",
    start=datetime(2027, 9, 13, 18, 0, tzinfo=AMSTERDAM),
    end=datetime(2027, 9, 13, 22, 0, tzinfo=AMSTERDAM),
    zone=ZONE,
    summary="Straatdiner",
    description="Iedereen neemt iets mee.\n\nOok jij.",
    location="Bos en Lommerplein, 1055 EK Amsterdam",
    latitude=52.3785,
    longitude=4.85,
    categories=("Eten",),
    url="https://bolo.example/agenda/straatdiner/",
    organizer_name="BoLo",
    organizer_email="hallo@bolo.example",
    created=datetime(2027, 8, 1, 9, 0, tzinfo=UTC),
    changed_at=datetime(2027, 9, 6, 12, 0, tzinfo=UTC),
)
HEADER = FeedHeader(
    name="BoLo, agenda; 2027",
    description="Wat er te doen is.",
    zone=ZONE,
    source="https://bolo.example/feeds/agenda.ics",
    url="https://bolo.example/",
    colour="tomato",
)


def clock_changes() -> Iterator[datetime]:
    """Yield every change of the clock, found in the tz database."""
    moment = datetime(YEARS.start, 1, 1, tzinfo=UTC)
    while moment.year < YEARS.stop:
        following = moment + timedelta(hours=1)
        if moment.astimezone(AMSTERDAM).utcoffset() != following.astimezone(AMSTERDAM).utcoffset():
            yield following
        moment = following


def starts() -> Iterator[datetime]:
    """Yield a moment in every week of all years, and many round each change of the clock."""
    moment = datetime(YEARS.start, 1, 1, 18, 0, tzinfo=UTC)
    while moment.year < YEARS.stop:
        yield moment
        moment += timedelta(days=7, hours=5)
    for change in clock_changes():
        for half_hours in range(-8, 9):
            yield change + timedelta(minutes=30 * half_hours)


def sample() -> list[CalendarEvent]:
    return [
        replace(
            EVENT,
            uid=f"{number}@bolo.example",
            start=start,
            end=start + timedelta(minutes=30 * (1 + number % 9)),
            summary=TEXTS[number % len(TEXTS)],
            description="\n\n".join(TEXTS[: number % len(TEXTS)]),
            location=TEXTS[-1 - number % len(TEXTS)],
            status=EventStatus.CANCELLED if number % 10 == 3 else EventStatus.CONFIRMED,
            cancelled_prefix="AFGELAST: ",
            sequence=number % 4,
        )
        for number, start in enumerate(starts())
    ]


def expected(event: CalendarEvent) -> dict[str, Any]:
    is_cancelled = event.status is EventStatus.CANCELLED
    return {
        "uid": event.uid,
        "start": event.start.astimezone(UTC),
        "end": event.end.astimezone(UTC),
        "summary": (event.cancelled_prefix if is_cancelled else "") + clean_text(event.summary),
        "description": clean_text(event.description),
        "location": clean_text(event.location),
        "status": event.status.value,
        "sequence": event.sequence,
        "attendees": [],
    }


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest) -> Any:
    return READERS[request.param]


def test_both_nights_of_every_year_are_in_the_sample() -> None:
    assert len(list(clock_changes())) == 2 * len(YEARS)
    assert len({event.start for event in sample()}) > 500


def test_a_feed_says_the_same_to_every_program(reader: Any) -> None:
    events = sample()
    reading = reader(serialise_calendar(HEADER, [serialise_event(event) for event in events]))
    assert reading["events"] == [expected(event) for event in events]
    assert reading["method"] == ""
    assert reading["name"].replace("\\", "") == "BoLo, agenda; 2027"


def test_our_time_zone_alone_is_enough(reader: Any) -> None:
    """Under a name that no program knows, only our VTIMEZONE can tell the moments."""
    events = sample()
    content = serialise_file(ZONE, [serialise_event(event) for event in events])
    reading = reader(content.replace(b"Europe/Amsterdam", b"Boloboost/Own"))
    assert reading["events"] == [expected(event) for event in events]


def test_a_wrong_time_zone_would_be_noticed(reader: Any) -> None:
    content = serialise_file(ZONE, [serialise_event(EVENT)])
    wrong = content.replace(b"Europe/Amsterdam", b"Boloboost/Wrong").replace(b"+0200", b"+0300")
    assert reader(wrong)["events"][0]["start"] == EVENT.start - timedelta(hours=1)


def test_an_empty_feed_is_a_calendar(reader: Any) -> None:
    assert reader(serialise_calendar(HEADER, []))["events"] == []


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_names_one_guest(reader: Any, method: Method) -> None:
    reading = reader(
        serialise_invitation(
            replace(EVENT, sequence=2),
            method=method,
            attendee_name="Noor 'N' de Wit; Bos, Lommer",
            attendee_email="noor+bolo@x.example",
        )
    )
    status = "CANCELLED" if method == "CANCEL" else "CONFIRMED"
    guest = {
        "address": "mailto:noor+bolo@x.example",
        "name": "Noor 'N' de Wit; Bos, Lommer",
        "answer": "ACCEPTED",
        "must_answer": "FALSE",
    }
    assert reading == {
        "method": method,
        "name": "",
        "events": [expected(EVENT) | {"sequence": 2, "status": status, "attendees": [guest]}],
    }


def test_a_date_alone_names_nobody(reader: Any) -> None:
    reading = reader(serialise_invitation(EVENT, method="PUBLISH"))
    assert reading == {"method": "PUBLISH", "name": "", "events": [expected(EVENT)]}


def test_a_published_event_arrives(reader: Any, neighbourhood: Neighbourhood) -> None:
    place = make_place(
        neighbourhood.site, name="Plein, achter de markt", latitude="52", longitude="4"
    )
    page = make_event(neighbourhood, title="Eten; samen", place=place, introduction="Kom, eet.")
    body = agenda_ics_body(site=neighbourhood.site, language="nl", now=NOW)
    (event,) = reader(body.content)["events"]
    assert event["summary"] == "Eten; samen"
    assert event["location"] == "Plein, achter de markt"
    assert event["start"] == page.starts_at
    assert event["end"] == page.ends_at
