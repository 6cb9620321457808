"""The fixed time zone says the same as the tz database."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Timezone

from events.vtimezone import vtimezone

FIRST_YEAR, LAST_YEAR = 2024, 2035


def onsets(zone: str) -> dict[datetime, timedelta]:
    """Return the moments (UTC) at which the component changes the offset, and to what."""
    found = {}
    for observance in Timezone.from_ical(vtimezone(zone)).subcomponents:
        start = observance["DTSTART"].dt
        rule = rrulestr(observance["RRULE"].to_ical().decode(), dtstart=start)
        for local in rule.xafter(start):
            if local.year > LAST_YEAR:
                break
            if local.year < FIRST_YEAR:
                continue
            moment = (local - observance["TZOFFSETFROM"].td).replace(tzinfo=UTC)
            found[moment] = observance["TZOFFSETTO"].td
    return found


def transitions(zone: str) -> dict[datetime, timedelta]:
    """Return the same from the tz database, found hour by hour."""
    local = ZoneInfo(zone)
    found = {}
    moment = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
    before = moment.astimezone(local).utcoffset()
    while moment.year <= LAST_YEAR:
        moment += timedelta(hours=1)
        offset = moment.astimezone(local).utcoffset()
        if offset != before:
            assert offset is not None
            found[moment] = offset
        before = offset
    return found


def test_every_change_of_the_clock_from_2024_to_2035_is_right() -> None:
    assert onsets("Europe/Amsterdam") == transitions("Europe/Amsterdam")


def test_it_is_made_of_rules_not_of_lists() -> None:
    component = vtimezone("Europe/Amsterdam")
    assert component.count(b"RRULE:") == 2
    assert b"RDATE" not in component


def test_every_line_ends_as_the_format_asks() -> None:
    component = vtimezone("Europe/Amsterdam")
    assert component.endswith(b"END:VTIMEZONE\r\n")
    assert component.count(b"\n") == component.count(b"\r\n")


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="Mars"):
        vtimezone("Mars/Olympus")
