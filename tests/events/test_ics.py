"""The bytes that calendar programs get, rule by rule."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from events.ics import (
    CalendarEvent,
    EventStatus,
    FeedHeader,
    Method,
    serialise_calendar,
    serialise_event,
    serialise_file,
    serialise_invitation,
    without_stamps,
)

PROJECT = Path(__file__).parents[2]
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EVENT = CalendarEvent(
    uid="7f3f6a2e@bolo.example",
    start=datetime(2027, 9, 13, 18, 0, tzinfo=AMSTERDAM),
    end=datetime(2027, 9, 13, 22, 0, tzinfo=AMSTERDAM),
    zone="Europe/Amsterdam",
    summary="Straatdiner",
    url="https://bolo.example/agenda/straatdiner/",
    organizer_name="BoLo",
    organizer_email="hallo@bolo.example",
    created=datetime(2027, 8, 1, 9, 0, tzinfo=UTC),
    changed_at=datetime(2027, 9, 6, 12, 0, tzinfo=UTC),
)
HEADER = FeedHeader(
    name="BoLo, agenda",
    description="Wat er te doen is; in Bos en Lommer.",
    zone="Europe/Amsterdam",
    source="https://bolo.example/feeds/agenda.ics",
    url="https://bolo.example/",
    colour="tomato",
)


def lines_of(content: bytes) -> list[str]:
    """Return the unfolded content lines."""
    return content.decode().replace("\r\n ", "").splitlines()


def value_of(content: bytes, name: str) -> str:
    """Return the one line of that name, parameters and all."""
    found = [line for line in lines_of(content) if line.startswith((f"{name}:", f"{name};"))]
    assert len(found) == 1, (name, found)
    return found[0].removeprefix(name).removeprefix(":")


def event_with(**changes: object) -> bytes:
    return serialise_event(replace(EVENT, **changes))  # type: ignore[arg-type]


def test_a_feed_starts_with_what_programs_look_for() -> None:
    assert lines_of(serialise_calendar(HEADER, []))[:14] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Boloboost//Boloboost calendar//EN",
        "CALSCALE:GREGORIAN",
        r"NAME:BoLo\, agenda",
        r"X-WR-CALNAME:BoLo\, agenda",
        r"DESCRIPTION:Wat er te doen is\; in Bos en Lommer.",
        r"X-WR-CALDESC:Wat er te doen is\; in Bos en Lommer.",
        "X-WR-TIMEZONE:Europe/Amsterdam",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "SOURCE;VALUE=URI:https://bolo.example/feeds/agenda.ics",
        "URL:https://bolo.example/",
        "COLOR:tomato",
    ]


def test_a_feed_has_no_method_no_uid_of_its_own_and_no_guests() -> None:
    names = {line.split(":")[0].split(";")[0] for line in lines_of(serialise_calendar(HEADER, []))}
    assert names.isdisjoint({"METHOD", "UID", "ATTENDEE"})


def test_an_empty_feed_has_its_time_zone() -> None:
    calendar = Calendar.from_ical(serialise_calendar(HEADER, []))
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Amsterdam"]


def test_a_file_for_ones_own_calendar_has_no_calendar_name() -> None:
    content = serialise_file("Europe/Amsterdam", [serialise_event(EVENT)])
    assert not re.search(rb"^(X-WR-CAL)?NAME", content, re.MULTILINE)
    assert b"METHOD" not in content
    assert content.count(b"BEGIN:VTIMEZONE") == content.count(b"BEGIN:VEVENT") == 1


def test_an_event_has_every_line_once_in_a_fixed_order() -> None:
    content = event_with(
        description="Iedereen neemt iets mee.\nOok jij.",
        location="Egidiusstraat, 1055 GN Amsterdam",
        latitude=52.3785,
        longitude=4.85,
        categories=("Eten, drinken", "Straat"),
        sequence=3,
    )
    assert lines_of(content) == [
        "BEGIN:VEVENT",
        "UID:7f3f6a2e@bolo.example",
        "DTSTAMP:20270906T120000Z",
        "CREATED:20270801T090000Z",
        "LAST-MODIFIED:20270906T120000Z",
        "SEQUENCE:3",
        "DTSTART;TZID=Europe/Amsterdam:20270913T180000",
        "DTEND;TZID=Europe/Amsterdam:20270913T220000",
        "SUMMARY:Straatdiner",
        r"DESCRIPTION:Iedereen neemt iets mee.\nOok jij.",
        r"LOCATION:Egidiusstraat\, 1055 GN Amsterdam",
        "GEO:52.378500;4.850000",
        r"CATEGORIES:Eten\, drinken,Straat",
        "URL:https://bolo.example/agenda/straatdiner/",
        "ORGANIZER;CN=BoLo:mailto:hallo@bolo.example",
        "STATUS:CONFIRMED",
        "END:VEVENT",
    ]


def test_what_is_not_known_is_left_out() -> None:
    names = {line.split(":")[0] for line in lines_of(serialise_event(EVENT))}
    assert names.isdisjoint({"DESCRIPTION", "LOCATION", "GEO", "CATEGORIES", "TRANSP"})


def test_a_cancelled_event_says_so_and_leaves_the_time_free() -> None:
    content = event_with(status=EventStatus.CANCELLED, cancelled_prefix="AFGELAST: ")
    assert value_of(content, "SUMMARY") == "AFGELAST: Straatdiner"
    assert value_of(content, "STATUS") == "CANCELLED"
    assert value_of(content, "TRANSP") == "TRANSPARENT"


def test_an_event_that_goes_on_has_no_prefix() -> None:
    assert value_of(event_with(cancelled_prefix="AFGELAST: "), "SUMMARY") == "Straatdiner"


def test_times_in_any_zone_are_written_in_the_events_zone() -> None:
    content = event_with(
        start=datetime(2027, 12, 31, 22, 30, tzinfo=UTC),
        end=datetime(2027, 12, 31, 20, 0, tzinfo=ZoneInfo("America/New_York")),
    )
    assert value_of(content, "DTSTART") == ";TZID=Europe/Amsterdam:20271231T233000"
    assert value_of(content, "DTEND") == ";TZID=Europe/Amsterdam:20280101T020000"


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        pytest.param(
            datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
            datetime(2027, 10, 31, 4, 0, tzinfo=UTC),
            ("20271031T003000Z", "20271031T040000Z"),
            id="starts in the first of the two hours",
        ),
        pytest.param(
            datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
            datetime(2027, 10, 31, 4, 0, tzinfo=UTC),
            ("20271031T013000Z", "20271031T040000Z"),
            id="starts in the second of the two hours",
        ),
        pytest.param(
            datetime(2027, 10, 30, 20, 0, tzinfo=UTC),
            datetime(2027, 10, 31, 1, 0, tzinfo=UTC),
            ("20271030T200000Z", "20271031T010000Z"),
            id="ends in the second of the two hours",
        ),
    ],
)
def test_an_hour_that_happens_twice_is_written_in_utc(
    start: datetime, end: datetime, written: tuple[str, str]
) -> None:
    content = event_with(start=start, end=end)
    assert (value_of(content, "DTSTART"), value_of(content, "DTEND")) == written


def test_the_night_that_skips_an_hour_keeps_local_times() -> None:
    content = event_with(
        start=datetime(2027, 3, 28, 0, 30, tzinfo=UTC), end=datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    )
    assert value_of(content, "DTSTART") == ";TZID=Europe/Amsterdam:20270328T013000"
    assert value_of(content, "DTEND") == ";TZID=Europe/Amsterdam:20270328T030000"


def test_a_backslash_before_a_capital_n_is_not_a_line_break() -> None:
    content = serialise_file("Europe/Amsterdam", [event_with(summary=r"C:\Nieuw")])
    assert value_of(content, "SUMMARY") == r"C:\\Nieuw"
    assert Calendar.from_ical(content).walk("VEVENT")[0]["SUMMARY"] == r"C:\Nieuw"


@pytest.mark.parametrize("end_of_line", ["\r\n", "\r", "\n", "\x0b", "\x0c", "\x85", "\u2028"])
def test_no_text_can_add_a_line(end_of_line: str) -> None:
    marker = f"Eten{end_of_line}ATTENDEE:mailto:x@example.org"
    content = event_with(
        summary=marker,
        description=marker,
        location=marker,
        uid=marker,
        organizer_name=marker,
        organizer_email=marker,
        categories=(marker,),
    )
    assert not [line for line in lines_of(content) if line.startswith("ATTENDEE")]
    assert value_of(content, "SUMMARY") == "Eten ATTENDEE:mailto:x@example.org"
    assert value_of(content, "DESCRIPTION") == r"Eten\nATTENDEE:mailto:x@example.org"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "/agenda/", ""]
)
def test_an_address_that_is_not_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="web address"):
        event_with(url=address)


def test_an_address_is_written_in_ascii() -> None:
    content = event_with(url="https://bolo.example/agenda/één, twee\r\nX:1/?a=b%20c")
    expected = "https://bolo.example/agenda/%C3%A9%C3%A9n,%20twee%0D%0AX:1/?a=b%20c"
    assert value_of(content, "URL") == expected


def test_an_event_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after"):
        event_with(end=EVENT.start)


def test_a_zone_without_a_checked_component_is_refused() -> None:
    with pytest.raises(ValueError, match="America/New_York"):
        serialise_calendar(replace(HEADER, zone="America/New_York"), [])


def test_a_new_time_stamp_alone_does_not_make_an_event_different() -> None:
    later = event_with(changed_at=datetime(2028, 1, 1, tzinfo=UTC))
    assert later != serialise_event(EVENT)
    assert without_stamps(later) == without_stamps(serialise_event(EVENT))
    assert without_stamps(event_with(summary="DTSTAMP:1")) != without_stamps(later)


def test_an_invitation_puts_the_guest_down_as_coming() -> None:
    content = serialise_invitation(
        EVENT, method="REQUEST", attendee_name='Noor "N"; de Wit', attendee_email="noor+b@x.example"
    )
    assert value_of(content, "METHOD") == "REQUEST"
    assert value_of(content, "ATTENDEE") == (
        ";CN=\"Noor 'N'; de Wit\";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED"
        ";RSVP=FALSE:mailto:noor+b@x.example"
    )
    assert value_of(content, "STATUS") == "CONFIRMED"
    assert b"X-WR-" not in content
    assert not re.search(rb"^(X-WR-CAL)?NAME", content, re.MULTILINE)


def test_an_invitation_is_the_same_event_as_in_the_feed() -> None:
    content = serialise_invitation(
        EVENT, method="REQUEST", attendee_name="Noor", attendee_email="noor@x.example"
    )
    without_guest = b"".join(
        line
        for line in content.replace(b"\r\n ", b"").splitlines(keepends=True)
        if not line.startswith((b"ATTENDEE", b"METHOD"))
    )
    assert without_guest == serialise_file(EVENT.zone, [serialise_event(EVENT)])


def test_a_guest_without_a_name_is_called_by_the_address() -> None:
    content = serialise_invitation(EVENT, method="REQUEST", attendee_email="noor@x.example")
    assert value_of(content, "ATTENDEE").startswith(";CN=noor@x.example;")


def test_signing_off_cancels_for_that_guest_only() -> None:
    content = serialise_invitation(
        replace(EVENT, sequence=4, cancelled_prefix="AFGELAST: "),
        method="CANCEL",
        attendee_email="noor@x.example",
    )
    assert value_of(content, "STATUS") == "CANCELLED"
    assert value_of(content, "SEQUENCE") == "4"
    assert value_of(content, "SUMMARY") == "Straatdiner"
    assert value_of(content, "TRANSP") == "TRANSPARENT"


def test_cancelling_an_event_that_is_off_says_so() -> None:
    content = serialise_invitation(
        replace(EVENT, status=EventStatus.CANCELLED, cancelled_prefix="AFGELAST: "),
        method="CANCEL",
        attendee_email="noor@x.example",
    )
    assert value_of(content, "SUMMARY") == "AFGELAST: Straatdiner"


def test_telling_only_the_date_names_no_guest() -> None:
    content = serialise_invitation(EVENT, method="PUBLISH")
    assert value_of(content, "METHOD") == "PUBLISH"
    assert b"ATTENDEE" not in content


@pytest.mark.parametrize(
    ("method", "email"), [("REQUEST", ""), ("CANCEL", ""), ("PUBLISH", "noor@x.example")]
)
def test_a_guest_where_there_must_be_none_or_the_other_way_round(
    method: Method, email: str
) -> None:
    with pytest.raises(ValueError, match=method):
        serialise_invitation(EVENT, method=method, attendee_email=email)


def test_two_processes_write_the_same_bytes() -> None:
    program = (
        "import sys; from tests.events.test_ics import *;"
        "sys.stdout.buffer.write(serialise_calendar(HEADER, [event_with(categories=('a', 'b'))]))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "TZ": zone},
            cwd=PROJECT,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert outputs == {serialise_calendar(HEADER, [event_with(categories=("a", "b"))])}
