from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from home.sample.shapes import (
    FRIDAY,
    MONDAY,
    SUNDAY,
    EventSample,
    Guest,
    PageWords,
    When,
    repeated,
    sample_key,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
A_MONDAY = date(2027, 9, 6)


def test_a_time_is_on_its_weekday_and_not_too_early() -> None:
    assert When(1, MONDAY, time(20), 60).day(A_MONDAY) == date(2027, 9, 13)
    assert When(0, MONDAY, time(20), 60).day(A_MONDAY) == A_MONDAY
    assert When(4, FRIDAY, time(20), 60).day(A_MONDAY) == date(2027, 9, 10)


def test_a_negative_number_of_days_is_in_the_past() -> None:
    assert When(-19, SUNDAY, time(10), 60).day(A_MONDAY) == date(2027, 8, 22)


def test_the_end_counts_real_minutes_in_the_night_the_clocks_change() -> None:
    saturday_night = When(0, FRIDAY + 1, time(23), 300)
    starts_at, ends_at = saturday_night.span(date(2027, 10, 30), AMSTERDAM)
    assert starts_at == datetime(2027, 10, 30, 21, tzinfo=UTC)
    assert ends_at == datetime(2027, 10, 31, 2, tzinfo=UTC)


def test_repeated_events_have_their_own_slug_and_day_and_no_guests() -> None:
    event = EventSample(
        nl=PageWords("Soep", "soep", "", ""),
        en=PageWords("Soup", "soup", "", ""),
        category="eten",
        place="plein",
        when=When(3, MONDAY, time(18), 60),
        guests=(Guest("Joke"),),
    )
    first, second = repeated(event, times=2, every_weeks=4)
    assert first == event
    assert (second.nl.slug, second.en and second.en.slug) == ("soep-2", "soup-2")
    assert second.when.after_days == 31
    assert second.guests == ()


def test_keys_are_the_same_in_every_run() -> None:
    assert sample_key("home", "buurt") == sample_key("home", "buurt")
    assert sample_key("home", "buurt") != sample_key("home", "dorp")
