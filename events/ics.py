"""Calendar entries and feeds as bytes: a pure core (no database, request or clock).

RFC 5545 (format), RFC 7986 (feed properties), RFC 5546 (invitations). Values, folding
and parameters come from the icalendar library, line by line: its ``Calendar`` adds a
random UID and time zones that Outlook and ical.js misread, and its TEXT escaping turns
the two characters ``\\N`` into a line break.

Equal input gives equal bytes: every time stamp is an argument.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, Literal
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from icalendar.parser import Contentline, Parameters
from icalendar.prop import vCalAddress, vDatetime, vDuration, vInt, vText, vUri

from .vtimezone import vtimezone

PRODID: Final = "-//Boloboost//Boloboost calendar//EN"
MAX_LINE_OCTETS: Final = 75
REFRESH_INTERVAL: Final = timedelta(hours=1)
SAFE_IN_URI: Final = ":/?#[]@!$&'()*+,;=%~"
SAFE_IN_MAIL_ADDRESS: Final = "@!$&'*+/=~"
LINE_BREAK = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
STAMPS = re.compile(rb"^(?:DTSTAMP|LAST-MODIFIED):.*\r\n", re.MULTILINE)
TEXT_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})

Value = vCalAddress | vDatetime | vDuration | vInt | vText | vUri
Method = Literal["REQUEST", "CANCEL", "PUBLISH"]


class EventStatus(StrEnum):
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, kw_only=True)
class CalendarEvent:
    """One VEVENT.

    ``start``, ``end``, ``created`` and ``changed_at`` are aware; ``zone`` is the IANA
    zone that the times are written in. Texts are plain text; ``description`` may have
    several lines. ``latitude`` and ``longitude`` are WGS 84 degrees. ``changed_at`` is
    DTSTAMP and LAST-MODIFIED. ``cancelled_prefix`` ("CANCELLED: " in the reader's
    language) stands before the summary of a cancelled event.
    """

    uid: str
    start: datetime
    end: datetime
    zone: str
    summary: str
    url: str
    organizer_name: str
    organizer_email: str
    created: datetime
    changed_at: datetime
    sequence: int = 0
    status: EventStatus = EventStatus.CONFIRMED
    cancelled_prefix: str = ""
    description: str = ""
    location: str = ""
    latitude: float | None = None
    longitude: float | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FeedHeader:
    """What a feed says about itself; ``source`` is its own address, ``url`` the page
    for people, ``colour`` a CSS3 colour name (RFC 7986, 5.9)."""

    name: str
    description: str
    zone: str
    source: str
    url: str
    colour: str


class _Text(vText):
    """TEXT (RFC 5545, 3.3.11)."""

    __slots__ = ()

    def to_ical(self) -> bytes:
        return clean_text(self).translate(TEXT_ESCAPES).encode()


class _Raw(vText):
    """A value that is in its final form already."""

    __slots__ = ()

    def to_ical(self) -> bytes:
        return str(self).encode()


def clean_text(text: str) -> str:
    """Return the text as every calendar program can take it.

    All kinds of line breaks become ``\\n``, a tab becomes a space; control characters,
    lone surrogates, byte order marks and outer white space go.
    """
    return UNWANTED.sub("", LINE_BREAK.sub("\n", text).replace("\t", " ")).strip()


def one_line(text: str) -> str:
    """Return the clean text without line breaks, runs of white space as one space."""
    return " ".join(clean_text(text).split())


def serialise_event(event: CalendarEvent) -> bytes:
    """Return the VEVENT, ready to stand in a feed: CRLF lines of at most 75 octets.

    Raises ``ValueError`` for an address that is not http(s) or an end before the start.
    """
    return _vevent(event, attendee=b"")


def without_stamps(event: bytes) -> bytes:
    """Return serialised VEVENT bytes less what only says when they changed."""
    return STAMPS.sub(b"", event)


def serialise_calendar(header: FeedHeader, events: Iterable[bytes]) -> bytes:
    """Return a feed of serialised events: a VCALENDAR without METHOD.

    The time zone is there also when there are no events.
    """
    name, description = _Text(one_line(header.name)), _Text(one_line(header.description))
    every = vDuration(REFRESH_INTERVAL)
    properties = [
        _line("NAME", name),
        _line("X-WR-CALNAME", name),
        _line("DESCRIPTION", description),
        _line("X-WR-CALDESC", description),
        _line("X-WR-TIMEZONE", _Text(header.zone)),
        _line("REFRESH-INTERVAL", every, VALUE="DURATION"),
        _line("X-PUBLISHED-TTL", every),
        _line("SOURCE", _uri(header.source), VALUE="URI"),
        _line("URL", _uri(header.url)),
        _line("COLOR", _Text(header.colour)),
    ]
    return _vcalendar(properties, header.zone, events)


def serialise_file(zone: str, events: Iterable[bytes]) -> bytes:
    """Return serialised events as a file to add to one's own calendar.

    It has no name: Outlook makes a new calendar of a file with X-WR-CALNAME.
    """
    return _vcalendar([], zone, events)


def serialise_invitation(
    event: CalendarEvent, *, method: Method, attendee_name: str = "", attendee_email: str = ""
) -> bytes:
    """Return the calendar part of a mail to one guest (RFC 5546, RFC 6047).

    REQUEST puts the event into the guest's calendar as accepted, CANCEL takes it out,
    PUBLISH only tells the date and names no guest. ``event.sequence`` must be higher
    in a CANCEL than it was in the REQUEST. A CANCEL of an event that goes on (the guest
    signed off) is cancelled for this guest only, so its summary has no prefix.

    Raises ``ValueError`` when the guest is missing, or given for PUBLISH.
    """
    if (method == "PUBLISH") == bool(attendee_email):
        raise ValueError(f"{method} {'names no' if attendee_email else 'needs a'} guest")
    attendee = b""
    if attendee_email:
        attendee = _line(
            "ATTENDEE",
            _address(attendee_email),
            CN=_parameter(attendee_name or attendee_email),
            CUTYPE="INDIVIDUAL",
            ROLE="REQ-PARTICIPANT",
            PARTSTAT="ACCEPTED",
            RSVP="FALSE",
        )
    if method == "CANCEL" and event.status is not EventStatus.CANCELLED:
        event = replace(event, status=EventStatus.CANCELLED, cancelled_prefix="")
    properties = [_line("METHOD", _Raw(method))]
    return _vcalendar(properties, event.zone, [_vevent(event, attendee=attendee)])


def _vcalendar(properties: list[bytes], zone: str, events: Iterable[bytes]) -> bytes:
    return b"".join(
        [
            b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
            _line("PRODID", _Text(PRODID)),
            b"CALSCALE:GREGORIAN\r\n",
            *properties,
            vtimezone(zone),
            *events,
            b"END:VCALENDAR\r\n",
        ]
    )


def _vevent(event: CalendarEvent, *, attendee: bytes) -> bytes:
    is_cancelled = event.status is EventStatus.CANCELLED
    prefix = event.cancelled_prefix if is_cancelled else ""
    start, end = _times(event)
    changed = vDatetime(event.changed_at.astimezone(UTC))
    return b"".join(
        [
            b"BEGIN:VEVENT\r\n",
            _line("UID", _Text(event.uid)),
            _line("DTSTAMP", changed),
            _line("CREATED", vDatetime(event.created.astimezone(UTC))),
            _line("LAST-MODIFIED", changed),
            _line("SEQUENCE", vInt(event.sequence)),
            _line("DTSTART", start),
            _line("DTEND", end),
            _line("SUMMARY", _Text(one_line(prefix + event.summary))),
            *_optional_lines(event),
            _line("URL", _uri(event.url)),
            _line(
                "ORGANIZER",
                _address(event.organizer_email),
                CN=_parameter(event.organizer_name),
            ),
            attendee,
            _line("STATUS", _Raw(event.status)),
            _line("TRANSP", _Raw("TRANSPARENT")) if is_cancelled else b"",
            b"END:VEVENT\r\n",
        ]
    )


def _optional_lines(event: CalendarEvent) -> Iterable[bytes]:
    if description := clean_text(event.description):
        yield _line("DESCRIPTION", _Text(description))
    if location := one_line(event.location):
        yield _line("LOCATION", _Text(location))
    if event.latitude is not None and event.longitude is not None:
        yield _line("GEO", _Raw(f"{event.latitude:.6f};{event.longitude:.6f}"))
    if categories := [one_line(category) for category in event.categories]:
        yield _line("CATEGORIES", _Raw(",".join(c.translate(TEXT_ESCAPES) for c in categories)))


def _times(event: CalendarEvent) -> tuple[vDatetime, vDatetime]:
    """Return start and end in the event's zone.

    In the hour that the clocks show twice both are UTC: a local time would always mean
    the first of the two (RFC 5545, 3.3.5).
    """
    if event.end <= event.start:
        raise ValueError("an event ends after its start")
    zone = ZoneInfo(event.zone)
    start, end = event.start.astimezone(zone), event.end.astimezone(zone)
    if _happens_twice(start) or _happens_twice(end):
        start, end = start.astimezone(UTC), end.astimezone(UTC)
    return vDatetime(start), vDatetime(end)


def _happens_twice(moment: datetime) -> bool:
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def _uri(address: str) -> vUri:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError(f"not a web address: {address!r}")
    return vUri(quote(address, safe=SAFE_IN_URI, errors="replace"))


def _address(email: str) -> vCalAddress:
    return vCalAddress("mailto:" + quote(one_line(email), safe=SAFE_IN_MAIL_ADDRESS))


def _parameter(text: str) -> str:
    """Return text for a parameter, which has no escapes that every program knows."""
    return one_line(text).translate(str.maketrans('"\\^', "'/ "))


def _line(name: str, value: Value, **params: str) -> bytes:
    """Return one folded content line; the value's own parameters are kept."""
    parameters = Parameters({**value.params, **params})
    line = Contentline.from_parts(name, parameters, value, sorted=False)
    encoded = line.encode()
    # The library walks through every character to fold; most lines need no folding.
    folded: bytes = encoded if len(encoded) <= MAX_LINE_OCTETS else line.to_ical()
    return folded + b"\r\n"
