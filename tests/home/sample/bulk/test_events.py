from datetime import date, timedelta
from zoneinfo import ZoneInfo

from events.enums import RegistrationStatus
from home.sample.bulk.events import FIRST_DAY, LAST_DAY, LoadEvent, make_event, seat_guests
from home.sample.shapes import Guest

TODAY = date(2027, 9, 6)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
GOING, WAITING = RegistrationStatus.GOING, RegistrationStatus.WAITING


def _events(seed: int, count: int) -> list[LoadEvent]:
    return [
        make_event(seed=seed, number=number, today=TODAY, zone=AMSTERDAM) for number in range(count)
    ]


def test_the_same_seed_gives_the_same_events() -> None:
    assert _events(7, 50) == _events(7, 50)


def test_another_seed_gives_other_events_with_other_keys() -> None:
    first, second = _events(7, 50), _events(8, 50)
    assert [event.starts_at for event in first] != [event.starts_at for event in second]
    assert {event.key for event in first}.isdisjoint(event.key for event in second)
    assert {event.slug("soep") for event in first}.isdisjoint(e.slug("soep") for e in second)


def test_events_lie_within_two_years() -> None:
    days = [event.starts_at.date() for event in _events(1, 500)]
    assert min(days) >= TODAY + timedelta(days=FIRST_DAY)
    assert max(days) <= TODAY + timedelta(days=LAST_DAY)
    assert len({(day.year, day.month) for day in days}) >= 24


def test_events_end_after_they_start() -> None:
    assert all(event.ends_at > event.starts_at for event in _events(1, 500))


def test_nobody_pushes_in_before_those_who_wait() -> None:
    guests = (Guest("Joke", 3), Guest("Wout", 3), Guest("Dilan", 1))
    statuses = [status for _guest, status in seat_guests(guests, 5)]
    assert statuses == [GOING, WAITING, WAITING]


def test_without_a_limit_everybody_comes() -> None:
    guests = tuple(Guest("Joke", 6) for _ in range(40))
    assert {status for _guest, status in seat_guests(guests, None)} == {GOING}
